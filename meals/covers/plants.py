"""Vegetables, herbs and fruit, each by hand: two or three tones, light from the upper left."""

from __future__ import annotations

import math
from random import Random

from meals.covers.svg import (
    Shape,
    blob_d,
    circle,
    dark,
    ellipse,
    light,
    line,
    num,
    path,
    ring,
    round_d,
    smooth_d,
    transform,
    volume,
)


def leaf(rng: Random, color: str = "#3f8a4f") -> Shape:
    bend = rng.uniform(-5, 5)
    d = f"M-50 {num(bend)}C-34-30 14-36 52 0C16 34-32 32-50 {num(bend)}z"
    lower = f"M-50 {num(bend)}C-20 {num(bend)} 20 2 52 0C16 34-32 32-50 {num(bend)}z"
    veins = "M-44 0Q0 2 44 0M-22 1l12-15M-2 1l14-15M18 1l10-10M-22 2l12 14M-2 2l14 13"
    return Shape(d, path(d, color) + path(lower, dark(color, 0.16)) + line(veins, light(color, 0.4), 2, opacity=0.7))


def frill(rng: Random, color: str = "#7fb55a") -> Shape:
    """A salad leaf with a wavy edge and a pale rib."""
    points = []
    for index in range(22):
        angle = 2 * math.pi * index / 22
        reach = (56 if index % 2 else 46) * rng.uniform(0.92, 1.08)
        points.append((reach * math.cos(angle) * 1.12, reach * math.sin(angle) * 0.82))
    d = smooth_d(points)
    ribs = "M-50 4Q0-4 44-2M-26 2q10-16 22-22M-6 0q14-14 28-18M-24 4q12 14 24 20M-2 2q14 12 26 15"
    body = path(d, dark(color, 0.14)) + path(d, color, transform=transform(-3, -4, 0, 0.9))
    body += path(d, light(color, 0.3), transform=transform(-6, -6, 0, 0.62), opacity=0.6)
    return Shape(d, body + line(ribs, light(color, 0.55), 3, opacity=0.8))


def parsley(rng: Random, color: str = "#3d8b45") -> Shape:
    stem = line("M-44 34Q-16 16 2-2Q10-10 14-18M-14 14Q6 14 20 12M-6 6Q-14-6-18-18", dark(color, 0.1), 4)
    tufts = ((18, -26, 19), (28, 10, 17), (-22, -24, 17), (2, -8, 15))
    body, d = stem, ""
    for x, y, r in tufts:
        tuft = blob_d(rng, r, points=10, wobble=0.26)
        body += path(tuft, color, transform=f"translate({x} {y})")
        body += path(tuft, light(color, 0.3), transform=f"translate({x - 2} {y - 3})scale(.55)")
        d += f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0z"
    return Shape(d, body)


def sprig(rng: Random, color: str = "#4f8f5b") -> Shape:
    """Dill, rosemary, thyme: fine needles on a stem."""
    needles = ""
    for step in range(-40, 46, 8):
        reach = 20 - abs(step) * 0.16 + rng.uniform(-3, 3)
        needles += f"M{step} 0l{num(reach * 0.7)}-{num(reach)}M{step + 3} 0l{num(reach * 0.7)} {num(reach)}"
    body = line(needles, color, 4) + line("M-56 3Q0-5 54 0", dark(color, 0.2), 4)
    return Shape("M-54-6L44-16 56 0 44 16-54 8z", body)


def coin(
    rng: Random, *, skin: str, flesh: str, core: str = "", marks: str = "", mark_color: str = "", rim: float = 5
) -> Shape:
    """A slice of something round: carrot, cucumber, courgette, aubergine, beetroot, banana."""
    d = blob_d(rng, 48, points=12, wobble=0.025)
    body = path(d, skin) + path(d, flesh, transform=transform(-0.8, -1, 0, (48 - rim) / 48))
    body += path(d, light(flesh, 0.35), transform=transform(-4, -5, 0, 0.62), opacity=0.6)
    if core:
        body += circle(0, 0, 19, core)
    if marks:
        body += line(marks, mark_color, 4)
    return Shape(d, body)


def carrot(rng: Random) -> Shape:
    rays = "".join(
        f"M{num(20 * math.cos(a))} {num(20 * math.sin(a))}L{num(33 * math.cos(a))} {num(33 * math.sin(a))}"
        for a in (math.pi * 2 * index / 9 + rng.uniform(-0.1, 0.1) for index in range(9))
    )
    return coin(rng, skin="#c65f1b", flesh="#ef8a34", core="#f7a951", marks=rays, mark_color="#f6a24c")


def cucumber(rng: Random) -> Shape:
    seeds = "".join(
        f"M{num(17 * math.cos(a))} {num(17 * math.sin(a))}l{num(6 * math.cos(a))} {num(6 * math.sin(a))}"
        for a in (math.pi * 2 * index / 9 for index in range(9))
    )
    return coin(rng, skin="#3c7a3d", flesh="#cfe3a5", core="#dfedbd", marks=seeds, mark_color="#b1cd82")


def courgette(rng: Random) -> Shape:
    return coin(rng, skin="#4c8a44", flesh="#ebe7b4", marks="M-14-6h1M8-14h1M14 8h1M-6 14h1", mark_color="#cfc887")


def aubergine(rng: Random) -> Shape:
    return coin(
        rng, skin="#4d2f57", flesh="#e6d3a8", marks="M-16-8h1M6-18h1M18 6h1M-4 12h1M-20 10h1", mark_color="#b8985f"
    )


def beetroot(rng: Random) -> Shape:
    return Shape(
        (shape := coin(rng, skin="#6d1638", flesh="#9c2350")).outline,
        shape.body + ring(0, 0, 30, "#b94a73", 3, opacity=0.7) + ring(0, 0, 16, "#b94a73", 3, opacity=0.7),
    )


def radish(rng: Random) -> Shape:
    return coin(rng, skin="#c9345f", flesh="#fbf3ec", marks="M0-18v10M0 8v10M-18 0h10M8 0h10", mark_color="#efe0d8")


def banana(rng: Random) -> Shape:
    seeds = "M0-9l0-5M8 5l4 3M-8 5l-4 3"
    return coin(rng, skin="#e0bf5a", flesh="#fbeebd", core="#f6e29c", marks=seeds, mark_color="#a98749", rim=4)


def tomato_slice(rng: Random) -> Shape:
    d = blob_d(rng, 50, points=10, wobble=0.03)
    body = path(d, "#b32d1e") + path(d, "#de4b35", transform=transform(-1, -1, 0, 0.91))
    first = rng.uniform(0, 70)
    for index in range(5):
        chamber = path("M11-8C18-24 36-22 37-2C38 12 22 18 13 9C8 4 8-2 11-8z", "#f0826a")
        seeds = line("M22-8l4-2M22 5l5 2M30-1l3 0", "#f8dd9a", 4)
        body += f'<g transform="rotate({num(first + index * 72)})">{chamber}{seeds}</g>'
    return Shape(d, body + circle(0, 0, 8, "#e96a52"))


def ball(color: str, *, stalk: str = "", r: float = 46) -> Shape:
    """A whole round thing: cherry tomato, olive, grape, pea, chickpea, meatball."""
    d = round_d(r)
    body = circle(0, 0, r, dark(color, 0.24)) + circle(-r * 0.07, -r * 0.1, r * 0.9, color)
    body += ellipse(-r * 0.3, -r * 0.36, r * 0.34, r * 0.24, light(color, 0.6), opacity=0.75, transform="rotate(-35)")
    if stalk:
        star = "M0-4L6-26 8-4 28-8 12 6 22 24 2 12-14 26-8 6-28-4-8-4z"
        body += path(star, stalk, transform="translate(6 2)scale(.8)") + circle(6, 2, 4, dark(stalk, 0.3))
    return Shape(d, body, spins=False)


def tomato_half(rng: Random) -> Shape:
    return tomato_slice(rng) if rng.random() < 0.35 else ball("#d6402b", stalk="#4c8a44")


def broccoli(rng: Random) -> Shape:
    stem = path("M-10 4L-15 46Q0 54 15 46L12 4z", "#a8c473") + path("M2 8L4 49Q11 49 15 46L12 4z", "#8fae5c")
    crown = ((-26, -4, 22), (26, -2, 22), (0, 2, 24), (-16, -26, 23), (16, -26, 23), (0, -20, 22))
    body, d = stem, "M-10 4L-15 46Q0 54 15 46L12 4z"
    for x, y, r in crown:
        tuft = blob_d(rng, r, points=9, wobble=0.09)
        body += path(tuft, "#2f6b35", transform=f"translate({x + 2} {y + 3})")
        body += path(tuft, "#4c9147", transform=f"translate({x} {y})scale(.92)")
        d += f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0z"
    dots = "".join(f"M{num(rng.uniform(-34, 34))} {num(rng.uniform(-42, 6))}h.1" for _ in range(22))
    return Shape(d, body + line(dots, "#7cb766", 6))


def cauliflower(rng: Random) -> Shape:
    shape = broccoli(rng)
    pairs = (("#2f6b35", "#cbb98d"), ("#4c9147", "#efe6cd"), ("#7cb766", "#fffaf0"), ("#a8c473", "#dfe3b2"))
    body = shape.body
    for green, pale in pairs:
        body = body.replace(green, pale)
    return Shape(shape.outline, body)


def stick(rng: Random, color: str, *, width: float = 17, tip: str = "") -> Shape:
    """Green bean, asparagus, celery, spring onion, pepper strip, chip."""
    bend = rng.uniform(-14, 14)
    d = f"M-58 {num(bend)}Q0 {num(-bend)} 58 {num(bend * 0.4)}"
    body = line(d, dark(color, 0.24), width) + line(d, color, width * 0.72, transform="translate(-1 -2)")
    body += line(d, light(color, 0.45), width * 0.16, transform="translate(-2-5)", opacity=0.8)
    if tip:
        body += path("M36-10Q56-14 66 2Q54 14 36 10z", tip) + line("M42-4l8 4M42 6l8-4", light(tip, 0.3), 2)
    half = num(width / 2)
    outline = f"M-58 {num(bend - width / 2)}Q0 {num(-bend - width / 2)} 58 {num(bend * 0.4 - width / 2)}v{num(width)}"
    outline += f"Q0 {num(-bend + width / 2)}-58 {num(bend + width / 2)}a{half} {half} 0 0 1 0-{num(width)}z"
    return Shape(outline, body)


def chili(color: str = "#cf3325") -> Shape:
    d = "M-44-10C-20-26 24-18 58 16C20 14-24 22-46 8C-52 2-50-6-44-10z"
    body = path(d, dark(color, 0.22)) + path("M-42-10C-18-24 20-16 50 12C14 6-22 12-44 2z", color)
    body += line("M-30-10Q0-16 24-2", light(color, 0.6), 4, opacity=0.8)
    return Shape(d, body + line("M-46-2Q-58-4-64-16", "#4c8a44", 7) + circle(-46, -1, 8, "#5b9a4c"))


def pepper_ring(rng: Random, color: str) -> Shape:
    d = blob_d(rng, 46, points=6, wobble=0.1)
    body = line(d, dark(color, 0.25), 15) + line(d, color, 10, transform="translate(-1 -1)")
    return Shape(d, body + line(d, light(color, 0.5), 2.5, transform=transform(-2, -3, 0, 1.03), opacity=0.8))


def onion_ring(rng: Random, color: str = "#8d3f72") -> Shape:
    d = blob_d(rng, 44, points=9, wobble=0.05)
    body = line(d, color, 9) + line(d, "#f4e6ee", 6, transform="scale(.9)")
    return Shape(
        d, body + line(d, color, 5, transform="scale(.6)", opacity=0.8) + line(d, "#f4e6ee", 4, transform="scale(.52)")
    )


def scallion(rng: Random) -> Shape:
    d = round_d(26)
    return Shape(d, circle(0, 0, 24, "#4f9350") + circle(0, 0, 17, "#cfe4ae") + ring(0, 0, 9, "#7db35f", 4))


def mushroom(rng: Random, color: str = "#b58a5e") -> Shape:
    d = "M-50-4C-50-44 50-44 50-4C50 10 26 12 15 8C12 22 14 34 18 44Q0 54-18 44C-14 34-12 22-15 8C-26 12-50 10-50-4z"
    inner = "M-40-6C-40-34 40-34 40-6C38 2 22 4 12 1C10 18 10 30 12 40Q0 46-12 40C-10 30-10 18-12 1C-22 4-38 2-40-6z"
    gills = "M-26-2Q0-14 26-2M-16-1Q0-8 16-1"
    return Shape(
        d,
        path(d, color) + path(inner, "#f3e4cc") + line(gills, "#c9a981", 3) + line("M-30-18Q-20-28-6-30", "#fff9ee", 4),
    )


def citrus(rng: Random, color: str = "#f3c33c", skin: str = "") -> Shape:
    skin = skin or dark(color, 0.12)
    body = circle(0, 0, 50, skin) + circle(-0.5, -0.5, 46, "#fdf3d4")
    first = rng.uniform(0, 45)
    wedge = "M3-5L36-14A40 40 0 0 1 36 14L3 5Q-1 0 3-5z"
    for index in range(8):
        turn = f"rotate({num(first + index * 45)})"
        body += path(wedge, color if index % 2 else light(color, 0.22), transform=turn)
    return Shape(round_d(50), body)


def avocado(rng: Random) -> Shape:
    d = "M0-58C16-58 20-34 32-14C50 18 34 54 0 54C-34 54-50 18-32-14C-20-34-16-58 0-58z"
    body = path(d, "#35562c") + path(d, "#9dbd5b", transform="translate(0 0)scale(.9)")
    body += path(d, "#dfe39a", transform="translate(-1 2)scale(.76)") + circle(1, 20, 21, "#6b4226")
    return Shape(d, body + circle(-1, 17, 17, "#8a5a36") + ellipse(-6, 10, 6, 4, "#c79b6e", opacity=0.8))


def cob(rng: Random) -> Shape:
    body = circle(0, 0, 48, "#d9a421")
    for index in range(13):
        a = 2 * math.pi * index / 13
        body += ellipse(
            39, 0, 9, 8.5, "#f6d04e" if index % 2 else "#f3c53f", transform=f"rotate({num(math.degrees(a))})"
        )
    return Shape(
        round_d(48), body + circle(0, 0, 29, "#f7e7ae") + ring(0, 0, 18, "#e5cb83", 4) + circle(0, 0, 8, "#fdf4d2")
    )


def pumpkin(rng: Random, color: str = "#e8892f") -> Shape:
    d = "M-54-12C-30 24 30 24 54-12Q50 6 40 20C20 44-20 44-40 20Q-50 6-54-12z"
    body = path(d, dark(color, 0.3)) + path(
        "M-52-12C-28 22 28 22 52-12Q46 4 36 14C16 34-16 34-36 14Q-46 4-52-12z", color
    )
    return Shape(d, body + line("M-38 0Q0 28 38 0", light(color, 0.4), 5, opacity=0.7))


def strawberry(rng: Random) -> Shape:
    d = "M0 54C-30 40-52-2-34-26C-22-40-8-34 0-30C8-34 22-40 34-26C52-2 30 40 0 54z"
    body = path(d, "#b3242c") + path(d, "#dd4246", transform="translate(-2 -3)scale(.9)")
    body += line("M-18-8v5M2-12v5M20-6v5M-10 10v5M10 10v5M-1 28v5", "#f9d98c", 4)
    return Shape(d, body + path("M0-26L-26-40-10-42-14-58 0-46 14-58 10-42 26-40z", "#4f9350"))


def raspberry(rng: Random) -> Shape:
    body, d = "", blob_d(rng, 40, points=9, wobble=0.05)
    for ring_r, count in ((27, 9), (12, 5), (0, 1)):
        for index in range(count):
            a = 2 * math.pi * index / count
            x, y = ring_r * math.cos(a), ring_r * math.sin(a)
            body += (
                circle(x, y, 12, "#b22a4c") + circle(x - 2, y - 2, 9, "#d84a6b") + circle(x - 4, y - 4, 2.6, "#f3a0b3")
            )
    return Shape(d, path(d, "#8f1d3c") + body, spins=False)


def blueberry(rng: Random) -> Shape:
    shape = ball("#48588f", r=44)
    crown = path("M0-14L5-5 14-6 8 2 12 11 1 7-9 12-6 2-13-6-4-5z", "#2b3560", transform="translate(6 6)")
    return Shape(shape.outline, shape.body + crown, spins=False)


def apple(rng: Random) -> Shape:
    flesh = "M-52-5C-30-20 30-20 52-5C34 12-34 12-52-5z"
    outline = "M-56-4C-36-26 36-26 56-4C40 34-40 34-56-4z"
    body = path(outline, "#c33b32") + path(flesh, "#fbf0cf")
    return Shape(outline, body + ellipse(-4, -4, 7, 3, "#8a5a36") + ellipse(12, -3, 6, 2.6, "#8a5a36"))


def garlic(rng: Random) -> Shape:
    d = "M-46 12C-44-14 0-40 44-16C30 2 26 24-10 30C-32 32-46 26-46 12z"
    return Shape(d, volume(d, "#f0e2cf", lift=4) + line("M-30 10Q0-16 34-14", "#d9bfa5", 3))
