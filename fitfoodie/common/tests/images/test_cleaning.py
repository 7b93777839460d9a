import base64
import io
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from fitfoodie.common.images import cleaning, sandbox
from fitfoodie.common.images.cleaning import ImageInfo, clean_image, inspect_upload
from fitfoodie.common.images.errors import MESSAGES, ImageRefused


def opened(result):
    image = Image.open(io.BytesIO(result.bytes))
    image.load()
    return image


def corners(image):
    """The name of the nearest of the drawn colours in each corner, clockwise from the top left."""
    image = image.convert("RGB")
    near, far_x, far_y = 5, image.width - 6, image.height - 6
    names = {"red": (220, 20, 20), "green": (20, 200, 20), "blue": (20, 20, 220), "white": (240, 240, 240)}

    def name(point):
        pixel = image.getpixel(point)
        return min(names, key=lambda each: sum(abs(a - b) for a, b in zip(names[each], pixel, strict=True)))

    return [name(point) for point in ((near, near), (far_x, near), (far_x, far_y), (near, far_y))]


def refused(function, file, **options):
    with pytest.raises(ImageRefused) as caught:
        function(file, **options)
    assert caught.value.field == "photo"
    return caught.value.code


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file


def png(*chunks):
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(packed))


def png_header(width, height):
    return b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_inspect_upload(drawn, kind):
    file = drawn(kind)
    assert inspect_upload(file) == ImageInfo(kind, 400, 300, len(file.getvalue()))
    assert file.tell() == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_clean_image(drawn, kind):
    result = clean_image(drawn(kind))
    assert (result.format, result.width, result.height) == ("JPEG", 400, 300)
    assert corners(opened(result)) == ["red", "green", "blue", "white"]


def test_clean_image_drops_metadata(drawn):
    exif = Image.Exif()
    exif[0x010F] = "Camera of a person"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    result = clean_image(drawn("JPEG", exif=exif, comment=b"secret", xmp=b"<x:xmpmeta>secret</x:xmpmeta>"))
    image = opened(result)
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert b"secret" not in result.bytes
    assert b"Camera" not in result.bytes


def test_clean_image_drops_png_text(drawn):
    text = PngInfo()
    text.add_text("Comment", "<?php secret ?>")
    assert b"secret" not in clean_image(drawn("PNG", pnginfo=text)).bytes


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, ["red", "green", "blue", "white"]),
        (2, ["green", "red", "white", "blue"]),
        (3, ["blue", "white", "red", "green"]),
        (4, ["white", "blue", "green", "red"]),
        (5, ["red", "white", "blue", "green"]),
        (6, ["white", "red", "green", "blue"]),
        (7, ["blue", "green", "red", "white"]),
        (8, ["green", "blue", "white", "red"]),
        (99, ["red", "green", "blue", "white"]),
    ],
)
def test_clean_image_turns_upright(drawn, orientation, expected):
    exif = Image.Exif()
    exif[0x0112] = orientation
    result = clean_image(drawn("JPEG", exif=exif))
    assert corners(opened(result)) == expected
    assert (result.width, result.height) == ((300, 400) if orientation in (5, 6, 7, 8) else (400, 300))


def test_clean_image_crop_is_of_the_upright_picture(drawn):
    """Turned by orientation 6, the lower right quarter is the green one."""
    exif = Image.Exif()
    exif[0x0112] = 6
    result = clean_image(drawn("JPEG", size=(800, 600), exif=exif), crop=(0.5, 0.5, 1, 1))
    assert (result.width, result.height) == (300, 400)
    assert corners(opened(result)) == ["green"] * 4


@pytest.mark.parametrize("crop", [(0, 0, 1), (0.5, 0, 0.5, 1), (-0.1, 0, 1, 1), (0, 0, 1, 1.1), (0, 1, 1, 0)])
def test_clean_image_wrong_crop(drawn, crop):
    with pytest.raises(ValueError, match=r"crop|unpack"):
        clean_image(drawn(), crop=crop)


def test_clean_image_shrinks_and_makes_sizes(drawn):
    result = clean_image(drawn("PNG", size=(2000, 1000)), widths=(320, 5000))
    assert (result.width, result.height, result.bytes) == (1600, 800, b"")
    assert [(each.format, each.width, each.height) for each in result.renditions] == [
        ("AVIF", 320, 160),
        ("WEBP", 320, 160),
        ("JPEG", 320, 160),
        ("AVIF", 1600, 800),
        ("WEBP", 1600, 800),
        ("JPEG", 1600, 800),
    ]
    for each in result.renditions:
        image = opened(each)
        assert (image.format, image.size) == (each.format, (each.width, each.height))


def test_clean_image_placeholder(drawn):
    result = clean_image(drawn())
    head, data = result.placeholder.split(",")
    assert head == "data:image/webp;base64"
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (16, 12)
    assert len(result.placeholder) < 1000
    assert len(result.color) == 7


def test_clean_image_alpha(drawn):
    clear = saved(Image.new("RGBA", (300, 300), (10, 20, 30, 0)), "PNG")
    flat = opened(clean_image(clear))
    assert flat.mode == "RGB"
    assert flat.getpixel((5, 5)) == (255, 255, 255)
    kept = clean_image(clear, keep_alpha=True)
    assert (kept.format, opened(kept).mode) == ("WEBP", "RGBA")
    assert clean_image(drawn("PNG", mode="RGBA"), keep_alpha=True).format == "JPEG"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_clean_image_first_frame_of_an_animation(kind):
    frames = [Image.new("RGB", (300, 300), color) for color in ("#dc1414", "#1414dc", "#14c814")]
    file = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)
    assert corners(opened(clean_image(file))) == ["red"] * 4


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16"])
def test_clean_image_modes(mode):
    image = Image.new("L", (300, 300), 200).convert("RGB" if mode == "CMYK" else "L").convert(mode)
    assert opened(clean_image(saved(image, "JPEG" if mode == "CMYK" else "PNG"))).mode == "RGB"


def test_clean_image_drops_the_colour_profile():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = opened(clean_image(saved(Image.new("RGB", (300, 300), (200, 30, 30)), "PNG", icc_profile=profile)))
    assert "icc_profile" not in image.info
    assert image.getpixel((150, 150))[0] == pytest.approx(200, abs=4)


def test_clean_image_damaged_profile(drawn):
    assert clean_image(drawn("JPEG", icc_profile=b"not a profile at all")).width == 400


def test_clean_image_damaged_exif(drawn):
    assert clean_image(drawn("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")).width == 400


@pytest.mark.parametrize("function", [inspect_upload, clean_image])
def test_too_big(drawn, settings, function):
    settings.PHOTO_MAX_MEGABYTES = 0.0001
    with pytest.raises(ImageRefused, match=r"at most 0.0001 MB"):
        function(drawn())


@pytest.mark.parametrize("size", [(60_000, 60_000), (9000, 9000), (7072, 7072), (0x7FFFFFFF, 0x7FFFFFFF)])
@pytest.mark.parametrize("function", [inspect_upload, clean_image])
def test_pixel_bomb_is_refused_by_its_header(function, size):
    """Nothing is decoded: the file holds no pixels to decode, and the reason is still the size."""
    bomb = png(png_header(*size), (b"IDAT", zlib.compress(b"\0" * 10)), (b"IEND", b""))
    assert refused(function, bomb) == "too_many_pixels"


def test_too_small(drawn):
    assert refused(inspect_upload, drawn(size=(199, 300))) == "too_small"
    assert refused(clean_image, drawn(size=(199, 300))) == "too_small"
    assert refused(clean_image, drawn(size=(400, 300)), crop=(0, 0, 0.4, 1)) == "too_small"
    assert clean_image(drawn(size=(16, 16)), min_side=16).width == 16


def test_wide_panorama_is_not_small(drawn):
    result = clean_image(drawn("PNG", size=(4000, 250)))
    assert (result.width, result.height) == (1600, 100)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_truncated(drawn, kind):
    whole = drawn(kind).getvalue()
    assert refused(clean_image, io.BytesIO(whole[: 2 * len(whole) // 3])) == "broken"


def test_header_of_a_photo_and_nothing_else():
    assert refused(inspect_upload, io.BytesIO(b"\x89PNG\r\n\x1a\n")) == "broken"


@pytest.mark.parametrize("function", [inspect_upload, clean_image])
@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"<svg onload='x()'/>", "svg"), (b"MZ\0", "not_an_image")])
def test_not_a_photo(function, data, code):
    assert refused(function, io.BytesIO(data)) == code


def test_eicar(eicar):
    assert refused(inspect_upload, io.BytesIO(eicar)) == "not_an_image"


def test_zip_bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("photo.jpg", bytes(50_000_000))
    assert refused(clean_image, file) == "not_an_image"


def test_png_text_bomb():
    """A text chunk that unpacks to 200 MB: refused, never unpacked whole."""
    pixels = zlib.compress((b"\0" + bytes(900)) * 300)
    bomb = b"k\0\0" + zlib.compress(bytes(200_000_000), 9)
    file = png(png_header(300, 300), (b"zTXt", bomb), (b"IDAT", pixels), (b"IEND", b""))
    assert refused(inspect_upload, file) == "broken"
    assert refused(clean_image, file) == "broken"


@pytest.mark.parametrize("kind", ["GIF", "JPEG", "PNG"])
def test_polyglots_lose_their_second_self(drawn, eicar, kind):
    script = b"/*'; alert(document.domain); //*/=1; <script>alert(1)</script>"
    result = clean_image(io.BytesIO(drawn(kind).getvalue() + script + eicar + b"PK\x03\x04"))
    assert [word for word in (b"alert", b"<script", b"EICAR", b"PK\x03\x04") if word in result.bytes] == []


def test_gif_that_is_also_javascript(drawn):
    """`GIF89a/* ... */=alert(1)` is valid in both languages until it is encoded anew."""
    gif = bytearray(drawn("GIF", size=(int.from_bytes(b"/*", "little"), 300)).getvalue())
    gif[4:5] = b"9"
    assert gif[:8] == b"GIF89a/*"
    result = clean_image(io.BytesIO(bytes(gif) + b"*/=alert(1)//"))
    assert result.format == "JPEG"
    assert b"alert" not in result.bytes


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "too_heavy"),
        ("raise SystemExit(3)", "broken"),
        ("import time; time.sleep(30)", "too_heavy"),
    ],
)
def test_a_sandbox_that_dies_takes_nobody_with_it(drawn, monkeypatch, tmp_path, code, expected):
    script = tmp_path / "dying.py"
    script.write_text("import sys; sys.stdin.buffer.read()\n" + code)
    monkeypatch.setattr(sandbox, "__file__", str(script))
    monkeypatch.setattr(cleaning, "WALL_SECONDS", 1)
    assert refused(clean_image, drawn()) == expected


def test_sandbox_memory_limit(drawn, monkeypatch):
    monkeypatch.setattr(cleaning, "MEMORY_LIMIT", 200 * 1024 * 1024)
    assert refused(clean_image, drawn("PNG", size=(7000, 7000), mode="RGBA")) in {"too_heavy", "broken"}


@pytest.mark.parametrize(
    "act", ["open(sys.argv[1], 'wb', 0).write(b'x')", "bytearray(2 * 10**9)", "[0 for _ in iter(int, 1)]"]
)
def test_sandbox_limits_hold(tmp_path, act):
    """No file, no memory, no endless loop."""
    folder = str(Path(sandbox.__file__).parent)
    limits = "sandbox.limit_process(memory=10**9, seconds=1)"
    code = f"import sys; sys.path.insert(0, {folder!r}); import sandbox; {limits}; {act}"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "f")], capture_output=True, check=False)
    assert done.returncode != 0
    assert not (tmp_path / "f").exists() or (tmp_path / "f").stat().st_size == 0


def test_every_message_has_a_way_out():
    for code in MESSAGES:
        message = ImageRefused(code, limit=1, kind="BMP").message
        assert message.endswith(".")
        assert "{" not in message
