"""Meals in the words of the API. Lists go from `values()` rows, documents from instances; both end in plain dicts."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.selectors import public_avatar, public_avatar_of
from fitfoodie.common.images import renditions
from meals.content import NUTRIENTS
from meals.enums import NutritionSource
from meals.models import IngredientLine, Meal, MealPhoto, Review
from meals.selectors import is_told_whole, whole_recipe

Json = dict[str, Any]

_DISH_NUTRIENTS = ("calories", "protein_g", "carbs_g", "fat_g", "fiber_g")
CARD_COLUMNS = (
    "id",
    "public_id",
    "slug",
    "title",
    "summary",
    "language",
    "minutes",
    "servings",
    "diets",
    "allergens",
    "has_complete_traits",
    *_DISH_NUTRIENTS,
    "nutrition_source",
    "ingredients_known",
    "ingredients_total",
    "price",
    "price_currency",
    "rating_average",
    "rating_count",
    "like_count",
    "save_count",
    "published_at",
    "creator__handle",
    "creator__name",
    "creator__profile__is_verified",
    "creator__profile__visibility",
    "creator__profile__photo__name",
    "creator__profile__photo__width",
    "cover__name",
    "cover__width",
    "cover__height",
    "cover__alt",
    "cover__placeholder",
    "cover__color",
)
PLACES = Decimal("1e-12")


def money(amount: Decimal | None, currency: str) -> Json | None:
    return None if amount is None else {"amount": str(amount), "currency": currency}


def person(who: User) -> Json:
    """Read with `profile__photo`."""
    profile = getattr(who, "profile", None)
    return {
        "handle": who.handle,
        "name": who.name,
        "avatar": public_avatar_of(who),
        "verified": bool(profile and profile.is_verified),
    }


def _number(value: Decimal | None) -> float | None:
    """Two decimals survive a float unchanged; a float is what orjson writes fastest."""
    return None if value is None else float(value)


def _is_complete(source: str, known: int, total: int) -> bool:
    return source == NutritionSource.BY_HAND or 0 < total == known


def card(row: Mapping[str, Any], saved: bool = False) -> Json:
    """One item of a list, from a row of CARD_COLUMNS."""
    source, known, total = row["nutrition_source"], row["ingredients_known"], row["ingredients_total"]
    return {
        "id": row["public_id"],
        "slug": row["slug"],
        "title": row["title"],
        "summary": row["summary"],
        "language": row["language"],
        "creator": {
            "handle": row["creator__handle"],
            "name": row["creator__name"],
            "avatar": public_avatar(
                row["creator__profile__photo__name"],
                row["creator__profile__photo__width"],
                row["creator__profile__visibility"],
            ),
            "verified": bool(row["creator__profile__is_verified"]),
        },
        "cover": _cover(row) if row["cover__name"] else drawn_cover(row["slug"], row["title"]),
        "diets": sorted(row["diets"]),
        "allergens": sorted(row["allergens"]),
        "allergens_complete": row["has_complete_traits"],
        "minutes": row["minutes"],
        "servings": row["servings"],
        "nutrition": {
            "calories": _number(row["calories"]),
            "protein_g": _number(row["protein_g"]),
            "carbs_g": _number(row["carbs_g"]),
            "fat_g": _number(row["fat_g"]),
            "fiber_g": _number(row["fiber_g"]),
            "complete": _is_complete(source, known, total),
        },
        "price": money(row["price"], row["price_currency"]),
        "rating": {"average": _number(row["rating_average"]), "count": row["rating_count"]},
        "likes": row["like_count"],
        "liked": bool(row.get("is_liked")),
        "saves": row["save_count"],
        "saved": saved,
        "published_at": row["published_at"],
    }


@cache
def _drawn_address() -> str:
    return reverse("meals:cover", kwargs={"slug": "SLUG"})


def drawn_cover(slug: str, title: str) -> renditions.Picture:
    """The plate that is drawn for a meal without a photo."""
    url = _drawn_address().replace("SLUG", quote(slug))
    return {"url": url, "width": 800, "height": 600, "alt": title, "placeholder": "", "color": "", "sources": []}


def _cover(row: Mapping[str, Any]) -> renditions.Picture | None:
    return renditions.picture(
        name=row["cover__name"],
        width=row["cover__width"],
        height=row["cover__height"],
        alt=row["cover__alt"],
        placeholder=row["cover__placeholder"],
        color=row["cover__color"],
    )


def document(
    meal: Meal, *, servings: int | None = None, saved: bool = False, liked: bool = False, mine: bool = False
) -> Json:
    """The whole meal. `meal` comes from `documents`; `servings` scales the amounts exactly (REC-1)."""
    factor = Fraction(servings or meal.base_servings, meal.base_servings)
    shape = {
        "id": meal.public_id,
        "slug": meal.slug,
        "title": meal.title,
        "summary": meal.summary,
        "notes": meal.notes,
        "language": meal.language,
        "creator": person(meal.creator),
        "cover": (meal.cover and meal.cover.picture) or drawn_cover(meal.slug, meal.title),
        "photos": [photo(each) for each in meal.photos.all() if mine or each.name],
        "diets": sorted(meal.diets),
        "allergens": sorted(meal.allergens),
        "allergens_complete": meal.has_complete_traits,
        "tags": [{"slug": tag.slug, "name": tag.name} for tag in meal.tags.all()],
        "minutes": meal.minutes,
        "prep_minutes": meal.prep_minutes,
        "cook_minutes": meal.cook_minutes,
        "servings": servings or meal.servings if meal.servings else None,
        "nutrition": nutrition(meal),
        "ingredients": [ingredient(line, factor) for line in meal.ingredients.all()],
        "steps": _steps(meal),
        "price": None if meal.price is None else money(meal.price.amount, str(meal.price.currency)),
        "portions_per_day": meal.portions_per_day,
        "orderable": meal.is_orderable,
        "rating": {"average": _number(meal.rating_average), "count": meal.rating_count},
        "likes": meal.like_count,
        "liked": liked,
        "saves": meal.save_count,
        "saved": saved,
        "source": source(meal),
        "status": meal.status,
        "audience": meal.audience,
        "published_at": meal.published_at,
        "updated_at": meal.updated_at,
        "version": meal.version,
        "url": settings.SITE_URL + reverse("v1:meal", kwargs={"slug": meal.slug}),
    }
    if mine:
        shape["scheduled_for"] = meal.scheduled_for
    return shape


def nutrition(meal: Meal) -> Json:
    """Per serving, whatever the servings asked for; of the whole recipe when it does not say how many it serves.

    Unknown is null and `complete` says whether it adds up (REC-2).
    """
    figures = whole_recipe(meal) if is_told_whole(meal) else meal
    return {
        **{name: _number(getattr(figures, name)) for name in NUTRIENTS},
        "per": "serving" if figures is meal else "recipe",
        "complete": meal.has_complete_nutrition,
        "source": meal.nutrition_source,
        "ingredients_known": meal.ingredients_known,
        "ingredients_total": meal.ingredients_total,
    }


def ingredient(line: IngredientLine, factor: Fraction) -> Json:
    return {
        "text": line.text,
        "section": line.section,
        "quantity": scaled(line.quantity, factor),
        "quantity_max": scaled(line.quantity_max, factor),
        "unit": line.unit or None,
        "food": line.food_name or None,
        "note": line.note,
        "optional": line.is_optional,
        "understood": not line.unknown_reason,
    }


def scaled(quantity: Decimal | None, factor: Fraction) -> Decimal | None:
    """Exact, then cut to the twelve places that are stored; trailing zeros are not shown."""
    if quantity is None:
        return None
    exact = Fraction(quantity) * factor
    value = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(PLACES).normalize()
    return value if value.as_tuple().exponent <= 0 else value.quantize(Decimal(1))  # type: ignore[operator]


def _steps(meal: Meal) -> list[str]:
    """Headings stand as lines that end in a colon, just as they are written."""
    lines: list[str] = []
    current = ""
    for step in meal.steps.all():
        if step.section != current:
            lines.append(f"{step.section}:")
            current = step.section
        lines.append(step.text)
    return lines


def source(meal: Meal) -> Json | None:
    if not (meal.source_url or meal.source_name or meal.source_author):
        return None
    return {
        "url": meal.source_url or None,
        "name": meal.source_name,
        "author": meal.source_author,
        "licence": meal.source_licence,
    }


def photo(each: MealPhoto) -> Json:
    """`picture` is null until the photo is checked; `state` says how far it is."""
    return {
        "id": each.public_id,
        "position": each.position,
        "alt": each.alt,
        "state": each.state,
        "reason": each.reason,
        "picture": each.picture,
    }


def review(row: Review) -> Json:
    return {
        "id": row.public_id,
        "author": person(row.author),
        "rating": row.rating,
        "text": row.text,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }
