"""What a creator writes about a meal, as one value that every door fills: page, API, import, demo."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from djmoney.money import Money
from moneyed import CurrencyDoesNotExist


class _Unset(Enum):
    UNSET = "unset"

    def __repr__(self) -> str:
        return "UNSET"


# Stands for "not mentioned": an edit leaves the field as it is. None means "known to be empty".
UNSET: Final = _Unset.UNSET
Unset = _Unset

NUTRIENTS: Final = (
    "calories",
    "protein_g",
    "carbs_g",
    "fat_g",
    "fiber_g",
    "sugar_g",
    "saturated_fat_g",
    "sodium_mg",
)
Nutrition = Mapping[str, Decimal | None]


@dataclass(frozen=True, kw_only=True)
class MealContent:
    """Every field may be UNSET. Texts are as typed.

    `ingredients` and `steps` are lists of texts; one that ends in a colon is a heading for those below it. A step is
    one paragraph: blank lines inside it are closed up. `nutrition` is per serving by hand, keys of NUTRIENTS; None
    has it computed. `diets` and `allergens` are the creator's declaration; None has them read from the ingredients.
    """

    title: str | Unset = UNSET
    summary: str | Unset = UNSET
    notes: str | Unset = UNSET
    language: str | Unset = UNSET
    servings: int | Unset | None = UNSET
    prep_minutes: int | Unset | None = UNSET
    cook_minutes: int | Unset | None = UNSET
    minutes: int | Unset | None = UNSET
    ingredients: Sequence[str] | Unset = UNSET
    steps: Sequence[str] | Unset = UNSET
    tags: Sequence[str] | Unset = UNSET
    audience: str | Unset = UNSET
    price: Money | Unset | None = UNSET
    portions_per_day: int | Unset | None = UNSET
    nutrition: Nutrition | Unset | None = UNSET
    diets: frozenset[str] | Unset | None = UNSET
    allergens: frozenset[str] | Unset | None = UNSET
    source_url: str | Unset = UNSET
    source_name: str | Unset = UNSET
    source_author: str | Unset = UNSET
    source_licence: str | Unset = UNSET

    def given(self) -> Iterator[tuple[str, Any]]:
        """The fields that are mentioned, with their values."""
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if value is not UNSET:
                yield field.name, value

    def over(self, base: MealContent) -> MealContent:
        """`base` with what is mentioned here laid over it."""
        return dataclasses.replace(base, **dict(self.given()))

    def changed_from(self, base: MealContent) -> list[str]:
        """Names of the mentioned fields whose value differs, in the order of declaration."""
        return [name for name, value in self.given() if _plain(value) != _plain(getattr(base, name))]

    def to_json(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in self.given()}


# What a meal says before anybody has said anything.
BLANK: Final = MealContent(
    title="",
    summary="",
    notes="",
    language="en",
    servings=None,
    prep_minutes=None,
    cook_minutes=None,
    minutes=None,
    ingredients=(),
    steps=(),
    tags=(),
    audience="everyone",
    price=None,
    portions_per_day=None,
    nutrition=None,
    diets=None,
    allergens=None,
    source_url="",
    source_name="",
    source_author="",
    source_licence="",
)


def _plain(value: Any) -> Any:
    """JSON that compares: sets sorted, decimals without trailing zeros, money as amount and currency."""
    if isinstance(value, Money):
        return {"amount": _plain(value.amount), "currency": str(value.currency)}
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def from_json(data: Mapping[str, Any]) -> MealContent:
    """The inverse of `to_json`; keys this version does not know are left out.

    Raises ValueError with the name of a field that `to_json` would never have written so.
    """
    known = {field.name for field in dataclasses.fields(MealContent)}
    return MealContent(**{key: _revive(key, value) for key, value in data.items() if key in known})


def _revive(name: str, value: Any) -> Any:
    try:
        return _revived(name, value)
    except (ArithmeticError, AttributeError, CurrencyDoesNotExist, KeyError, TypeError, ValueError):
        raise ValueError(name) from None


def _revived(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "price":
        return Money(Decimal(value["amount"]), value["currency"])
    if name == "nutrition":
        return {key: None if amount is None else Decimal(amount) for key, amount in value.items()}
    if name in {"diets", "allergens"}:
        return frozenset(value)
    return value
