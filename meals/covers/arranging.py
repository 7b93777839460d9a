"""How pieces of food lie: fans, heaps, rings, scatterings; odd counts, a little turned, shadows to the lower right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from meals.covers.svg import Point, Shape, transform
from meals.covers.vocabulary import Food

SHADOW = "#2a1609"
GOLDEN = math.pi * (3 - math.sqrt(5))


def polar(angle: float, reach: float) -> Point:
    return reach * math.cos(angle), reach * math.sin(angle)


class Pieces:
    """The shapes of one cover: each drawn in at most two variants, then used wherever a piece lies."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.defs = ""
        self._drawn: dict[tuple[str, int], tuple[str, Shape]] = {}

    def _variant(self, food: Food, index: int) -> tuple[str, Shape]:
        key = food.name, index % 2
        if key not in self._drawn:
            shape, name = food.draw(self.rng), f"f{len(self._drawn)}"
            # The outline is mostly a part of the body as well: written once, used by both.
            body = shape.body.replace(f'<path d="{shape.outline}"', f'<use href="#{name}o"')
            self.defs += f'<path id="{name}o" d="{shape.outline}"/><g id="{name}">{body}</g>'
            self._drawn[key] = name, shape
        return self._drawn[key]

    def piece(self, food: Food, index: int, at: Point, turn: float, scale: float) -> str:
        """One piece and its shadow, which falls the same way however the piece is turned."""
        name, shape = self._variant(food, index)
        x, y = at
        turn, drop = turn if shape.spins else 0, 5 + 4 * scale
        cast = transform(x + drop * 0.7, y + drop, turn, scale * 1.02)
        return (
            f'<use href="#{name}o" transform="{cast}" fill="{SHADOW}" opacity=".24"/>'
            f'<use href="#{name}" transform="{transform(x, y, turn, scale)}"/>'
        )

    def any_turn(self) -> float:
        return self.rng.uniform(0, 360)


def fan(pieces: Pieces, food: Food, at: Point, room: float) -> str:
    """Pieces overlapping along a gentle arc, like a hand of cards."""
    rng, scale = pieces.rng, food.size * room / 98
    step = min(46 * scale, 1.6 * room / max(food.count - 1, 1))
    lean = rng.uniform(-24, 4)
    out = ""
    for index in range(food.count):
        along = (index - (food.count - 1) / 2) * step
        bow = along**2 / (room * 4.2)
        cos, sin = math.cos(math.radians(lean)), math.sin(math.radians(lean))
        spot = at[0] + along * cos - bow * sin, at[1] + along * sin + bow * cos
        out += pieces.piece(food, index, spot, lean + 62 + along * 0.1 + rng.uniform(-5, 5), scale)
    return out


def heap(pieces: Pieces, food: Food, at: Point, room: float) -> str:
    """Pieces in a sunflower's order, the outer ones first, so that the heap rises to its middle."""
    rng, scale = pieces.rng, food.size * room / 84
    spread = min(room * 0.8, 46 * scale * math.sqrt(food.count))
    out = ""
    for index in reversed(range(food.count)):
        x, y = polar(index * GOLDEN + rng.uniform(-0.25, 0.25), spread * math.sqrt((index + 0.35) / food.count))
        spot = at[0] + x, at[1] + y * 0.95
        out += pieces.piece(food, index, spot, pieces.any_turn(), scale * rng.uniform(0.93, 1.07))
    return out


def ring(pieces: Pieces, food: Food, reach: float, count: int, scale: float) -> str:
    first = pieces.rng.uniform(0, 2 * math.pi)
    out = ""
    for index in range(count):
        angle = first + 2 * math.pi * index / count
        turn = math.degrees(angle) + 90 + pieces.rng.uniform(-8, 8)
        out += pieces.piece(food, index, polar(angle, reach), turn, scale)
    return out


def scattered(pieces: Pieces, foods: Sequence[Food], reach: float, total: int = 19) -> str:
    """Evenly over a disc, kinds taking turns."""
    out = ""
    for index in range(total):
        food = foods[index % len(foods)]
        spot = polar(index * GOLDEN + pieces.rng.uniform(-0.2, 0.2), reach * math.sqrt((index + 0.5) / total))
        out += pieces.piece(food, index, spot, pieces.any_turn(), min(food.size, 0.95) * 0.85)
    return out


def sprinkled(pieces: Pieces, foods: Sequence[Food], reach: float) -> str:
    """Each garnish as a small group, the first near the middle."""
    out = ""
    for number, food in enumerate(foods):
        angle = pieces.rng.uniform(0, 2 * math.pi)
        x, y = polar(angle, reach * (0.16 + 0.4 * number))
        for index in range(min(food.count, 5)):
            dx, dy = polar(angle + index * 2.4, 34 * food.size if food.count > 1 else 0)
            out += pieces.piece(food, index, (x + dx, y + dy), pieces.any_turn(), food.size * 0.95)
    return out
