"""The only code that decodes pictures of strangers. It runs as a process of its own, with limits it sets on itself.

Started by path (`python -I sandbox.py`), so it may import nothing of ours: only the standard library and Pillow.
Standard input: one line of JSON (the job), then the bytes of the picture. Standard output: one line of JSON (the
report), then the bytes of each result in the order of `report["pieces"]`.
"""

from __future__ import annotations

import base64
import io
import json
import os
import resource
import sys
import warnings
from typing import Any, BinaryIO, cast

from PIL import Image, ImageCms

Job = dict[str, Any]
Piece = tuple[str, int, int, bytes]

OPENERS = {"JPEG": ("JPEG", "MPO"), "PNG": ("PNG",), "WEBP": ("WEBP",), "AVIF": ("AVIF",), "GIF": ("GIF",)}
ENCODERS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 55, "speed": 8, "max_threads": 1},
    "WEBP": {"quality": 78, "method": 4},
    "JPEG": {"quality": 80, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
}
PLACEHOLDER_SIDE = 16
ORIENTATION_TAG = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class RefusedError(Exception):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def limit_process(*, memory: int, seconds: int) -> None:
    """Bytes of address space and seconds of processor time, after which the kernel ends this process."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def open_header(data: bytes, kind: str, *, max_pixels: int) -> Image.Image:
    """The picture with only its header read. Raises RefusedError."""
    Image.MAX_IMAGE_PIXELS = max_pixels
    try:
        image = Image.open(io.BytesIO(data), formats=OPENERS[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedError("too_many_pixels", str(error)) from error
    except Exception as error:
        # Pillow's readers raise whatever their parsing hits: struct.error, SyntaxError, UserWarning, KeyError
        raise RefusedError("broken", str(error)) from error
    if image.width * image.height > max_pixels:
        raise RefusedError("too_many_pixels", f"{image.width}x{image.height}")
    return image


def _decoded(image: Image.Image, side: int) -> Image.Image:
    """First frame, shrunk while it is decoded where the format can, so that a huge photo never fills memory."""
    try:
        if image.format in ("JPEG", "MPO"):
            image.draft(None, (side * 2, side * 2))  # leaves room for a crop
        image.seek(0)
        image.load()
    except MemoryError:
        raise
    except Exception as error:
        raise RefusedError("broken", str(error)) from error
    return image


def _upright(image: Image.Image) -> Image.Image:
    try:
        turn = TURNS.get(image.getexif().get(ORIENTATION_TAG, 1))
    except Exception:  # noqa: BLE001 - damaged EXIF is no reason to refuse a whole picture: it is dropped anyway
        turn = None
    return image if turn is None else image.transpose(turn)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Deep greys stretched between their darkest and lightest."""
    low, high = cast("tuple[float, float]", image.getextrema())
    scale = 255.0 / ((high - low) or 1.0)
    return image.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def _plain_mode(image: Image.Image) -> Image.Image:
    """RGB or RGBA, at eight bits a channel."""
    if image.mode in ("I;16", "I;16B", "I", "F"):
        image = _eight_bit(image)
    has_alpha = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return _plain_mode(image)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode in ("RGBA", "LA", "PA") else "RGB"
        if source.profile.xcolor_space.strip() == "RGB" and image.mode not in ("RGB", "RGBA"):
            image = _plain_mode(image)
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except Exception:  # noqa: BLE001 - a damaged profile: the numbers taken as sRGB are the best guess left
        return _plain_mode(image)
    return converted if converted is not None else _plain_mode(image)


def _flattened(image: Image.Image, *, keep_alpha: bool) -> Image.Image:
    if image.mode != "RGBA":
        return image
    if image.getchannel("A").getextrema()[0] == 255:
        return image.convert("RGB")
    if keep_alpha:
        return image
    ground = Image.new("RGB", image.size, "#ffffff")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _cropped(image: Image.Image, crop: list[float] | None) -> Image.Image:
    """`crop` is left, top, right, bottom as fractions of the upright picture."""
    if crop is None:
        return image
    left, top, right, bottom = (
        round(part * side) for part, side in zip(crop, (image.width, image.height) * 2, strict=True)
    )
    return image.crop((left, top, max(right, left + 1), max(bottom, top + 1)))


def prepare(image: Image.Image, job: Job) -> Image.Image:
    """Upright, cropped, at most `max_side`, sRGB, without any metadata."""
    full_width = image.width
    whole = _decoded(image, job["max_side"])
    profile = whole.info.get("icc_profile")
    part = _cropped(_upright(whole), job["crop"])
    if min(part.size) * full_width < job["min_side"] * whole.width:  # in pixels of the upload, before any shrinking
        raise RefusedError("too_small", f"{part.width}x{part.height}")
    flat = _flattened(_in_srgb(_shrunk(part, job["max_side"]), profile), keep_alpha=job["keep_alpha"])
    bare = Image.new(flat.mode, flat.size)
    bare.paste(flat)
    return bare


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) <= side:
        return image
    if image.mode in ("P", "PA", "1"):
        image = _plain_mode(image)
    factor = side / max(image.size)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    smaller = image.resize(size, Image.Resampling.LANCZOS)
    smaller.info = image.info
    return smaller


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    if kind == "JPEG":
        image = _flattened(image, keep_alpha=False)
    out = io.BytesIO()
    image.save(out, kind, **{**ENCODERS[kind], **options})
    return out.getvalue()


def _colors(image: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    return cast("list[tuple[int, tuple[int, int, int]]]", image.getcolors())


def placeholder(image: Image.Image) -> tuple[str, str]:
    """A data URI of a 16 pixel WebP to stretch under the loading photo, and the dominant colour."""
    small = _flattened(image, keep_alpha=False).copy()
    small.thumbnail((PLACEHOLDER_SIDE, PLACEHOLDER_SIDE), Image.Resampling.BOX)
    color = bytes(max(_colors(small.quantize(4).convert("RGB")))[1]).hex()
    data = base64.b64encode(encoded(small, "WEBP", quality=40, method=6)).decode()
    return f"data:image/webp;base64,{data}", f"#{color}"


def render(data: bytes, job: Job) -> tuple[dict[str, Any], list[Piece]]:
    """The report, and the whole clean picture or, when widths are asked for, each width in each format.

    With `header_only`, nothing is decoded and the report is all there is. Raises RefusedError.
    """
    image = open_header(data, job["kind"], max_pixels=job["max_pixels"])
    if job["header_only"]:
        return {"width": image.width, "height": image.height}, []
    master = prepare(image, job)
    blur, color = placeholder(master)
    report = {"placeholder": blur, "color": color, "width": master.width, "height": master.height}
    return report, _sizes(master, job["widths"], job["formats"]) if job["widths"] else [_whole(master)]


def _whole(master: Image.Image) -> Piece:
    kind = "WEBP" if master.mode == "RGBA" else "JPEG"
    return kind, master.width, master.height, encoded(master, kind, quality=90)


def _sizes(master: Image.Image, widths: list[int], formats: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for width in sorted({min(width, master.width) for width in widths}):
        size = (width, max(1, round(master.height * width / master.width)))
        resized = master if size == master.size else master.resize(size, Image.Resampling.LANCZOS)
        pieces += [(kind, *size, encoded(resized, kind)) for kind in formats]
    return pieces


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    job = json.loads(source.readline())
    limit_process(memory=job["memory"], seconds=job["seconds"])
    data = source.read()
    pieces: list[Piece] = []
    try:
        report, pieces = render(data, job)
    except RefusedError as refusal:
        report = {"refused": refusal.code, "detail": refusal.detail[:200]}
    except MemoryError:
        report = {"refused": "too_heavy", "detail": "memory"}
    report["pieces"] = [(kind, width, height, len(body)) for kind, width, height, body in pieces]
    sink.write(json.dumps(report).encode() + b"\n")
    sink.writelines(body for *_, body in pieces)
    sink.flush()


if __name__ == "__main__":
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", message=".*EXIF")  # damaged metadata is dropped, not a reason to refuse
    os.nice(5)  # the site's own requests go first
    serve(sys.stdin.buffer, sys.stdout.buffer)
