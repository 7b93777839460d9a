"""Puts a cover together: table, vessel, what covers the vessel, and the food."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from random import Random

from meals.covers import grounds, larder, vessels
from meals.covers.arranging import SHADOW, Pieces, fan, heap, polar, ring, scattered, sprinkled
from meals.covers.dishes import PLAIN, Dish, dish_of, poured_color
from meals.covers.svg import dark, light, line, placed
from meals.covers.vessels import Vessel
from meals.covers.vocabulary import FOODS, Food, found_foods

WIDTH, HEIGHT = 1200, 900
MAX_BYTES = 25_000
ZOOM = 1.12
_BY_NAME = {food.name: food for food in FOODS}
_ON_CAKES = (
    "strawberry",
    "raspberry",
    "blueberry",
    "cherries",
    "banana",
    "apple",
    "peach",
    "orange",
    "chocolate",
    "nut",
)
_CARRIES_FOOD = ("rice", "noodles", "pasta", "ramen", "soup", "salad", "curry")
_BREADS = ("toast", "bun", "cake", "lettuce", "cookie")
_SWEET_OR_BARE = ("bake", "cake", "drink")
_WITHOUT_HERBS = (*_SWEET_OR_BARE, "pancakes", "congee")
_IN_A_WREATH = ("cookie", "brownie", "dumpling", "steamed bun")


def _chosen(title: str, foods: Sequence[str], dish: Dish) -> tuple[list[Food], list[Food], list[Food]]:
    """Mains, sides and garnish for the picture; nothing at all when nothing is known of a plain plate."""
    found = found_foods(title, foods)
    if dish.kind in _CARRIES_FOOD:
        found = [food for food in found if food.name not in _BREADS]
    mains = [food for food in found if food.part == "main"]
    sides = [food for food in found if food.part == "side"]
    garnish = [food for food in found if food.part == "garnish"]
    sides += [replace(food, size=food.size * 0.8) for food in mains[1:2] if len(sides) < 3]
    if not garnish and dish.kind not in _SWEET_OR_BARE and (found or dish is not PLAIN):
        garnish = [_BY_NAME["blueberry" if dish.kind in ("pancakes", "congee") else "basil"]]
    if dish.kind == "dip":
        mains = []
    return mains[:1], sides[: 3 if mains else 4], garnish[:2]


def _vessel(rng: Random, dish: Dish, fill: str) -> Vessel:
    if dish.vessel == "bowl":
        return vessels.bowl(rng, dark(fill, 0.3) if dish.ground in ("rice", "greens") else fill)
    if dish.vessel == "glass":
        return vessels.glass(rng, fill)
    makers = {"board": vessels.board, "pan": vessels.pan, "steamer": vessels.steamer, "plate": vessels.plate}
    return makers[dish.vessel](rng)


def _ground(rng: Random, dish: Dish, reach: float, fill: str) -> str:
    """What covers the vessel before the food; "" where the food itself does."""
    covers = {
        "pasta": lambda: grounds.strands(rng, reach, fill, width=11),
        "noodles": lambda: grounds.strands(rng, reach, fill, width=9, count=40),
        "broth noodles": lambda: placed(grounds.strands(rng, reach * 0.78, "#f2d590", width=9, count=28), 10, 14),
        "rice": lambda: grounds.grains(rng, reach * 1.1, "#f7f0de", "#fffdf6"),
        "liquid": lambda: grounds.swirl(rng, reach, light(fill, 0.16)) + grounds.oil(rng, reach, fill),
        "sauce": lambda: grounds.swirl(rng, reach, light(fill, 0.16)) + grounds.oil(rng, reach, fill),
        "cream": lambda: grounds.swirl(rng, reach, dark(fill, 0.1)),
        "swirl": lambda: grounds.swirl(rng, reach, light(fill, 0.35) if fill < "#e" else dark(fill, 0.1)),
        "glaze": lambda: grounds.glaze(rng, reach, fill),
        "flatbread": lambda: grounds.flatbread(rng),
    }
    return covers[dish.ground]() if dish.ground in covers else ""


def _greens(pieces: Pieces, reach: float) -> str:
    """A bed of leaves that fills a salad bowl."""
    lettuce, spinach = _BY_NAME["lettuce"], _BY_NAME["spinach"]
    outer = ring(pieces, lettuce, reach * 0.82, 13, 1.25) + ring(pieces, lettuce, reach * 0.56, 9, 1.25)
    return outer + ring(pieces, spinach, reach * 0.28, 5, 1.1)


def _sides_round(pieces: Pieces, reach: float, turn: float, sides: list[Food], *, beside_main: bool) -> str:
    span = (1.25 if beside_main else 2) * math.pi
    room = reach * (0.56 if len(sides) < 3 else 0.49)
    out = ""
    for index, food in enumerate(sides):
        angle = turn - span / 2 + math.pi * 1.5 + span * (index + 0.5) / len(sides)
        out += heap(pieces, food, polar(angle, reach * 0.57), room)
    return out


def _on_plate(pieces: Pieces, reach: float, mains: list[Food], sides: list[Food], garnish: list[Food]) -> str:
    """The main thing a little off the middle, the sides round it, the garnish where they meet."""
    turn = pieces.rng.uniform(0.5, 1.1)
    if mains or len(sides) != 1:
        out = _sides_round(pieces, reach, turn, sides, beside_main=bool(mains))
    else:
        alone = replace(sides[0], count=sides[0].count + 6, size=sides[0].size * 0.8)
        out = heap(pieces, alone, (0, 0), reach)
    if mains:
        arrange = heap if mains[0].count >= 7 else fan
        spot = polar(turn + math.pi / 2, reach * (0.26 if sides else 0))
        out += arrange(pieces, mains[0], spot, reach * (0.62 if sides else 0.92))
    return out + sprinkled(pieces, garnish, reach)


def _poured(pieces: Pieces, reach: float, mains: list[Food], sides: list[Food], garnish: list[Food]) -> str:
    """On something poured, a single thing stays a small island."""
    if mains or len(sides) > 1:
        return _on_plate(pieces, reach, mains, sides, garnish)
    island = "".join(heap(pieces, food, (-20, -10), reach * 0.5) for food in sides)
    return island + sprinkled(pieces, garnish, reach)


def _on_cake(pieces: Pieces, reach: float, toppings: list[Food]) -> str:
    fitting = [food for food in toppings if food.name in _ON_CAKES] or [_BY_NAME["cream"]]
    out = pieces.piece(_BY_NAME["cake"], 0, (0, 0), 0, reach * 0.0175)
    out += heap(pieces, fitting[0], (0, 0), reach * 0.42)
    return out + grounds.specks(pieces.rng, reach * 0.6, "#c98a4a", count=14, length=6)


def _in_steamer(pieces: Pieces, reach: float, mains: list[Food], garnish: list[Food]) -> str:
    named = [food for food in mains if food.name in ("dumpling", "steamed bun")]
    return _wreath(pieces, (named or [_BY_NAME["dumpling"]])[0], reach) + sprinkled(pieces, garnish[:1], reach * 0.3)


def _wreath(pieces: Pieces, food: Food, reach: float) -> str:
    """Six round one."""
    around = ring(pieces, food, reach * 0.64, 6, food.size * 1.2)
    return around + pieces.piece(food, 0, (0, 0), pieces.rng.uniform(-30, 30), food.size * 1.2)


def _in_glass(pieces: Pieces, reach: float, foods: list[Food]) -> str:
    ice = Food("ice", "", lambda rng: larder.cube(rng, "#e8f4f4"))
    out = ""
    for index, angle in enumerate((0.4, 2.3, 4.4)):
        cube = pieces.piece(ice, index, polar(angle, reach * 0.5), pieces.rng.uniform(0, 90), 1.05)
        out += f'<g opacity=".72">{cube}</g>'
    for index, food in enumerate(foods[:2]):
        spot = polar(1.2 + index * 2.6, reach * 0.42)
        out += pieces.piece(food, index, spot, pieces.any_turn(), min(1.35, food.size * 1.5))
    way = "M20-30L190-330"
    straw = line(way, SHADOW, 24, opacity=0.2, transform="translate(10 14)") + line(way, "#f7f2e8", 24)
    return out + straw + line(way, "#c8553d", 22, stroke_dasharray="1 46")


def _food(pieces: Pieces, dish: Dish, vessel: Vessel, chosen: tuple[list[Food], list[Food], list[Food]]) -> str:
    mains, sides, garnish = chosen
    reach = vessel.reach
    special = {
        "drink": lambda: _in_glass(pieces, reach, [*garnish, *sides]),
        "cake": lambda: _on_cake(pieces, reach, [*sides, *garnish]),
        "pizza": lambda: scattered(pieces, [*mains, *sides, *garnish], 205),
        "salad": lambda: _greens(pieces, reach) + _on_plate(pieces, reach * 0.9, mains, sides, garnish),
        "dumplings": lambda: _in_steamer(pieces, reach, mains, garnish),
    }
    if dish.kind in special:
        return special[dish.kind]()
    if dish is PLAIN and not (mains or sides):
        return vessels.painted(pieces.rng) + sprinkled(pieces, garnish, reach)
    if dish.ground in ("liquid", "sauce", "cream", "swirl"):
        return _poured(pieces, reach, mains, sides, garnish)
    if dish.kind == "bake" and mains and mains[0].name in _IN_A_WREATH:
        return _wreath(pieces, mains[0], reach) + sprinkled(pieces, sides[:1], reach * 0.5)
    return _on_plate(pieces, reach * (0.84 if dish.ground else 1), mains, sides, garnish)


def _beside(pieces: Pieces, foods: list[Food], side: int) -> str:
    """A few raw pieces on the cloth, in the corners that vessel and cutlery leave free."""
    corners = [(120, 110), (1085, 800)] if side > 0 else [(1090, 105), (115, 805)]
    out = ""
    for (x, y), food in zip(corners, foods, strict=False):
        for step in range(3):
            dx, dy = polar(step * 2.2 + pieces.rng.uniform(0, 1), 58 * food.size + 12)
            out += pieces.piece(food, step, (x + dx, y + dy), pieces.any_turn(), food.size * 0.9)
    return out


def _tool(dish: Dish, title: str) -> str:
    is_chinese = any("\u4e00" <= char <= "\u9fff" for char in title)
    return "chopsticks" if dish.tool == "fork" and is_chinese else dish.tool


def draw_cover(title: str, foods: Sequence[str], seed: str) -> str:
    """An SVG of 1200 by 900 for a meal: the same bytes for the same input, no scripts, nothing loaded, under MAX_BYTES.

    `foods` are ingredient names or lines, most important first, English or Chinese; unknown ones are left out. `seed`
    (the meal's public id) varies cloth, vessel and arrangement between meals of the same name.
    """
    foods = [food[:200] for food in foods[:40]]
    for kinds in (4, 3, 2, 1):
        cover = _drawn(title, foods, seed, kinds=kinds)
        if len(cover.encode()) < MAX_BYTES:
            break
    return cover


def _drawn(title: str, foods: Sequence[str], seed: str, *, kinds: int) -> str:
    """`kinds` limits how many different foods lie beside the main thing: what a cover weighs depends on it."""
    # Errors are replaced: a title may hold half of a surrogate pair.
    rng = Random("\x1f".join((title, *foods, seed)).encode(errors="replace"))  # noqa: S311 - a picture, not a secret
    dish = dish_of(title)
    fill = poured_color(title, foods, dish)
    mains, sides, garnish = _chosen(title, foods, dish)
    sides, garnish = sides[:kinds], garnish[: max(1, kinds - 2)]
    cloth, napkin = vessels.table(rng)
    side, tool = rng.choice((-1, 1)), _tool(dish, title)
    pieces, vessel = Pieces(rng), _vessel(rng, dish, fill)
    filled = vessel.body + _ground(rng, dish, vessel.reach, fill) + _food(pieces, dish, vessel, (mains, sides, garnish))
    if (mains or sides) and dish.kind not in _WITHOUT_HERBS:
        filled += grounds.specks(rng, vessel.reach * 0.6, "#3c7a46", count=14, length=7)
    scene = cloth
    if tool:
        scene += vessels.napkin(rng, napkin, side)
    if tool and dish.vessel != "pan":
        scene += vessels.cutlery(rng, tool, side)
    if vessel.is_round:
        scene += _beside(pieces, [*garnish[:1], *sides], side)
    return _document(title, pieces.defs, scene + placed(filled, 600, 450, 0, ZOOM))


def _document(title: str, defs: str, scene: str) -> str:
    shade = (
        '<radialGradient id="s"><stop offset=".86" stop-color="#2a1609" stop-opacity=".34"/>'
        '<stop offset="1" stop-color="#2a1609" stop-opacity="0"/></radialGradient>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(_printable(title))}</title><defs>{shade}{defs}</defs>{scene}</svg>"
    )


def _printable(title: str) -> str:
    """XML knows no control characters and no lone surrogates, escaped or not."""
    return "".join(char for char in title[:200] if char.isprintable())
