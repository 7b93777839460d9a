"""How meals are found: by title first, then tags, ingredients, and what the summary and the steps say."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from fitfoodie.search import index as indexes
from fitfoodie.search.index import Document, SearchIndex
from meals.models import Meal

if TYPE_CHECKING:
    from meals.querysets import MealQuerySet


def public() -> "MealQuerySet":
    """Drafts, scheduled, archived, private and followers' meals are never in the index (REC-8)."""
    return Meal.objects.public()


def documents(meals: "QuerySet[Meal]") -> Iterator[Document]:
    """Four queries, however many meals."""
    rows = meals.only("title", "summary", "language").order_by("pk")
    for meal in rows.prefetch_related("tags", "ingredients", "steps"):
        yield Document(
            id=meal.pk,
            language=meal.language,
            texts={
                "title": meal.title,
                "tags": "\n".join(tag.name for tag in meal.tags.all()),
                "ingredients": "\n".join(line.text for line in meal.ingredients.all()),
                "summary": meal.summary,
                "steps": "\n".join(chain.from_iterable((step.section, step.text) for step in meal.steps.all())),
            },
        )


MEALS = indexes.register(
    SearchIndex(
        name="meals",
        model="meals.Meal",
        fields={"title": "A", "tags": "B", "ingredients": "C", "summary": "D", "steps": "D"},
        suggest="title",
        public=public,
        documents=documents,
    )
)
