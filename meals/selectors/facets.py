"""How many meals each further narrowing would leave (F40)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.dietary import Allergen, Diet
from meals.filters import MealFilters
from meals.models import Tag
from meals.querysets import MealQuerySet
from meals.selectors.discovery import Found, find_meals

Text = str | Promise
MAX_OPTIONS = 12


@dataclass(frozen=True)
class FacetOption:
    value: str
    label: Text
    count: int
    is_on: bool
    # What the address becomes when the option is toggled.
    query: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: Text
    options: tuple[FacetOption, ...]

    @property
    def is_active(self) -> bool:
        return any(option.is_on for option in self.options)


@dataclass(frozen=True)
class _Question:
    """One option of a facet and the condition that counts it."""

    facet: str
    value: Any
    label: Text
    condition: Q


_LABELS: dict[str, Text] = {
    "diet": _("Diet"),
    "exclude_allergen": _("Free of"),
    "max_calories": _("Energy"),
    "min_protein": _("Protein"),
    "max_minutes": _("Time"),
    "min_rating": _("Rating"),
    "orderable": _("To order"),
    "tag": _("Tags"),
    "creator": _("Creators"),
}

_QUESTIONS: tuple[_Question, ...] = (
    *(_Question("diet", diet.value, diet.label, Q(diets__has_all=[diet.value])) for diet in Diet),
    *(
        _Question(
            "exclude_allergen", one.value, one.label, Q(has_complete_traits=True, allergens__has_none=[one.value])
        )
        for one in Allergen
    ),
    *(_Question("max_calories", Decimal(n), _("up to %d kcal") % n, Q(calories__lte=n)) for n in (300, 500, 700)),
    *(_Question("min_protein", Decimal(n), _("%d g and more") % n, Q(protein_g__gte=n)) for n in (15, 25, 40)),
    *(_Question("max_minutes", n, _("up to %d min") % n, Q(minutes__lte=n)) for n in (15, 30, 60)),
    _Question("min_rating", Decimal(4), _("4 stars and more"), Q(rating_average__gte=4)),
    _Question("orderable", True, _("Can be ordered"), Q(price__isnull=False)),
)
# Of these a second value would replace the first, so they are counted as if the first were not set.
_SINGLE = ("max_calories", "min_protein", "max_minutes", "min_rating", "orderable")


def facets_of(found: Found, visitor: Any) -> tuple[int, list[Facet]]:
    """How many meals there are, and the facets; two queries, two for tags and creators, and one per active facet."""
    filters = found.filters
    own = [name for name in _SINGLE if getattr(filters, name) is not None]
    total, counts = _counted(found.unordered, [q for q in _QUESTIONS if q.facet not in own])
    for name in own:
        without = find_meals(filters.without(name), visitor, respected=found.respected).unordered
        counts |= _counted(without, [q for q in _QUESTIONS if q.facet == name])[1]
    facets = [_facet(name, filters, counts) for name in dict.fromkeys(q.facet for q in _QUESTIONS)]
    facets += [_tags(filters, found, visitor), _creators(filters, found, visitor)]
    return total, [facet for facet in facets if facet.options]


def _counted(meals: MealQuerySet, questions: Iterable[_Question]) -> tuple[int, dict[tuple[str, str], int]]:
    """The total and each question's count, in one statement."""
    asked = list(questions)
    counts = {f"n{index}": Count("pk", filter=question.condition) for index, question in enumerate(asked)}
    row = meals.order_by().aggregate(total=Count("pk"), **counts)
    return row["total"], {(q.facet, str(q.value)): row[f"n{index}"] for index, q in enumerate(asked)}


def _facet(name: str, filters: MealFilters, counts: dict[tuple[str, str], int]) -> Facet:
    options = [
        _option(filters, name, question.value, question.label, counts[name, str(question.value)])
        for question in _QUESTIONS
        if question.facet == name
    ]
    return Facet(name, _LABELS[name], tuple(option for option in options if option.count or option.is_on))


def _option(filters: MealFilters, name: str, value: Any, label: Text, count: int) -> FacetOption:
    current = getattr(filters, name)
    is_on = value in current if isinstance(current, tuple) else current == value
    toggled = filters.without(name, value) if is_on else filters.with_(name, value)
    return FacetOption(value=str(value), label=label, count=count, is_on=is_on, query=toggled.to_query())


def _tags(filters: MealFilters, found: Found, visitor: Any) -> Facet:
    """Tags add up (OR), so they are counted as if none were chosen."""
    meals = _but(filters, "tag", found, visitor)
    tags = Tag.objects.filter(meals__in=meals.order_by().values("pk"))
    rows = tags.annotate(count=Count("pk")).order_by("-count", "name").values_list("slug", "name", "count")
    return _grouped("tag", filters, list(rows[:MAX_OPTIONS]))


def _creators(filters: MealFilters, found: Found, visitor: Any) -> Facet:
    meals = _but(filters, "creator", found, visitor)
    rows = meals.order_by().values_list("creator__handle", "creator__name").annotate(count=Count("pk"))
    return _grouped("creator", filters, list(rows.order_by("-count", "creator__name")[:MAX_OPTIONS]))


def _but(filters: MealFilters, name: str, found: Found, visitor: Any) -> MealQuerySet:
    if not getattr(filters, name):
        return found.unordered
    return find_meals(filters.without(name), visitor, respected=found.respected).unordered


def _grouped(name: str, filters: MealFilters, rows: list[tuple[str, str, int]]) -> Facet:
    return Facet(
        name, _LABELS[name], tuple(_option(filters, name, value, label, count) for value, label, count in rows)
    )
