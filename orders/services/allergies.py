"""Severe allergies are named once more where food is bought, and confirmed (W10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fitfoodie.common.dietary import Allergen
from meals.models import Meal
from meals.selectors import allergies_respected
from orders.errors import AllergyError


@dataclass(frozen=True)
class Concern:
    """One meal that holds an allergen, or may: a recipe we do not wholly know may hold anything (REC-6)."""

    meal: Meal
    allergen: Allergen
    is_certain: bool

    @property
    def text(self) -> str:
        words = {"meal": self.meal.title, "allergen": str(self.allergen.label)}
        if self.is_certain:
            return _("“%(meal)s” contains %(allergen)s.") % words
        return _("“%(meal)s” may contain %(allergen)s: not all of its ingredients are known.") % words


def concerns_of(*, meals: Iterable[Meal], customer: Any) -> list[Concern]:
    """One query."""
    return concerns_about(meals=meals, severe=allergies_respected(customer))


def concerns_about(*, meals: Iterable[Meal], severe: Iterable[str]) -> list[Concern]:
    """The same of allergies that are known already."""
    return [
        Concern(meal, Allergen(name), name in meal.allergens)
        for meal in meals
        for name in sorted(severe)
        if name in meal.allergens or not meal.has_complete_traits
    ]


def require_confirmed(concerns: Sequence[Concern], *, confirmed: Iterable[str]) -> None:
    """`confirmed` names the allergens the customer has been shown and accepts. Raises AllergyError."""
    open_ones = [concern for concern in concerns if concern.allergen.value not in set(confirmed)]
    if open_ones:
        sentence = " ".join(concern.text for concern in open_ones)
        message = _("You told us of a severe allergy. %(concerns)s Confirm that you want to order all the same.")
        raise AllergyError(message % {"concerns": sentence}, concerns=open_ones)
