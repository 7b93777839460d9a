"""The table and what the food lies on, seen from above. Each vessel says how far food may reach in it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from meals.covers.svg import (
    box_d,
    circle,
    dark,
    ellipse,
    light,
    line,
    num,
    path,
    placed,
    rect,
    ring,
    transform,
)

# (cloth, its pattern, napkin): the paper, sunken, apricot and basil of the design, calm enough for any food.
CLOTHS = (
    ("#ece3d3", "#e2d6c1", "#c9d8c8"),
    ("#dfe6da", "#d2dccd", "#f3dcc0"),
    ("#f1dfc6", "#e8d1b1", "#cfdcd6"),
    ("#e6dcd2", "#dacbbd", "#e9c9a4"),
    ("#d9e2e0", "#cbd7d5", "#f2dfc4"),
    ("#ead9cc", "#dfc9b8", "#cddac6"),
)
PLATES = ("#fdfaf4", "#f7f0e2", "#e9efe9", "#f3e7da", "#dfe7ea", "#fbf3ea", "#e8d8c4", "#3f4a45")


@dataclass(frozen=True, slots=True)
class Vessel:
    """`reach` is the radius food may fill; `body` is drawn round the origin."""

    body: str
    reach: float
    is_round: bool = True


def table(rng: Random) -> tuple[str, str]:
    """The cloth over the whole picture, and the colour of a napkin that goes with it."""
    cloth, pattern, napkin = CLOTHS[rng.randrange(len(CLOTHS))]
    kind = rng.randrange(4)
    if kind == 0:  # linen: fine threads both ways
        tile = line("M0 8H24M0 20H24M8 0V24M20 0V24", pattern, 1.4)
        size = 24
    elif kind == 1:  # gingham
        tile = rect(0, 0, 60, 60, pattern, opacity=0.55) + rect(0, 0, 120, 60, pattern, opacity=0.45)
        tile += rect(0, 0, 60, 120, pattern, opacity=0.45)
        size = 120
    elif kind == 2:  # wide stripes
        tile = rect(0, 0, 46, 100, pattern, opacity=0.7) + rect(60, 0, 6, 100, pattern)
        size = 100
    else:  # dots
        tile = circle(20, 20, 4, pattern) + circle(50, 50, 4, pattern)
        size = 60
    defs = (
        f'<pattern id="c" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({num(rng.choice((0, 45, -30, 12)))})">{tile}</pattern>'
    )
    return f"<defs>{defs}</defs>" + rect(0, 0, 1200, 900, cloth) + rect(0, 0, 1200, 900, "url(#c)"), napkin


def napkin(rng: Random, color: str, side: int) -> str:
    """A folded cloth that looks out from under the plate."""
    body = path(box_d(360, 430, 10), "#2a1a10", opacity=0.12, transform="translate(10 14)")
    body += path(box_d(360, 430, 10), color) + path(
        "M-180 40L180-60V205Q180 215 170 215H-170Q-180 215-180 205z", dark(color, 0.06)
    )
    body += line("M-164-199H164V199H-164z", light(color, 0.5), 3, stroke_dasharray="10 9")
    return placed(body, 600 + side * 300, 470 + rng.uniform(-60, 60), side * rng.uniform(8, 24))


def shadow(r: float) -> str:
    return circle(14, 22, r * 1.09, "url(#s)")


def plate(rng: Random, color: str = "") -> Vessel:
    color = color or rng.choice(PLATES)
    edge = dark(color, 0.14)
    body = shadow(350) + circle(0, 0, 350, edge) + circle(-2, -4, 346, color)
    if rng.random() < 0.5:
        body += ring(0, 0, 330, dark(color, 0.12) if rng.random() < 0.5 else "#b98b4e", 4, opacity=0.7)
    body += circle(2, 4, 262, dark(color, 0.1)) + circle(0, 0, 258, mixed_ground(color))
    body += line("M-290-150A326 326 0 0 1-150-290", "#ffffff", 9, opacity=0.55)
    return Vessel(body, 245)


def painted(rng: Random) -> str:
    """A wreath of brush leaves on an empty plate, for a dish whose food nobody can name."""
    leaf_color, berry = rng.choice((("#1f6b45", "#d98a32"), ("#38688a", "#c8553d"), ("#a8512f", "#38688a")))
    out = ""
    for reach, count, size in ((304, 22, 1.0), (150, 12, 0.9)):
        for index in range(count):
            a = 2 * math.pi * index / count
            x, y, turn = reach * math.cos(a), reach * math.sin(a), math.degrees(a) + 90
            pair = path("M-20 0C-8-18 10-18 24-14C14-2 0 4-20 0zM-20 4C-8 20 8 22 22 20C14 8 0 2-20 4z", leaf_color)
            out += placed(pair + circle(34, 3, 5, berry), x, y, turn, size)
    for index in range(8):
        out += path("M0-8C16-30 16-58 0-76C-16-58-16-30 0-8z", berry, opacity=0.85, transform=f"rotate({index * 45})")
    return f'<g opacity=".82">{out}{circle(0, 0, 15, leaf_color)}</g>'


def mixed_ground(color: str) -> str:
    return light(color, 0.12) if color > "#8" else dark(color, 0.08)


def bowl(rng: Random, fill: str, color: str = "") -> Vessel:
    """A deep bowl holding something poured: its colour, a darker edge where the wall throws shade, and a shine."""
    color = color or rng.choice(PLATES)
    body = shadow(340) + circle(0, 0, 340, dark(color, 0.16)) + circle(-2, -3, 336, color)
    body += circle(0, 0, 304, dark(color, 0.34)) + circle(5, 8, 298, dark(fill, 0.26)) + circle(2, 3, 292, fill)
    body += line("M-252-130A284 284 0 0 1-130-252", light(fill, 0.6), 10, opacity=0.5)
    body += line("M-284-150A321 321 0 0 1-150-284", "#ffffff", 8, opacity=0.5)
    return Vessel(body, 262)


def board(rng: Random) -> Vessel:
    wood = rng.choice(("#c8935a", "#b97f4a", "#d3a56f"))
    d = box_d(860, 600, 46)
    body = path(d, "#2a1a10", opacity=0.16, transform="translate(14 20)") + path(
        d, dark(wood, 0.2), transform="translate(0 6)"
    )
    body += path(d, wood)
    for y in range(-250, 270, 62):
        bend = rng.uniform(-26, 26)
        grain = f"M-412 {num(y)}Q-140 {num(y + bend)} 80 {num(y + bend / 3)}T412 {num(y)}"
        body += line(grain, dark(wood, 0.12), rng.choice((2, 3, 5)), opacity=0.55)
    body += circle(372, 0, 24, dark(wood, 0.5)) + circle(374, 3, 20, "#e9dfcf")
    return Vessel(placed(body, 0, 0, -6), 262, is_round=False)


def pan(rng: Random) -> Vessel:
    handle = path(box_d(330, 62, 28), "#23211f", transform="translate(478 0)") + path(
        box_d(40, 24, 12), "#4a4642", transform="translate(598 0)"
    )
    body = placed(handle, 0, 0, -28)
    body = shadow(330) + body + circle(0, 0, 334, "#23211f") + circle(-2, -3, 328, "#3a3633")
    body += circle(3, 5, 292, "#1f1d1c") + circle(0, 0, 286, "#2e2b29")
    return Vessel(body + line("M-276-146A312 312 0 0 1-146-276", "#8d867e", 7, opacity=0.7), 258)


def steamer(rng: Random) -> Vessel:
    body = shadow(345) + circle(0, 0, 346, "#8f6430") + circle(0, 0, 338, "#d2a35f") + ring(0, 0, 322, "#b98846", 5)
    body += circle(0, 0, 302, "#9a6f38") + circle(3, 5, 296, "#e3c88f")
    for x in range(-270, 280, 45):
        half = (292**2 - x**2) ** 0.5
        body += line(f"M{x} {num(-half)}V{num(half)}", "#c9a766", 5, opacity=0.8)
    return Vessel(placed(body, 0, 0, 12), 250)


def glass(rng: Random, fill: str) -> Vessel:
    """A tumbler from above on a coaster: smaller than a plate, so the table shows."""
    body = circle(18, 28, 292, "url(#s)") + circle(0, 0, 268, "#b98a55") + ring(0, 0, 250, "#9c7142", 4)
    body += circle(6, 9, 222, "#2a1a10", opacity=0.2) + circle(0, 0, 220, "#f6fbfa", opacity=0.95)
    body += (
        circle(0, 0, 200, dark(fill, 0.22))
        + circle(-2, -3, 194, fill)
        + circle(-8, -12, 150, light(fill, 0.25), opacity=0.55)
    )
    body += line("M-176-104A205 205 0 0 1-104-176", "#ffffff", 9, opacity=0.9)
    return Vessel(body, 165)


def cutlery(rng: Random, kind: str, side: int) -> str:
    """Fork, spoon or chopsticks beside the vessel; `side` is 1 for the right."""
    metal, shade = "#c9cdd0", "#8f979c"
    if kind == "chopsticks":
        wood = rng.choice(("#7a4a2b", "#a5372c", "#33302d"))
        pair = ""
        for offset, turn in ((0, 0), (34, 3)):
            one = path("M-7-330L7-330 5 320-5 320z", wood) + path("M-7-330H7V-270H-7z", light(wood, 0.5))
            pair += placed(
                path("M-7-330L7-330 5 320-5 320z", "#2a1a10", opacity=0.18, transform="translate(7 9)") + one,
                offset,
                0,
                turn,
            )
        return placed(pair, 600 + side * 425, 455, side * rng.uniform(6, 12))
    if kind == "spoon":
        bowl_ = (
            ellipse(0, -210, 50, 76, shade)
            + ellipse(-2, -213, 46, 72, metal)
            + ellipse(4, -204, 32, 54, shade, opacity=0.6)
        )
        body = path("M-8-140H8L13 290Q0 306-13 290z", shade) + path("M-8-140H3L7 290Q-4 300-12 290z", metal) + bowl_
    else:
        tines = "".join(rect(x, -290, 11, 110, metal, rx=5) for x in (-37, -16, 5, 26))
        body = tines + path("M-37-190H37Q38-120 8-100L13 290Q0 306-13 290L-8-100Q-38-120-37-190z", metal)
        body += line("M4-96L9 286", shade, 4, opacity=0.8)
    fallen = body.replace(metal, "#2a1a10").replace(shade, "#2a1a10")
    cast = f'<g opacity=".14" transform="{transform(9, 12)}">{fallen}</g>'
    return placed(cast + body, 600 + side * 440, 460, side * rng.uniform(3, 9))
