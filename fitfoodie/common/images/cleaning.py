"""From an upload of a stranger to bytes of our own making (REC-14).

`inspect_upload` reads the header only and is cheap enough for a request (a tenth of a second). Whatever reads a picture
runs in `sandbox`, a process of its own with limits on memory and time: the worst file ends that process, never ours.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from fitfoodie.common.images import sandbox
from fitfoodie.common.images.errors import ImageRefused
from fitfoodie.common.images.sniffing import SNIFF_BYTES, sniff

log = logging.getLogger(__name__)

MAX_SIDE = 1600
MEMORY_LIMIT = 1536 * 1024 * 1024
CPU_SECONDS = 20
WALL_SECONDS = 40
Crop = Sequence[float]


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...

    def seek(self, offset: int, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class ImageInfo:
    format: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class Rendition:
    format: str
    width: int
    height: int
    bytes: bytes


@dataclass(frozen=True, slots=True)
class CleanImage:
    """A picture we encoded ourselves: sRGB, upright, no metadata. `placeholder` is a data URI, `color` is #rrggbb."""

    bytes: bytes
    format: str
    width: int
    height: int
    placeholder: str
    color: str
    renditions: tuple[Rendition, ...] = ()


def max_bytes() -> int:
    return int(settings.PHOTO_MAX_MEGABYTES * 1024 * 1024)


def max_pixels() -> int:
    return int(settings.PHOTO_MAX_MEGAPIXELS * 1_000_000)


def _content(file: Readable) -> bytes:
    file.seek(0)
    data = file.read(max_bytes() + 1)
    file.seek(0)
    if len(data) > max_bytes():
        raise ImageRefused("too_big", limit=f"{settings.PHOTO_MAX_MEGABYTES:g}")
    return data


def _refusal(code: str, *, min_side: int) -> ImageRefused:
    limits = {"too_many_pixels": f"{settings.PHOTO_MAX_MEGAPIXELS:g}", "too_small": str(min_side)}
    return ImageRefused(code, limit=limits.get(code, ""))


def inspect_upload(file: Readable, *, min_side: int = 200) -> ImageInfo:
    """What the header says. Raises ImageRefused for what is no photo, too big, too small or a pixel bomb."""
    data = _content(file)
    job = _job(data, header_only=True)
    report, _ = _run(job, data, min_side=min_side)
    if min(report["width"], report["height"]) < min_side:
        raise _refusal("too_small", min_side=min_side)
    return ImageInfo(job["kind"], report["width"], report["height"], len(data))


def _job(data: bytes, **options: Any) -> dict[str, Any]:
    return {
        "kind": sniff(data[:SNIFF_BYTES]),
        "max_pixels": max_pixels(),
        "memory": MEMORY_LIMIT,
        "seconds": CPU_SECONDS,
        **options,
    }


def checked_crop(crop: Crop | None) -> list[float] | None:
    """Left, top, right, bottom as fractions of the upright picture. Raises ValueError."""
    if crop is None:
        return None
    left, top, right, bottom = (float(part) for part in crop)
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise ValueError("A crop is left, top, right, bottom between 0 and 1, with left < right and top < bottom.")
    return [left, top, right, bottom]


def clean_image(
    file: Readable,
    *,
    crop: Crop | None = None,
    min_side: int = 200,
    keep_alpha: bool = False,
    widths: Sequence[int] = (),
    formats: Sequence[str] = ("AVIF", "WEBP", "JPEG"),
) -> CleanImage:
    """Decode, put upright, crop, convert to sRGB and encode anew, at most MAX_SIDE. Blocks for up to WALL_SECONDS.

    With `widths`, makes those sizes in those formats as `renditions` and leaves `bytes` empty. Transparent parts become
    white unless `keep_alpha`. Raises ImageRefused.
    """
    data = _content(file)
    job = _job(
        data,
        header_only=False,
        crop=checked_crop(crop),
        min_side=min_side,
        keep_alpha=keep_alpha,
        widths=list(widths),
        formats=list(formats),
        max_side=MAX_SIDE,
    )
    report, bodies = _run(job, data, min_side=min_side)
    return _clean(report, bodies, is_sized=bool(widths))


def _clean(report: dict[str, Any], bodies: list[bytes], *, is_sized: bool) -> CleanImage:
    pieces = [
        Rendition(kind, width, height, body)
        for (kind, width, height, _), body in zip(report["pieces"], bodies, strict=True)
    ]
    return CleanImage(
        b"" if is_sized else pieces[0].bytes,
        "" if is_sized else pieces[0].format,
        report["width"],
        report["height"],
        report["placeholder"],
        report["color"],
        tuple(pieces) if is_sized else (),
    )


def _run(job: dict[str, Any], data: bytes, *, min_side: int) -> tuple[dict[str, Any], list[bytes]]:
    """One picture through one process. Raises ImageRefused, also when the process did not live to answer."""
    command = [sys.executable, "-I", str(Path(sandbox.__file__))]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            command,
            input=json.dumps(job).encode() + b"\n" + data,
            capture_output=True,
            timeout=WALL_SECONDS,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ImageRefused("too_heavy") from error
    if done.returncode != 0:
        log.warning("image sandbox ended with %s: %s", done.returncode, done.stderr[-2000:].decode(errors="replace"))
        raise ImageRefused("too_heavy" if done.returncode < 0 else "broken")
    head, _, rest = done.stdout.partition(b"\n")
    report = json.loads(head)
    if "refused" in report:
        raise _refusal(report["refused"], min_side=min_side)
    return report, _split(rest, [length for *_, length in report["pieces"]])


def _split(rest: bytes, lengths: list[int]) -> list[bytes]:
    bodies, start = [], 0
    for length in lengths:
        bodies.append(rest[start : start + length])
        start += length
    return bodies
