"""From the lines as written to foods, grams, nutrition and traits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from meals.content import NUTRIENTS
from meals.enums import NutritionSource
from meals.ingredients.match import shipped_matcher
from meals.ingredients.nutrition import is_known, nutrition_of
from meals.ingredients.parse import LineKind
from meals.ingredients.resolve import ResolvedLine, resolve
from meals.ingredients.traits import traits_of
from meals.models import Food, IngredientLine, Meal
from meals.services.locking import locked_meal


@dataclass(frozen=True)
class ReadLine:
    """A line with the section it stands in and all that was understood of it."""

    section: str
    resolved: ResolvedLine

    @property
    def text(self) -> str:
        return self.resolved.parsed.text


@transaction.atomic
def recompute_meal(*, meal_id: int) -> Meal:
    """Read every line again and derive what follows from it; the text, the version and the history stay.

    Locks the meal. Raises Meal.DoesNotExist.
    """
    meal = locked_meal(meal_id)
    rows = [(line.section, line.text) for line in meal.ingredients.all()]
    lines = [ReadLine(section, resolve(text, shipped_matcher())) for section, text in rows]
    _replace(meal, lines)
    _derive(meal, lines)
    return meal


def write_ingredients(meal: Meal, texts: Sequence[str]) -> None:
    """Replace the lines of the meal by these texts and derive its figures. The caller holds the meal's lock."""
    lines = read_lines(texts)
    _replace(meal, lines)
    _derive(meal, lines)


def derive(meal: Meal) -> None:
    """Figures again from the lines as stored, when servings or declarations changed."""
    _derive(meal, [ReadLine(line.section, resolve(line.text, shipped_matcher())) for line in meal.ingredients.all()])


def read_lines(texts: Iterable[str]) -> list[ReadLine]:
    """What is understood of each line; a heading becomes the section of the lines below it."""
    lines: list[ReadLine] = []
    section = ""
    for text in texts:
        resolved = resolve(text, shipped_matcher())
        if resolved.parsed.kind is LineKind.HEADING:
            section = text.rstrip(":：").strip()[:200]
        else:
            lines.append(ReadLine(section, resolved))
    return lines


def _replace(meal: Meal, lines: Sequence[ReadLine]) -> None:
    wanted = {line.resolved.food.usda_id for line in lines if line.resolved.food}
    foods = dict(Food.objects.filter(usda_id__in=wanted).values_list("usda_id", "pk")) if wanted else {}
    meal.ingredients.all().delete()
    IngredientLine.objects.bulk_create(_row(meal, position, line, foods) for position, line in enumerate(lines, 1))


def _row(meal: Meal, position: int, line: ReadLine, foods: dict[int, int]) -> IngredientLine:
    parsed, food = line.resolved.parsed, line.resolved.food
    return IngredientLine(
        meal=meal,
        position=position,
        section=line.section,
        text=line.text,
        quantity=parsed.quantity,
        quantity_max=parsed.quantity_max,
        unit=parsed.unit or "",
        size=(parsed.size or "")[:40],
        food_name=parsed.food[:300],
        note=parsed.note[:500],
        food_id=foods.get(food.usda_id) if food else None,
        grams=line.resolved.weight.grams,
        is_food=parsed.is_ingredient,
        is_optional=parsed.optional,
        unknown_reason=unknown_reason(line.resolved),
    )


def unknown_reason(line: ResolvedLine) -> str:
    """Empty for a line that counts; else why not: no food is the reason that hides all others."""
    if not line.parsed.is_ingredient or is_known(line):
        return ""
    return "no_food" if line.food is None else line.weight.reason.value


def _derive(meal: Meal, lines: Sequence[ReadLine]) -> None:
    resolved = [line.resolved for line in lines]
    found = nutrition_of(resolved, meal.base_servings)
    meal.ingredients_known, meal.ingredients_total = found.known, found.total
    if meal.nutrition_source == NutritionSource.COMPUTED:
        for name in NUTRIENTS:
            setattr(meal, name, getattr(found, name) if meal.servings else None)
    # Diets such as "low calorie" speak of a serving, so they are not claimed where nobody knows what one is.
    traits = traits_of(resolved, found if meal.servings else None)
    if meal.diets_source == NutritionSource.COMPUTED:
        meal.diets = traits.diets
    if meal.allergens_source == NutritionSource.COMPUTED:
        meal.allergens = traits.allergens
    meal.has_complete_traits = traits.complete or meal.allergens_source == NutritionSource.BY_HAND
    meal.save()
