"""What the download of one's own data holds of meals: written, reviewed, saved, brought in (GDP-1)."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart, MediaFile
from accounts.models import User
from meals.models import Meal, MealImport, MealPhoto, Review, SavedMeal
from meals.services.write_meal import content_of
from meals.structured_data import exported


def meals_as_json_ld(*, user: User) -> dict[str, Any]:
    """All of one's meals, for other recipe programs; imports here back equal (W25)."""
    meals = Meal.objects.editable_by(user).select_related("creator", "cover").order_by("pk")
    meals = meals.prefetch_related("tags", "steps", "ingredients", "photos")
    recipes = [exported(meal, content_of(meal).to_json(), base_url=settings.SITE_URL) for meal in meals]
    return {"@context": "https://schema.org", "@graph": recipes}


def documents_of(user: User) -> list[Document]:
    return [_meals(user), _reviews(user), _saved(user), _imports(user)]


def photos_of(user: User) -> Iterator[MediaFile]:
    photos = MealPhoto.objects.filter(meal__creator=user).exclude(original="").select_related("meal").order_by("pk")
    for photo in photos:
        yield MediaFile(
            path=f"photos/meals/{photo.meal.slug}/{photo.public_id}", open=partial(photo.original.open, "rb")
        )


def _meals(user: User) -> Document:
    data = meals_as_json_ld(user=user)
    rows = [
        {
            _("Title"): recipe["name"],
            _("State"): recipe["fitfoodie:status"],
            _("Ingredients"): "\n".join(recipe["fitfoodie:content"]["ingredients"]),
            _("Steps"): "\n".join(recipe["fitfoodie:content"]["steps"]),
        }
        for recipe in data["@graph"]
    ]
    return Document("meals", _("Meals"), data, rows)


def _reviews(user: User) -> Document:
    reviews = Review.objects.filter(author=user).select_related("meal").order_by("pk")
    titles = _titles(user, (review.meal_id for review in reviews))
    data = [
        {
            "meal": titles.get(review.meal_id, ""),
            "rating": review.rating,
            "text": review.text,
            "written_at": review.created_at,
        }
        for review in reviews
    ]
    return Document("reviews", _("Reviews"), data, data)


def _saved(user: User) -> Document:
    saves = SavedMeal.objects.filter(user=user).order_by("pk")
    titles = _titles(user, (save.meal_id for save in saves))
    data = [{"meal": titles.get(save.meal_id, ""), "saved_at": save.saved_at} for save in saves]
    return Document("saved-meals", _("Saved meals"), data, data)


def _imports(user: User) -> Document:
    imports = MealImport.objects.filter(owner=user).order_by("pk")
    data = [
        {
            "source": each.source_key,
            "kind": each.kind,
            "not_understood": each.problems,
            "imported_at": each.created_at,
            "original": each.payload,
        }
        for each in imports
    ]
    rows = [{name: value for name, value in row.items() if name != "original"} for row in data]
    return Document("imports", _("Recipes brought in"), data, rows)


def _titles(user: User, meal_ids: Iterable[int]) -> dict[int, str]:
    """Of those that the person may still see: a meal taken back by its creator is theirs alone again."""
    return dict(Meal.objects.visible_to(user).filter(pk__in=list(meal_ids)).values_list("pk", "title"))


PART = ExportPart("meals", documents=documents_of, media=photos_of)
