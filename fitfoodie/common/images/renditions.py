"""Where the sizes of a photo are, told from its stored fields alone.

A list of twenty meals asks nothing of the storage: `<media><name>/<width>.<ext>` holds for every photo that is ready,
and which widths exist follows from its width. Changing WIDTHS or FORMATS therefore needs every photo processed again.
"""

from __future__ import annotations

from functools import cache
from typing import TypedDict

from django.conf import settings

WIDTHS = (320, 640, 960, 1600)
FORMATS = ("AVIF", "WEBP", "JPEG")
_EXTENSIONS = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg"}
_TYPES = {"AVIF": "image/avif", "WEBP": "image/webp", "JPEG": "image/jpeg"}
# The one address for those who can take only one: link previews, mails, old clients.
PLAIN_WIDTH = 960


class Source(TypedDict):
    type: str
    srcset: str


class Picture(TypedDict):
    """What a `<picture>` or an app needs; `sources` go from the smallest format to the one all can read."""

    url: str
    width: int
    height: int
    alt: str
    placeholder: str
    color: str
    sources: list[Source]


def widths_of(width: int) -> list[int]:
    """The widths made of a photo this wide: the standard ones below it, and its own in place of those above."""
    return sorted({min(width, standard) for standard in WIDTHS})


def file_name(name: str, width: int, kind: str) -> str:
    return f"{name}/{width}.{_EXTENSIONS[kind]}"


def file_names(name: str, width: int) -> list[str]:
    return [file_name(name, each, kind) for each in widths_of(width) for kind in FORMATS]


@cache
def _patterns(width: int) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What the addresses of all photos of one width have in common, `*` for the stem: lists ask for thousands."""
    widths = widths_of(width)
    plain = next((each for each in widths if each >= PLAIN_WIDTH), widths[-1])
    sources = tuple(
        (_TYPES[kind], ", ".join(f"{file_name('*', each, kind)} {each}w" for each in widths)) for kind in FORMATS
    )
    return file_name("", plain, "JPEG"), sources


def picture(
    *, name: str, width: int, height: int, alt: str = "", placeholder: str = "", color: str = ""
) -> Picture | None:
    """None while there is nothing to show: the photo waits, is held or was refused."""
    if not name:
        return None
    stem = settings.MEDIA_URL + name
    plain, patterns = _patterns(width)
    sources: list[Source] = [{"type": kind, "srcset": srcset.replace("*", stem)} for kind, srcset in patterns]
    return {
        "url": stem + plain,
        "width": width,
        "height": height,
        "alt": alt,
        "placeholder": placeholder,
        "color": color,
        "sources": sources,
    }
