"""Meals as things that are liked, commented and shared."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meals.enums import MealStatus
from meals.models import Meal
from social.subjects import Subject


def _visible(viewer: Any) -> Any:
    return Meal.objects.visible_to(viewer).select_related("creator")


def _is_public(meal: Meal) -> bool:
    return Meal.objects.public().filter(pk=meal.pk).exists()


def _figures(meal: Meal) -> Sequence[tuple[str, str]]:
    """Only what is known: a lower bound of nothing says nothing (REC-2)."""
    is_whole = meal.has_complete_nutrition
    figures = [
        (meal.calories, _("kcal"), is_whole),
        (meal.protein_g, _("g protein"), is_whole),
        (meal.minutes, _("min"), True),
    ]
    return [
        (("" if exact else "≥ ") + localize(int(value)), label) for value, label, exact in figures if value is not None
    ]


SUBJECT = Subject(
    model=Meal,
    label=gettext_lazy("Meal"),
    visible=_visible,
    owner="creator",
    address=Meal.get_absolute_url,
    title=lambda meal: str(meal.title),
    is_public=_is_public,
    is_open=lambda meal: meal.status == MealStatus.PUBLISHED,
    figures=_figures,
)
