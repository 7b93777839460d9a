"""A line with all we know of it: parsed, matched, weighed."""

from collections.abc import Iterable
from dataclasses import dataclass

from meals.ingredients.foods import FoodRecord
from meals.ingredients.match import FoodMatcher, Match
from meals.ingredients.parse import ParsedLine, parse_line
from meals.ingredients.weigh import Weight, weigh


@dataclass(frozen=True, slots=True)
class ResolvedLine:
    """`food` and `weight` may be corrected by a person: build one with `weighed()` to say so."""

    parsed: ParsedLine
    food: FoodRecord | None
    weight: Weight
    match: Match | None = None


def resolve(text: str, matcher: FoodMatcher) -> ResolvedLine:
    parsed = parse_line(text)
    match = matcher.match_line(parsed)
    return weighed(parsed, matcher.food(match), match)


def weighed(parsed: ParsedLine, food: FoodRecord | None, match: Match | None = None) -> ResolvedLine:
    """A parsed line with the food chosen for it, by the matcher or by hand."""
    return ResolvedLine(parsed, food, weigh(parsed, food), match)


def resolve_all(texts: Iterable[str], matcher: FoodMatcher) -> list[ResolvedLine]:
    return [resolve(text, matcher) for text in texts]
