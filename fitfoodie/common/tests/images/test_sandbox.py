"""The same code in this process, where its branches can be seen; `test_cleaning` runs it as it runs in truth."""

import io
import json

import pytest
from PIL import Image, ImageCms

from fitfoodie.common.images import sandbox


@pytest.fixture
def job():
    return {
        "kind": "PNG",
        "header_only": False,
        "crop": None,
        "min_side": 10,
        "keep_alpha": False,
        "widths": [],
        "formats": ["JPEG"],
        "max_side": 100,
        "max_pixels": 1_000_000,
        "memory": 10**9,
        "seconds": 5,
    }


@pytest.fixture(autouse=True)
def _limits(monkeypatch):
    """The limits are for a process of its own; the suite must keep its memory and files."""
    monkeypatch.setattr(sandbox, "limit_process", lambda **limits: None)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)


def served(job, image, kind="PNG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    sink = io.BytesIO()
    sandbox.serve(io.BytesIO(json.dumps(job).encode() + b"\n" + file.getvalue()), sink)
    head, _, rest = sink.getvalue().partition(b"\n")
    return json.loads(head), rest


def srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_serve(job):
    report, rest = served(job, Image.new("RGB", (200, 100), "red"))
    assert (report["width"], report["height"]) == (100, 50)
    assert report["color"] > "#f0"
    assert report["pieces"] == [["JPEG", 100, 50, len(rest)]]


def test_serve_header_only(job):
    report, rest = served(job | {"header_only": True}, Image.new("RGB", (200, 100)))
    assert (report, rest) == ({"width": 200, "height": 100, "pieces": []}, b"")


def test_serve_sizes(job):
    report, rest = served(job | {"widths": [20, 400]}, Image.new("P", (200, 100), 3))
    assert [piece[:3] for piece in report["pieces"]] == [["JPEG", 20, 10], ["JPEG", 100, 50]]
    assert sum(piece[3] for piece in report["pieces"]) == len(rest)


@pytest.mark.parametrize(
    ("changes", "size", "code"),
    [
        ({}, (5, 50), "too_small"),
        ({"max_pixels": 2000}, (50, 50), "too_many_pixels"),
        ({"max_pixels": 100}, (50, 50), "too_many_pixels"),
        ({"kind": "JPEG"}, (50, 50), "broken"),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_serve_refused(job, changes, size, code):
    report, rest = served(job | changes, Image.new("RGB", size))
    assert (report["refused"], report["pieces"], rest) == (code, [], b"")


@pytest.mark.parametrize(("error", "code"), [(MemoryError, "too_heavy"), (OSError, "broken")])
def test_serve_that_cannot_be_decoded(job, monkeypatch, error, code):
    def failing(*args):
        raise error

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", failing)
    report, _ = served(job, Image.new("RGB", (50, 50)))
    assert report["refused"] == code


def test_serve_damaged_exif(job, monkeypatch):
    def damaged(self):
        raise SyntaxError

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.getexif", damaged)
    report, _ = served(job, Image.new("RGB", (50, 50)))
    assert report["width"] == 50


def test_serve_colour_profile_on_a_grey_picture(job):
    report, _ = served(job, Image.new("L", (50, 50), 99), icc_profile=srgb())
    assert report["color"] == "#636363"


def test_serve_damaged_profile(job):
    report, _ = served(job, Image.new("RGB", (50, 50), "#636363"), icc_profile=b"nonsense")
    assert report["color"] == "#636363"


def test_serve_profile_alpha_and_crop(job):
    image = Image.new("RGBA", (50, 50), (10, 200, 30, 128))
    report, _ = served(job | {"keep_alpha": True, "crop": [0, 0, 0.5, 0.5]}, image, icc_profile=srgb())
    assert report["pieces"][0][:3] == ["WEBP", 25, 25]


def test_serve_opaque_alpha(job):
    report, _ = served(job | {"keep_alpha": True}, Image.new("RGBA", (50, 50), (10, 200, 30, 255)))
    assert report["pieces"][0][0] == "JPEG"


def test_serve_turned_and_deep(job):
    exif = Image.Exif()
    exif[0x0112] = 6
    report, _ = served(job, Image.new("I;16", (60, 30), 500), exif=exif)
    assert (report["width"], report["height"]) == (30, 60)


def test_serve_jpeg(job):
    report, _ = served(job | {"kind": "JPEG"}, Image.new("RGB", (900, 600)), "JPEG")
    assert (report["width"], report["height"]) == (100, 67)
