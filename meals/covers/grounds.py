"""What covers the ground of a vessel: mounds, nests, specks, swirls."""

from __future__ import annotations

import math
from random import Random

from meals.covers.svg import blob_d, circle, dark, light, line, mix, num, path


def grains(rng: Random, r: float, color: str, grain: str, *, count: int = 150, length: float = 13) -> str:
    """A mound of rice, couscous, quinoa: its ground, then grains in every direction."""
    d = blob_d(rng, r, points=13, wobble=0.05)
    strokes, shade = "", ""
    for index in range(count):
        a, reach = rng.uniform(0, 2 * math.pi), r * 0.93 * math.sqrt(rng.random())
        turn = rng.uniform(0, math.pi)
        step = f"M{round(reach * math.cos(a))} {round(reach * math.sin(a))}"
        step += f"l{round(length * math.cos(turn))} {round(length * math.sin(turn))}"
        if index % 3:
            strokes += step
        else:
            shade += step
    body = path(d, dark(color, 0.2), transform="translate(7 10)", opacity=0.5) + path(d, dark(color, 0.1))
    body += path(d, color, transform="translate(-5 -7)scale(.95)")
    return body + line(shade, dark(color, 0.16), 6) + line(strokes, grain, 6)


def strands(rng: Random, r: float, color: str, *, width: float = 10, count: int = 34) -> str:
    """A nest of noodles: arcs round wandering centres, three tones."""
    d = blob_d(rng, r * 0.93, points=13, wobble=0.04)
    tones = (dark(color, 0.16), color, light(color, 0.45))
    paths = ["", "", ""]
    for index in range(count):
        cx, cy = rng.uniform(-0.14, 0.14) * r, rng.uniform(-0.14, 0.14) * r
        reach, first = r * math.sqrt(rng.uniform(0.03, 0.7)), rng.uniform(0, 2 * math.pi)
        sweep = rng.uniform(1.3, 2.9)
        x1, y1 = cx + reach * math.cos(first), cy + reach * math.sin(first)
        x2, y2 = cx + reach * math.cos(first + sweep), cy + reach * 0.94 * math.sin(first + sweep)
        paths[index % 3] += (
            f"M{round(x1)} {round(y1)}A{round(reach)} {round(reach * 0.94)} 0 0 1 {round(x2)} {round(y2)}"
        )
    body = path(d, dark(color, 0.3), transform="translate(7 10)", opacity=0.45) + path(d, mix(color, "#8a4f1e", 0.18))
    for tone, strokes in zip(tones, paths, strict=True):
        body += line(strokes, mix(color, "#8a4f1e", 0.45), width + 4, opacity=0.6) + line(strokes, tone, width)
    return body


def specks(rng: Random, r: float, color: str, *, count: int, size: float = 5, length: float = 0.1) -> str:
    strokes = ""
    for _ in range(count):
        a, reach, turn = rng.uniform(0, 2 * math.pi), r * math.sqrt(rng.random()), rng.uniform(0, math.pi)
        x, y = reach * math.cos(a), reach * math.sin(a)
        strokes += f"M{round(x)} {round(y)}l{num(length * math.cos(turn))} {num(length * math.sin(turn))}"
    return line(strokes, color, size)


def swirl(rng: Random, r: float, color: str) -> str:
    """The slow rings a spoon leaves in something thick, thin at both ends."""
    out = ""
    for index in range(5):
        reach, first, sweep = r * (0.2 + 0.16 * index), rng.uniform(0, 6.3), rng.uniform(1.6, 3.0)
        x1, y1 = reach * math.cos(first), reach * math.sin(first)
        x2, y2 = reach * math.cos(first + sweep), reach * math.sin(first + sweep)
        inner = reach * 0.93
        arc = f"M{num(x1)} {num(y1)}A{num(reach)} {num(reach)} 0 0 1 {num(x2)} {num(y2)}"
        out += f"{arc}A{num(inner)} {num(inner)} 0 0 0 {num(x1)} {num(y1)}z"
    return path(out, color, opacity=0.8)


def oil(rng: Random, reach: float, fill: str) -> str:
    """Drops that float on a soup or sauce."""
    drops = ""
    for _ in range(16):
        a, far, r = rng.uniform(0, 2 * math.pi), reach * math.sqrt(rng.random()), rng.uniform(4, 13)
        drops += circle(far * math.cos(a), far * math.sin(a), r, light(fill, 0.5), opacity=0.45)
    return drops


def glaze(rng: Random, reach: float, fill: str) -> str:
    """The puddle of sauce that a braised or fried dish lies in."""
    d = blob_d(rng, reach * 0.9, points=11, wobble=0.09)
    return path(d, fill, opacity=0.5) + path(d, light(fill, 0.2), opacity=0.45, transform="translate(-6 -8)scale(.9)")


def flatbread(rng: Random) -> str:
    """Dough with a rim, tomato, molten cheese."""
    d, inner = blob_d(rng, 285, points=14, wobble=0.03), blob_d(rng, 242, points=14, wobble=0.04)
    crust = path(d, "#2a1609", opacity=0.22, transform="translate(8 12)") + path(d, "#c98f47")
    crust += path(d, "#e5b669", transform="translate(-3 -4)scale(.96)") + path(inner, "#c8472c")
    cheese = path(inner, "#f3cf72", transform="translate(-2 -3)scale(.93)", opacity=0.92)
    return crust + cheese + specks(rng, 230, "#e39a45", count=26, size=22)
