"""Charts as inline SVG. Geometry is computed here; colours and type come from the stylesheet by class."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

# Small units: the drawing is scaled to a phone with its text still at 13 px, and never wider than 32rem.
WIDTH, HEIGHT = 360, 200
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 24, 28
FLOOR = HEIGHT - BOTTOM
MAX_LABELS = 7


@dataclass(frozen=True)
class Point:
    label: str
    value: float | None
    kind: str = ""


def read_points(points: Iterable[Any]) -> list[Point]:
    """Pairs or dicts from a template become points; what is not a finite number is unknown, not zero."""
    return [_read_point(raw) for raw in points]


def _read_point(raw: Any) -> Point:
    if isinstance(raw, dict):
        return Point(str(raw.get("label", "")), _number(raw.get("value")), str(raw.get("kind", "")))
    label, value = raw
    return Point(str(label), _number(value))


def _number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]  # whatever float refuses is unknown
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def top_of_scale(highest: float) -> float:
    """The next round number (1, 2, 2.5 or 5 times a power of ten) at or above the highest value."""
    if highest <= 0:
        return 1.0
    power: float = 10 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= highest * (1 - 1e-9))


@register.simple_tag
def bar_chart(points: Iterable[Any], title: str = "", unit: str = "", goal: object = "") -> SafeString:
    read = read_points(points)
    aim = _number(goal)
    top = top_of_scale(max([point.value or 0 for point in read] + [aim or 0]))
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(read))
    bars = mark_safe("".join(_bar(point, index, slot, top) for index, point in enumerate(read)))  # noqa: S308 - escaped parts
    body = format_html("{}{}{}{}", _axis(), _goal(aim, top, unit), bars, _labels(read, slot, LEFT + slot / 2))
    return _svg(summary(read, title, unit), body)


def _bar(point: Point, index: int, slot: float, top: float) -> SafeString:
    if point.value is None:
        return mark_safe("")
    width = min(56.0, slot * 0.64)
    centre = LEFT + slot * (index + 0.5)
    height = max(0.0, point.value) / top * (FLOOR - TOP)
    return format_html(
        '<rect class="bar {}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>'
        '<text class="value" x="{}" y="{}" text-anchor="middle">{}</text>',
        point.kind,
        _c(centre - width / 2),
        _c(FLOOR - height),
        _c(width),
        _c(height),
        _c(min(4.0, height / 2)),
        _c(centre),
        _c(FLOOR - height - 7),
        _short(point.value) if slot >= 24 else "",
    )


@register.simple_tag
def line_chart(points: Iterable[Any], title: str = "", unit: str = "") -> SafeString:
    read = read_points(points)
    known = [point.value for point in read if point.value is not None]
    low, high = _range(known)
    scale = _Scale(step=(WIDTH - LEFT - RIGHT - 24) / max(1, len(read) - 1), low=low, high=high)
    places = [scale.place(index, point) for index, point in enumerate(read)]
    lines = mark_safe("".join(_stretch(run) for run in _runs(places)))  # noqa: S308 - numbers only
    body = format_html("{}{}{}{}", lines, _axis(), _ends(read, places), _labels(read, scale.step, LEFT + 12))
    return _svg(summary(read, title, unit), body)


@dataclass(frozen=True)
class _Scale:
    step: float
    low: float
    high: float

    def place(self, index: int, point: Point) -> tuple[float, float] | None:
        if point.value is None:
            return None
        share = (point.value - self.low) / (self.high - self.low)
        return LEFT + 12 + index * self.step, FLOOR - share * (FLOOR - TOP)


def _range(known: list[float]) -> tuple[float, float]:
    """From zero, unless everything lies in the upper part: then the line would be flat and say nothing."""
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    if low > 0 and low > high * 0.6 and high > low:
        margin = (high - low) * 0.25
        return low - margin, high + margin * 0.2
    return min(0.0, low), top_of_scale(high)


def _runs(places: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _stretch(run: list[tuple[float, float]]) -> SafeString:
    path = " ".join(f"{_c(x)},{_c(y)}" for x, y in run)
    if len(run) == 1:
        return format_html('<circle class="point" cx="{}" cy="{}" r="4"/>', _c(run[0][0]), _c(run[0][1]))
    area = f"{_c(run[0][0])},{FLOOR} {path} {_c(run[-1][0])},{FLOOR}"
    return format_html('<polygon class="area" points="{}"/><polyline class="line" points="{}"/>', area, path)


def _ends(read: list[Point], places: list[tuple[float, float] | None]) -> SafeString:
    """The first and the last known value are written out; the rest is in the table."""
    drawn = [(place, point) for place, point in zip(places, read, strict=True) if place is not None]
    chosen = drawn[:1] + drawn[-1:] if len(drawn) > 1 else drawn
    marks = [
        (_c(place[0]), _c(place[1]), _c(place[0]), _c(place[1] - 11), anchor, _short(point.value or 0))
        for (place, point), anchor in zip(chosen, ("start", "end"), strict=False)
    ]
    return format_html_join(
        "",
        '<circle class="point" cx="{}" cy="{}" r="4"/><text class="value" x="{}" y="{}" text-anchor="{}">{}</text>',
        marks,
    )


@register.simple_tag
def chart_table(points: Iterable[Any], title: str = "", unit: str = "") -> SafeString:
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="number">{}</td></tr>',
        (
            (point.label, _("unknown") if point.value is None else f"{_short(point.value)} {unit}".strip())
            for point in read_points(points)
        ),
    )
    return format_html(
        '<table class="table"><caption class="visually-hidden">{}</caption><tbody>{}</tbody></table>', title, rows
    )


def _svg(described: str, body: SafeString) -> SafeString:
    return format_html('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', WIDTH, HEIGHT, described, body)


def summary(read: list[Point], title: str, unit: str) -> str:
    """What a sighted reader takes from the picture: the subject, the range, the last value."""
    known = [point for point in read if point.value is not None]
    if not known:
        return _("%(title)s: no figures yet") % {"title": title or _("Chart")}
    low, high = min(known, key=lambda p: p.value or 0), max(known, key=lambda p: p.value or 0)
    return _("%(title)s: from %(low)s (%(low_label)s) to %(high)s %(unit)s (%(high_label)s)") % {
        "title": title or _("Chart"),
        "low": _short(low.value or 0),
        "low_label": low.label,
        "high": _short(high.value or 0),
        "high_label": high.label,
        "unit": unit,
    }


def _labels(read: list[Point], step: float, start: float) -> SafeString:
    every = max(1, math.ceil(len(read) / MAX_LABELS))
    shown = [
        (_c(start + index * step), HEIGHT - 8, point.label) for index, point in enumerate(read) if index % every == 0
    ]
    return format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}</text>', shown)


def _axis() -> SafeString:
    return format_html('<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"/>', LEFT, FLOOR, WIDTH - RIGHT, FLOOR)


def _goal(aim: float | None, top: float, unit: str) -> SafeString:
    if aim is None:
        return mark_safe("")
    height = _c(FLOOR - aim / top * (FLOOR - TOP))
    return format_html(
        '<line class="goal" x1="{}" y1="{}" x2="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        LEFT,
        height,
        WIDTH - RIGHT,
        height,
        WIDTH - RIGHT,
        _c(float(height) - 5),
        " ".join([_("goal"), _short(aim), unit]).strip(),
    )


def _c(value: float) -> str:
    """A coordinate: one decimal, no trailing zero."""
    return f"{value:.1f}".removesuffix(".0")


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.1f}"
