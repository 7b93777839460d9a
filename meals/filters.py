"""The one grammar of meal lists: what the discover page and the API read from an address (F40)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db.models import F, OrderBy
from django.http import QueryDict
from django.utils.translation import gettext as _

from fitfoodie.common.dietary import Allergen, Diet
from fitfoodie.common.errors import DomainError
from meals.querysets import MealQuerySet

MAX_QUERY_LENGTH: Final = 200
MAX_VALUES: Final = 20
MAX_NUMBER: Final = 100_000


class InvalidFiltersError(DomainError):
    """`errors` maps the name in the address to a sentence with the way out."""

    code = "invalid_filters"

    def __init__(self, errors: Mapping[str, str]) -> None:
        name, message = next(iter(errors.items()))
        super().__init__(message, field=name)
        self.errors = dict(errors)


# name: (column, direction that people mean by it, whether it may be null)
_SORTS: Final[dict[str, tuple[str, bool, bool]]] = {
    "newest": ("published_at", True, False),
    "popular": ("save_count", True, False),
    "rating": ("rating_average", True, True),
    "calories": ("calories", False, True),
    "protein": ("protein_g", True, True),
    "minutes": ("minutes", False, True),
    "price": ("price", False, True),
}
RELEVANCE: Final = "relevance"
ORDERINGS: Final = (RELEVANCE, *_SORTS)


@dataclass(frozen=True, kw_only=True)
class MealFilters:
    """AND across the fields, OR inside `tag` and `creator`; every diet must fit and every allergen must be absent."""

    q: str = ""
    diet: tuple[str, ...] = ()
    exclude_allergen: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    creator: tuple[str, ...] = ()
    max_calories: Decimal | None = None
    min_protein: Decimal | None = None
    max_minutes: int | None = None
    min_rating: Decimal | None = None
    orderable: bool | None = None
    ordering: str = field(default="", metadata={"is_filter": False})

    @classmethod
    def from_query(cls, query: QueryDict) -> MealFilters:
        """Raises InvalidFiltersError naming every field that could not be read."""
        filters, errors = cls.read(query)
        if errors:
            raise InvalidFiltersError(errors)
        return filters

    @classmethod
    def read(cls, query: QueryDict) -> tuple[MealFilters, dict[str, str]]:
        """What could be read, and a sentence for each field that could not: pages show both."""
        values: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for name, reader in _READERS.items():
            given = [value.strip() for value in query.getlist(name) if value.strip()]
            if not given:
                continue
            try:
                values[name] = reader(given)
            except ValueError as error:
                errors[name] = str(error)
        return cls(**values), errors

    def apply(self, meals: MealQuerySet) -> MealQuerySet:
        """Filters alone: no ordering and no visibility. `q` is applied by `selectors.found_meals`."""
        for name, narrow in _NARROWERS.items():
            value = getattr(self, name)
            if value not in (None, (), ""):
                meals = narrow(meals, value)
        return meals

    @property
    def sort(self) -> str:
        """The ordering in effect, with its sign: relevance when searching, else newest."""
        return self.ordering or (RELEVANCE if self.q else "newest")

    def order_by(self) -> tuple[OrderBy, ...]:
        """For SQL, ties broken by id so that pages are stable; relevance is the search engine's, newest stands in."""
        name = self.sort.lstrip("-")
        column, is_descending, is_nullable = _SORTS.get(name, _SORTS["newest"])
        if self.sort.startswith("-") and name in _SORTS:
            is_descending = not is_descending
        nulls = {"nulls_last": True} if is_nullable else {}
        key, tie = F(column), F("id")
        if is_descending:
            return key.desc(**nulls), tie.desc()
        return key.asc(**nulls), tie.asc()

    @property
    def active(self) -> list[tuple[str, str]]:
        """(name, value) of every filter that is set, one per chip."""
        return [pair for pair in self._pairs() if pair[0] != "ordering"]

    def without(self, name: str, value: str | None = None) -> MealFilters:
        """Without one value of a field, or without the field."""
        current = getattr(self, name)
        if isinstance(current, tuple) and value is not None:
            return self._but({name: tuple(v for v in current if v != value)})
        return self._but({name: getattr(_NONE, name)})

    def with_(self, name: str, value: Any) -> MealFilters:
        """With one more value of a repeatable field, or another value of a single one."""
        current = getattr(self, name)
        added = (*(v for v in current if v != value), value) if isinstance(current, tuple) else value
        return self._but({name: added})

    def to_query(self) -> str:
        """The address part that reads back equal; empty when nothing is set."""
        query = QueryDict(mutable=True)
        for name, value in self._pairs():
            query.appendlist(name, value)
        return query.urlencode()

    def _but(self, changes: dict[str, Any]) -> MealFilters:
        return dataclasses.replace(self, **changes)

    def _pairs(self) -> list[tuple[str, str]]:
        pairs: list[tuple[str, str]] = []
        for name in _READERS:
            value = getattr(self, name)
            pairs += [
                (name, _text(v)) for v in (value if isinstance(value, tuple) else (value,)) if v not in (None, "")
            ]
        return pairs


_NONE: Final = MealFilters()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _query_text(given: list[str]) -> str:
    if len(given[-1]) > MAX_QUERY_LENGTH:
        raise ValueError(_("Search for at most %(count)d characters.") % {"count": MAX_QUERY_LENGTH})
    return given[-1].replace("\x00", "")


def _several(given: Iterable[str]) -> tuple[str, ...]:
    """Repeated parameters and commas inside one mean the same."""
    parts = [part.strip().replace("\x00", "") for value in given for part in value.split(",")]
    values = tuple(dict.fromkeys(part for part in parts if part))
    if len(values) > MAX_VALUES:
        raise ValueError(_("Give at most %(count)d values.") % {"count": MAX_VALUES})
    return values


def _members(choices: list[str]) -> Callable[[list[str]], tuple[str, ...]]:
    def read(given: list[str]) -> tuple[str, ...]:
        values = _several(given)
        for value in values:
            if value not in choices:
                params = {"value": value, "choices": ", ".join(choices)}
                raise ValueError(_("“%(value)s” is not one of: %(choices)s.") % params)
        return values

    return read


def _number(maximum: int) -> Callable[[list[str]], Decimal]:
    def read(given: list[str]) -> Decimal:
        try:
            value = Decimal(given[-1])
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or not 0 <= value <= maximum:
            raise ValueError(_("Give a number from 0 to %(maximum)d.") % {"maximum": maximum})
        return value.normalize()

    return read


def _whole(given: list[str]) -> int:
    value = _number(MAX_NUMBER)(given)
    if value != value.to_integral_value():
        raise ValueError(_("Give a whole number from 0 to %(maximum)d.") % {"maximum": MAX_NUMBER})
    return int(value)


def _truth(given: list[str]) -> bool:
    value = given[-1].lower()
    if value not in {"true", "1", "on", "false", "0"}:
        raise ValueError(_("Say true or false."))
    return value in {"true", "1", "on"}


def _ordering(given: list[str]) -> str:
    if given[-1].removeprefix("-") not in ORDERINGS:
        raise ValueError(
            _("Order by one of: %(choices)s; a leading minus reverses.") % {"choices": ", ".join(ORDERINGS)}
        )
    return given[-1]


_READERS: Final[dict[str, Callable[[list[str]], Any]]] = {
    "q": _query_text,
    "diet": _members(Diet.values),
    "exclude_allergen": _members(Allergen.values),
    "tag": _several,
    "creator": _several,
    "max_calories": _number(MAX_NUMBER),
    "min_protein": _number(MAX_NUMBER),
    "max_minutes": _whole,
    "min_rating": _number(5),
    "orderable": _truth,
    "ordering": _ordering,
}

_NARROWERS: Final[dict[str, Callable[[MealQuerySet, Any], MealQuerySet]]] = {
    "diet": lambda meals, diets: meals.filter(diets__has_all=diets),
    "exclude_allergen": lambda meals, allergens: meals.free_of(allergens),
    "tag": lambda meals, slugs: meals.tagged(slugs),
    "creator": lambda meals, handles: meals.filter(creator__handle__in=[handle.lower() for handle in handles]),
    "max_calories": lambda meals, value: meals.filter(calories__lte=value),
    "min_protein": lambda meals, value: meals.filter(protein_g__gte=value),
    "max_minutes": lambda meals, value: meals.filter(minutes__lte=value),
    "min_rating": lambda meals, value: meals.filter(rating_average__gte=value),
    "orderable": lambda meals, wanted: meals.filter(price__isnull=not wanted),
}
