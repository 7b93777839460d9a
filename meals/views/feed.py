"""Meals and what people cooked, as lines of the feed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meals.api import shapes
from meals.enums import MealStatus
from meals.events import MealPublished, ReviewShown, ReviewWritten
from meals.models import Meal, Review
from meals.querysets import MealQuerySet
from meals.views.cards import card
from social.feed_sources import FeedFact, FeedSource

Json = dict[str, Any]


def _published(payload: MealPublished) -> FeedFact:
    return FeedFact(actor_id=payload.creator_id, subject_id=payload.meal_id)


def _cooked(payload: ReviewWritten | ReviewShown) -> FeedFact:
    return FeedFact(actor_id=payload.author_id, subject_id=payload.review_id)


def meal_cards(ids: Sequence[int], viewer: Any) -> Mapping[int, Json]:
    return {meal.pk: card(meal) for meal in _meals(ids, viewer).for_cards()}


def meal_shapes(ids: Sequence[int], viewer: Any) -> Mapping[int, Json]:
    return {row["id"]: shapes.card(row) for row in _meals(ids, viewer).values(*shapes.CARD_COLUMNS)}


def meal_likes(ids: Sequence[int]) -> Mapping[int, int]:
    return dict(Meal.objects.filter(pk__in=ids).values_list("pk", "like_count"))


def review_cards(ids: Sequence[int], viewer: Any) -> Mapping[int, Json]:
    return {review.pk: {"review": review, "meal": card(review.meal)} for review in _reviews(ids, viewer)}


def review_shapes(ids: Sequence[int], viewer: Any) -> Mapping[int, Json]:
    return {
        review.pk: shapes.review(review) | {"meal": {"slug": review.meal.slug, "title": review.meal.title}}
        for review in _reviews(ids, viewer).select_related("author__profile__photo")
    }


def review_likes(ids: Sequence[int]) -> Mapping[int, int]:
    """Nobody likes a review; the stars are not its likes."""
    return {}


def _meals(ids: Sequence[int], viewer: Any) -> MealQuerySet:
    return Meal.objects.visible_to(viewer).filter(status=MealStatus.PUBLISHED, pk__in=ids)


def _reviews(ids: Sequence[int], viewer: Any) -> "QuerySet[Review]":
    visible = Meal.objects.visible_to(viewer).filter(status=MealStatus.PUBLISHED)
    reviews = Review.objects.shown_to(viewer).filter(pk__in=ids, meal__in=visible.values("pk"))
    return reviews.select_related("meal__creator__profile__photo", "meal__cover")


MEALS_PUBLISHED = FeedSource(
    kind="meal",
    label=_("Meals people publish"),
    did=_("published a meal"),
    subject="meals.meal",
    added_by=("meals.meal.published",),
    withdrawn_by=("meals.meal.unpublished", "meals.meal.archived", "meals.meal.deleted"),
    fact_of=_published,
    visible=meal_cards,
    template="meals/_feed_meal.html",
    shapes=meal_shapes,
    likes=meal_likes,
)
MEALS_COOKED = FeedSource(
    kind="cooked",
    label=_("Meals people cooked"),
    did=_("cooked a meal"),
    subject="meals.review",
    added_by=("meals.review.written", "meals.review.shown"),
    withdrawn_by=("meals.review.removed", "meals.review.hidden"),
    fact_of=_cooked,
    visible=review_cards,
    template="meals/_feed_cooked.html",
    shapes=review_shapes,
    likes=review_likes,
)
