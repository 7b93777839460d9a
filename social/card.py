"""The picture beside a shared address, drawn from words and figures alone. No file, no photo, no query."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_PAPER, _INK, _QUIET, _BASIL, _LINE = "#FBF8F3", "#1E241F", "#59625A", "#1F6B45", "#E4DED3"
_MAX_LINES = 3
# By the names of common systems; where there is none, the face that comes with Pillow has to do.
_SERIF = ("DejaVuSerif-Bold.ttf", "LiberationSerif-Bold.ttf", "NotoSerif-Bold.ttf", "Georgia Bold.ttf")
_SANS = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "Arial.ttf")
_IDEOGRAPHS = ("NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Face:
    title: str
    person: str
    figures: tuple[tuple[str, str], ...] = ()


def draw_card(face: Face) -> bytes:
    """PNG, 1200 × 630."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, HEIGHT), fill=_BASIL)
    pen.text((_MARGIN, 64), "FitFoodie", font=_font(_SERIF, 36), fill=_BASIL)
    _draw_title(pen, face.title)
    pen.text((_MARGIN, 410), _cut(pen, face.person, _sans(face.person, 34)), font=_sans(face.person, 34), fill=_QUIET)
    pen.line((_MARGIN, 480, WIDTH - _MARGIN, 480), fill=_LINE, width=3)
    _draw_figures(pen, face.figures)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw_title(pen: ImageDraw.ImageDraw, title: str) -> None:
    for size in (72, 60, 50):
        font = _serif(title, size)
        lines = list(_wrapped(pen, title, font))
        if len(lines) <= _MAX_LINES:
            break
    lines = [*lines[: _MAX_LINES - 1], _cut(pen, " ".join(lines[_MAX_LINES - 1 :]), font)]
    for number, line in enumerate(filter(None, lines)):
        pen.text((_MARGIN, 140 + number * int(size * 1.22)), line, font=font, fill=_INK)


def _draw_figures(pen: ImageDraw.ImageDraw, figures: tuple[tuple[str, str], ...]) -> None:
    left = float(_MARGIN)
    for value, label in figures:
        number, words = _font(_SERIF, 52), _sans(label, 30)
        pen.text((left, 510), value, font=number, fill=_BASIL)
        left += pen.textlength(value, font=number) + 14
        pen.text((left, 530), label, font=words, fill=_QUIET)
        left += pen.textlength(label, font=words) + 56


def _wrapped(pen: ImageDraw.ImageDraw, text: str, font: Font) -> Iterator[str]:
    line = ""
    for part in _parts(text):
        if line and pen.textlength(line + part, font=font) > WIDTH - 2 * _MARGIN:
            yield line.strip()
            line = ""
        line += part
    yield line.strip()


def _parts(text: str) -> list[str]:
    """Words with the space after them; ideographs one by one, as there are no spaces to break at."""
    return list(text) if _has_ideographs(text) else [f"{word} " for word in text.split()]


def _cut(pen: ImageDraw.ImageDraw, text: str, font: Font) -> str:
    if pen.textlength(text, font=font) <= WIDTH - 2 * _MARGIN:
        return text
    while text and pen.textlength(f"{text}…", font=font) > WIDTH - 2 * _MARGIN:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _has_ideographs(text: str) -> bool:
    return any("\u2e80" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text)


def _serif(text: str, size: int) -> Font:
    return _font(_IDEOGRAPHS + _SERIF if _has_ideographs(text) else _SERIF, size)


def _sans(text: str, size: int) -> Font:
    return _font(_IDEOGRAPHS + _SANS if _has_ideographs(text) else _SANS, size)


@cache
def _font(names: tuple[str, ...], size: int) -> Font:
    for name in names:
        try:
            return ImageFont.truetype(name, size)
        except OSError:  # not on this machine
            continue
    return ImageFont.load_default(size)
