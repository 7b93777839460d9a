"""Meat, fish, eggs, dairy, grains, sweets and what gives a plate its ground."""

from __future__ import annotations

import math
from random import Random

from meals.covers.svg import (
    Shape,
    blob_d,
    box_d,
    circle,
    dark,
    ellipse,
    light,
    line,
    num,
    path,
    rect,
    round_d,
    volume,
)


def slice_of(rng: Random, *, crust: str, inside: str) -> Shape:
    """A slice of roast meat, standing on its neighbour."""
    d = "M-54 8C-50-30 30-42 54-14C62 6 40 30-6 34C-36 36-56 28-54 8z"
    grain = "M-34 8Q-10-6 18-12M-26 18Q2 4 36-6M-8 24Q14 16 34 6"
    body = path(d, crust) + path(d, inside, transform="translate(-1 -1)scale(.88 .82)")
    body += path(d, light(inside, 0.35), transform="translate(-6 -6)scale(.55 .45)", opacity=0.5)
    return Shape(d, body + line(grain, dark(inside, 0.14), 2.5, opacity=0.7))


def drumstick(rng: Random) -> Shape:
    d = "M-50 4C-52-28-16-40 12-24C26-16 34-8 42-4L64 2Q72 12 60 16L38 12C26 20 8 34-16 32C-38 30-50 20-50 4z"
    bone = path("M34-6L62-3Q74-10 76 2Q86 8 76 16Q68 24 60 14L34 12z", "#f4e8d2")
    meat = "M-50 4C-52-28-16-40 12-24C26-16 34-10 44-4L42 12C26 20 8 34-16 32C-38 30-50 20-50 4z"
    return Shape(d, bone + volume(meat, "#b8672c", lift=7) + line("M-26-8Q-8-22 12-12", "#eeb271", 5, opacity=0.8))


def fillet(rng: Random, color: str = "#ee8d68", edge: str = "") -> Shape:
    """Salmon, or any fish by its colour: fat lines in chevrons."""
    d = "M-58 2C-56-26-20-34 16-30C42-28 60-18 60-4C58 16 30 30-8 30C-36 30-58 22-58 2z"
    lines = "M-34-22Q-22 0-36 22M-12-27Q2 0-14 27M12-27Q26 0 10 26M34-22Q46-2 32 20"
    body = path(d, edge or dark(color, 0.25)) + path(d, color, transform="translate(-1 -2)scale(.93 .9)")
    return Shape(d, body + line(lines, light(color, 0.6), 4, opacity=0.85))


def whole_fish(rng: Random) -> Shape:
    d = "M-62 0C-44-28 4-32 34-8L64-26Q56 0 64 26L34 8C4 32-44 28-62 0z"
    body = path(d, "#7d97a3") + path("M-60 0C-42-22 4-26 32-6L34 4C4 14-40 14-60 0z", "#a9c0c8")
    scales = "M-20-10q6 10 0 20M-4-12q6 12 0 24M12-10q6 10 0 20"
    return Shape(d, body + line(scales, "#6a8490", 3) + circle(-42, -4, 6, "#fdf8ee") + circle(-42, -4, 3, "#222"))


def shrimp(rng: Random) -> Shape:
    d = "M38 30C10 52-42 38-46-4C-48-40-8-56 22-42C36-34 40-20 30-12C18-20-6-18-8 0C-8 16 14 20 24 8L52 10Q60 24 38 30z"
    body = path(d, "#df7350") + path(d, "#f4a27e", transform="translate(-1 -2)scale(.88)")
    stripes = "M-42-14L-16-8M-40 10L-12 8M-24 30L-4 14M-24-38L-10-16M4-44L8-22"
    return Shape(d, body + line(stripes, "#e0714f", 5) + path("M44 12L66-6 60 16 70 28 44 26z", "#d95f3f"))


def fried_egg(rng: Random) -> Shape:
    d = blob_d(rng, 54, points=8, wobble=0.13)
    body = path(d, "#dccfb4") + path(d, "#fffdf6", transform="translate(-2 -2)scale(.95)")
    body += circle(3, 4, 24, "#e0931f") + circle(1, 1, 22, "#f8b733")
    return Shape(d, body + ellipse(-7, -8, 8, 5, "#fff0b8", transform="rotate(-30)", opacity=0.9), spins=False)


def egg_half(rng: Random) -> Shape:
    d = "M-48 0C-48-30-14-40 14-36C40-32 54-14 52 2C50 22 30 36 4 36C-26 38-48 24-48 0z"
    body = path(d, "#d8cdb8") + path(d, "#fffdf5", transform="translate(-2 -2)scale(.94)")
    return Shape(
        d, body + circle(6, 0, 21, "#e69b2d") + circle(4, -2, 18, "#f7b941") + ellipse(-2, -8, 6, 4, "#ffe39a")
    )


def cube(rng: Random, color: str, *, seared: str = "") -> Shape:
    d = box_d(76, 70, 12)
    body = path(d, dark(color, 0.24)) + path(d, seared or color, transform="translate(-3 -5)scale(.92)")
    body += path(d, light(color, 0.4), transform="translate(-7 -9)scale(.66)", opacity=0.6)
    return Shape(d, body)


def chunk(rng: Random, color: str, *, spins: bool = True) -> Shape:
    """A rough piece: potato, stew meat, mince, roast vegetable, granola."""
    d = blob_d(rng, 46, points=7, wobble=0.14, stretch=1.15)
    return Shape(d, volume(d, color, lift=6), spins=spins)


def cheese(rng: Random) -> Shape:
    d = "M-54 22L46-30Q58-20 56 2L50 26Q0 34-50 34z"
    body = path(d, "#d99a2b") + path("M-54 20L44-30Q54-18 54-2Q0 16-54 20z", "#f8d36b")
    return Shape(d, body + circle(10, -2, 8, "#e0aa3c") + circle(34, -10, 5, "#e0aa3c") + circle(-14, 10, 5, "#e0aa3c"))


def ham(rng: Random, color: str = "#e59a92") -> Shape:
    d = "M-60-16Q-40-30-20-16T20-16T60-16V14Q40 2 20 14T-20 14T-60 14z"
    stripe = "M-58-6Q-40-20-20-6T20-6T58-6"
    return Shape(
        d,
        path(d, dark(color, 0.2))
        + path(d, color, transform="translate(-1 -2)scale(.97 .85)")
        + line(stripe, light(color, 0.6), 6),
    )


def sausage(rng: Random, color: str = "#a8503a") -> Shape:
    d = blob_d(rng, 44, points=12, wobble=0.02)
    dots = "".join(f"M{num(rng.uniform(-24, 24))} {num(rng.uniform(-24, 24))}h.1" for _ in range(10))
    return Shape(
        d,
        path(d, dark(color, 0.3))
        + path(d, light(color, 0.12), transform="translate(-1 -1)scale(.86)")
        + line(dots, light(color, 0.6), 6, opacity=0.8),
    )


def bread(rng: Random, color: str = "#e9c48b") -> Shape:
    d = "M-46-18C-62-40-30-54 0-52C30-54 62-40 46-18L44 44Q0 56-44 44z"
    body = path(d, "#a8672f") + path(d, color, transform="translate(0 -1)scale(.88)")
    holes = "".join(
        f"M{num(rng.uniform(-26, 26))} {num(rng.uniform(-30, 34))}h{num(rng.uniform(1, 5))}" for _ in range(13)
    )
    return Shape(d, body + line(holes, dark(color, 0.18), 4, opacity=0.7))


def bun(rng: Random) -> Shape:
    d = blob_d(rng, 52, points=10, wobble=0.03)
    seeds = "".join(f"M{num(rng.uniform(-28, 28))} {num(rng.uniform(-30, 24))}l3 2" for _ in range(14))
    return Shape(d, volume(d, "#cf8a3e", lift=8) + line(seeds, "#fdf0d0", 4), spins=False)


def dumpling(rng: Random) -> Shape:
    d = "M-56 18C-52-22-22-36 0-36C22-36 52-22 56 18C40 32-40 32-56 18z"
    folds = "M-36-6Q-30 4-38 14M-18-18Q-12-6-18 6M0-22Q4-8 0 4M18-18Q16-6 22 6M36-6Q32 4 40 14"
    body = path(d, "#d5bf98") + path(d, "#f7ead0", transform="translate(-1 -3)scale(.95 .9)")
    return Shape(d, body + line(folds, "#cdb288", 4) + line("M-34-12Q-14-28 8-28", "#fffaf0", 5))


def steamed_bun(rng: Random) -> Shape:
    d = blob_d(rng, 52, points=10, wobble=0.03)
    folds = "".join(
        f"M{num(8 * math.cos(a))} {num(8 * math.sin(a))}Q{num(28 * math.cos(a + 0.5))} {num(28 * math.sin(a + 0.5))} "
        f"{num(38 * math.cos(a + 0.7))} {num(38 * math.sin(a + 0.7))}"
        for a in (2 * math.pi * index / 9 for index in range(9))
    )
    return Shape(
        d, volume(d, "#f6ead4", lift=6) + line(folds, "#d6c09b", 3.5) + circle(0, 0, 6, "#cbb186"), spins=False
    )


def pancake(rng: Random) -> Shape:
    d = blob_d(rng, 52, points=12, wobble=0.03)
    return Shape(
        d,
        path(d, "#efcf94")
        + path(d, "#c98538", transform="scale(.93)")
        + path(d, "#dca255", transform="translate(-4 -5)scale(.74)"),
    )


def cookie(rng: Random, color: str = "#cf9a5b", chip: str = "#5a3622") -> Shape:
    d = blob_d(rng, 50, points=11, wobble=0.045)
    chips = "".join(circle(rng.uniform(-27, 27), rng.uniform(-27, 27), rng.uniform(5, 8), chip) for _ in range(6))
    return Shape(d, volume(d, color, lift=5) + chips)


def chocolate(rng: Random) -> Shape:
    d = box_d(84, 84, 10)
    body = path(d, "#3b2216") + path(d, "#5d3824", transform="translate(-3 -4)scale(.92)")
    return Shape(d, body + path(d, "#754a31", transform="translate(-3 -4)scale(.62)"))


def cake(rng: Random, icing: str = "#fff1de") -> Shape:
    """A whole round cake: its crust, the icing that runs over, a wreath of dollops."""
    d, top = blob_d(rng, 54, points=12, wobble=0.015), blob_d(rng, 48, points=12, wobble=0.06)
    body = path(d, "#b97a3f") + path(d, "#dca860", transform="translate(-.7 -1)scale(.96)")
    body += path(top, dark(icing, 0.12), transform="translate(.6 1)") + path(top, icing, transform="scale(.97)")
    for index in range(10):
        a = 2 * math.pi * index / 10
        x, y = 37 * math.cos(a), 37 * math.sin(a)
        body += (
            circle(x + 0.6, y + 1, 7, dark(icing, 0.2))
            + circle(x, y, 6.6, "#fffaf1")
            + circle(x - 1.4, y - 1.6, 2.4, "#fff")
        )
    return Shape(d, body, spins=False)


def penne(rng: Random, color: str = "#f1cd7d") -> Shape:
    d = "M-48-12L44-16Q54 0 44 14L-44 16Q-58 4-48-12z"
    body = path(d, dark(color, 0.22)) + path("M-48-12L44-16Q50-6 48 0L-52 4Q-54-4-48-12z", color)
    return Shape(
        d, body + line("M-40-6L40-9M-42 4L40 2", light(color, 0.5), 2.5) + ellipse(46, -1, 5, 12, dark(color, 0.4))
    )


def nut(rng: Random, color: str = "#b67a42") -> Shape:
    d = "M-46 0C-36-28 10-30 48 0C10 30-36 28-46 0z"
    return Shape(d, volume(d, color, lift=5) + line("M-30 0Q0-6 32 0M-24 9Q0 6 22 8", dark(color, 0.2), 2.5))


def bean(rng: Random, color: str = "#8d3b32") -> Shape:
    d = "M-44 6C-48-24-14-36 12-28C40-20 50 8 36 22C26 30 20 18 4 16C-12 14-16 30-30 26C-40 22-44 14-44 6z"
    return Shape(d, volume(d, color, lift=5))


def dollop(rng: Random, color: str = "#fffaf0") -> Shape:
    d = blob_d(rng, 48, points=8, wobble=0.08)
    swirl = "M-26 6C-22-24 26-24 24 4C22 24-10 22-10 4C-8-8 10-8 10 2"
    return Shape(
        d,
        path(d, dark(color, 0.16))
        + path(d, color, transform="translate(-2 -3)scale(.93)")
        + line(swirl, dark(color, 0.12), 5),
    )


def nori(rng: Random) -> Shape:
    d = box_d(90, 66, 4)
    return Shape(d, path(d, "#1f3a2c") + line("M-36-20h70M-36-4h66M-36 12h70", "#365744", 3, opacity=0.8))


def maki(rng: Random) -> Shape:
    body = circle(0, 0, 48, "#22372c") + circle(0, 0, 42, "#fbf7ec") + rect(-14, -14, 16, 28, "#ee8d68", rx=4)
    return Shape(
        round_d(48),
        body + rect(4, -12, 12, 24, "#7fb55a", rx=4) + line("M-30-14h4M24-26h4M-24 24h4M28 18h4M-4-32h4", "#e4dcc8", 4),
    )
