"""The few SVG elements the drawings are made of, with short numbers so that a cover stays small."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

Point = tuple[float, float]


def num(value: float) -> str:
    """One decimal where it can be seen, none where it cannot."""
    text = f"{value:.0f}" if abs(value) >= 20 else f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def path(d: str, fill: str, **extra: object) -> str:
    return f'<path d="{d}" fill="{fill}"{attributes(extra)}/>'


def line(d: str, stroke: str, width: float, **extra: object) -> str:
    """An open stroke with round ends."""
    return (
        f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{num(width)}" '
        f'stroke-linecap="round" stroke-linejoin="round"{attributes(extra)}/>'
    )


def circle(x: float, y: float, r: float, fill: str, **extra: object) -> str:
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}"{attributes(extra)}/>'


def ring(x: float, y: float, r: float, stroke: str, width: float, **extra: object) -> str:
    return (
        f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="none" stroke="{stroke}" '
        f'stroke-width="{num(width)}"{attributes(extra)}/>'
    )


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **extra: object) -> str:
    return f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"{attributes(extra)}/>'


def rect(x: float, y: float, width: float, height: float, fill: str, **extra: object) -> str:
    return (
        f'<rect x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}" fill="{fill}"'
        f"{attributes(extra)}/>"
    )


def attributes(extra: dict[str, object]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in extra.items())


def placed(inner: str, x: float, y: float, turn: float = 0, scale: float = 1) -> str:
    return f'<g transform="{transform(x, y, turn, scale)}">{inner}</g>'


def transform(x: float, y: float, turn: float = 0, scale: float = 1) -> str:
    text = f"translate({num(x)} {num(y)})"
    if turn:
        text += f"rotate({num(turn)})"
    return text + (f"scale({scale:.2f})" if scale != 1 else "")


def mix(color: str, other: str, part: float) -> str:
    """`part` of 1 is all `other`."""
    a, b = (bytes.fromhex(each[1:]) for each in (color, other))
    return "#" + bytes(round(x + (y - x) * part) for x, y in zip(a, b, strict=True)).hex()


def light(color: str, part: float = 0.25) -> str:
    return mix(color, "#fff6e0", part)


def dark(color: str, part: float = 0.22) -> str:
    return mix(color, "#2a1a10", part)


def round_d(r: float, ry: float | None = None) -> str:
    """An ellipse round the origin as path data, for shapes whose outline also casts the shadow."""
    x, y, across = num(r), num(r if ry is None else ry), num(2 * r)
    return f"M-{x} 0a{x} {y} 0 1 0 {across} 0a{x} {y} 0 1 0 -{across} 0z"


def box_d(width: float, height: float, corner: float) -> str:
    w, h, c = width / 2, height / 2, corner
    parts = (
        f"M{num(c - w)} {num(-h)}H{num(w - c)}Q{num(w)} {num(-h)} {num(w)} {num(c - h)}",
        f"V{num(h - c)}Q{num(w)} {num(h)} {num(w - c)} {num(h)}",
        f"H{num(c - w)}Q{num(-w)} {num(h)} {num(-w)} {num(h - c)}V{num(c - h)}",
        f"Q{num(-w)} {num(-h)} {num(c - w)} {num(-h)}z",
    )
    return "".join(parts)


def smooth_d(points: list[Point]) -> str:
    """A closed curve through the points (Catmull-Rom as cubic Béziers)."""
    count = len(points)
    text = f"M{num(points[0][0])} {num(points[0][1])}"
    for index in range(count):
        p0, p1, p2, p3 = (points[(index + step) % count] for step in (-1, 0, 1, 2))
        c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        text += "C" + " ".join(num(value) for value in (*c1, *c2, *p2))
    return text + "z"


def blob_d(rng: Random, r: float, *, points: int = 9, wobble: float = 0.1, stretch: float = 1.0) -> str:
    """An organic outline: a circle whose radius wanders."""
    around = []
    for index in range(points):
        angle = 2 * math.pi * index / points
        reach = r * (1 + rng.uniform(-wobble, wobble))
        around.append((reach * math.cos(angle) * stretch, reach * math.sin(angle)))
    return smooth_d(around)


@dataclass(frozen=True, slots=True)
class Shape:
    """One piece of food about 50 units in radius round the origin; `outline` casts its shadow.

    Shapes whose light would turn with them do not spin.
    """

    outline: str
    body: str
    spins: bool = True


def volume(d: str, color: str, *, lift: float = 6, inner: float = 0.9, shine: float = 0.5) -> str:
    """Three tones of one outline: the shaded edge, the body, and the side that looks at the light."""
    return (
        path(d, dark(color, 0.2))
        + path(d, color, transform=transform(-lift * 0.5, -lift * 0.7, 0, inner))
        + path(d, light(color, 0.4), opacity=shine, transform=transform(-lift * 1.6, -lift * 2, 0, inner * 0.55))
    )
