"""A meal as schema.org Recipe, read by search engines and by other recipe programs (W25)."""

from decimal import Decimal
from typing import Any, Final

from django.db.models import Model

from fitfoodie.common.dietary import Diet
from meals.enums import MealStatus
from meals.models import Meal

_DIETS: Final = {
    Diet.VEGAN.value: "https://schema.org/VeganDiet",
    Diet.VEGETARIAN.value: "https://schema.org/VegetarianDiet",
    Diet.GLUTEN_FREE.value: "https://schema.org/GlutenFreeDiet",
    Diet.LOW_CALORIE.value: "https://schema.org/LowCalorieDiet",
}
_NUTRIENTS: Final = {
    "calories": ("calories", "kcal"),
    "proteinContent": ("protein_g", "g"),
    "carbohydrateContent": ("carbs_g", "g"),
    "fatContent": ("fat_g", "g"),
    "fiberContent": ("fiber_g", "g"),
    "sugarContent": ("sugar_g", "g"),
    "saturatedFatContent": ("saturated_fat_g", "g"),
    "sodiumContent": ("sodium_mg", "mg"),
}


def recipe_of(meal: Meal, *, base_url: str) -> dict[str, Any]:
    """Only what is known is said. Nutrition that is a lower bound is left out: the vocabulary cannot say "at least"."""
    root = base_url.rstrip("/")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "@id": root + meal.get_absolute_url(),
        "url": root + meal.get_absolute_url(),
        "name": meal.title,
        "description": meal.summary,
        "inLanguage": meal.language,
        "author": _author(meal, root),
        "datePublished": meal.published_at.date().isoformat() if meal.published_at else "",
        "dateModified": meal.updated_at.date().isoformat(),
        "image": _images(meal, root),
        "recipeYield": str(meal.servings or ""),
        "prepTime": _duration(meal.prep_minutes),
        "cookTime": _duration(meal.cook_minutes),
        "totalTime": _duration(meal.minutes),
        "keywords": ", ".join(tag.name for tag in meal.tags.all()),
        "recipeIngredient": [line.text for line in meal.ingredients.all()],
        "recipeInstructions": _instructions(meal),
        "suitableForDiet": sorted(_DIETS[diet] for diet in meal.diets if diet in _DIETS),
        "nutrition": _nutrition(meal) if meal.has_complete_nutrition else {},
        "aggregateRating": _rating(meal),
        "isBasedOn": meal.source_url,
        "license": meal.source_licence,
    }
    return {key: value for key, value in data.items() if value not in ("", [], {}, None)}


def exported(meal: Meal, content: dict[str, Any], *, base_url: str) -> dict[str, Any]:
    """A recipe for moving house: besides the public vocabulary, all that we keep, so that it imports back equal."""
    return recipe_of(meal, base_url=base_url) | {
        "fitfoodie:content": content,
        "fitfoodie:status": MealStatus(meal.status).value,
        "fitfoodie:publicId": meal.public_id,
    }


def _author(meal: Meal, root: str) -> dict[str, str]:
    if meal.source_author:
        return {"@type": "Person", "name": meal.source_author}
    return {"@type": "Person", "name": meal.creator.name, "url": root + meal.creator.get_absolute_url()}


def _images(meal: Meal, root: str) -> list[str]:
    return [_absolute(picture["url"], root) for picture in map(_picture, meal.photos.all()) if picture]


def _picture(photo: Model) -> Any:
    return getattr(photo, "picture", None)


def _absolute(url: str, root: str) -> str:
    return url if "://" in url else root + url


def _duration(minutes: int | None) -> str:
    """ISO 8601, as the vocabulary asks."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def _instructions(meal: Meal) -> list[dict[str, Any]]:
    """Steps, those of a section inside it."""
    instructions: list[dict[str, Any]] = []
    section: dict[str, Any] = {}
    for step in meal.steps.all():
        entry = {"@type": "HowToStep", "text": step.text}
        if not step.section:
            instructions.append(entry)
            continue
        if section.get("name") != step.section:
            section = {"@type": "HowToSection", "name": step.section, "itemListElement": []}
            instructions.append(section)
        section["itemListElement"].append(entry)
    return instructions


def _nutrition(meal: Meal) -> dict[str, str]:
    facts = {
        name: f"{_plain(getattr(meal, column))} {unit}"
        for name, (column, unit) in _NUTRIENTS.items()
        if getattr(meal, column) is not None
    }
    source = {"servingSize": "1 serving"} if facts else {}
    return {"@type": "NutritionInformation", **source, **facts} if facts else {}


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _rating(meal: Meal) -> dict[str, str]:
    if not meal.rating_count:
        return {}
    return {
        "@type": "AggregateRating",
        "ratingValue": _plain(meal.rating_average or Decimal(0)),
        "ratingCount": str(meal.rating_count),
    }
