"""Meals as a kind of the studio."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from influencers.studio_items import StudioItem, StudioKind
from meals import services
from meals.content import MealContent
from meals.enums import MealStatus
from meals.models import Meal
from meals.views.cards import cover
from social.enums import WhoMayComment
from social.services.comment import set_who_may_comment

FIGURES = {"likes": "like_count", "comments": "comment_count", "saves": "save_count", "shares": "share_count"}


def rows(owner: User) -> "QuerySet[Meal]":
    return Meal.objects.editable_by(owner).select_related("cover")


def item(meal: Meal) -> StudioItem:
    return StudioItem(
        kind="meal",
        key=meal.slug,
        title=meal.title,
        status=meal.status,
        status_label=str(MealStatus(meal.status).label),
        edit_url=reverse("meals:edit", args=[meal.slug]),
        url=meal.get_absolute_url(),
        updated_at=meal.updated_at,
        scheduled_for=meal.scheduled_for,
        published_at=meal.published_at,
        audience=meal.audience,
        audience_label=meal.get_audience_display(),
        comments_label=str(WhoMayComment(meal.who_may_comment).label),
        figures={name: getattr(meal, column) for name, column in FIGURES.items()},
        cover=cover(meal),
    )


def totals(owner: User) -> Mapping[str, int]:
    published = Meal.objects.filter(creator=owner, status=MealStatus.PUBLISHED)
    return published.aggregate(**{name: Coalesce(Sum(column), 0) for name, column in FIGURES.items()})


def _publish(pk: int, actor: User, now: datetime, value: Any) -> object:
    return services.publish_meal(meal_id=pk, actor=actor, now=now)


def _schedule(pk: int, actor: User, now: datetime, value: Any) -> object:
    return services.schedule_meal(meal_id=pk, actor=actor, at=value, now=now)


def _archive(pk: int, actor: User, now: datetime, value: Any) -> object:
    return services.archive_meal(meal_id=pk, actor=actor, now=now)


def _restore(pk: int, actor: User, now: datetime, value: Any) -> object:
    return services.restore_meal(meal_id=pk, actor=actor, now=now)


def _audience(pk: int, actor: User, now: datetime, value: Any) -> object:
    return _edit(pk, actor, now, MealContent(audience=value))


def _comments(pk: int, actor: User, now: datetime, value: Any) -> object:
    return set_who_may_comment(row=Meal.objects.get(pk=pk), owner=actor, who=value)


def _tag(pk: int, actor: User, now: datetime, value: Any) -> object:
    """One more, unless it is there."""
    meal = Meal.objects.prefetch_related("tags").get(pk=pk)
    names = [tag.name for tag in meal.tags.all()]
    if value.strip().lower() in {name.lower() for name in names}:
        return meal
    return _edit(pk, actor, now, MealContent(tags=[*names, value.strip()]))


def _edit(pk: int, actor: User, now: datetime, content: MealContent) -> object:
    version = Meal.objects.values_list("version", flat=True).get(pk=pk)
    return services.edit_meal(meal_id=pk, editor=actor, content=content, expected_version=version, now=now)


MEALS = StudioKind(
    name="meal",
    label=gettext_lazy("Meals"),
    new_url=lambda: reverse("meals:new"),
    rows=rows,
    item=item,
    totals=totals,
    actions={
        "publish": _publish,
        "schedule": _schedule,
        "archive": _archive,
        "restore": _restore,
        "audience": _audience,
        "comments": _comments,
        "tag": _tag,
    },
    position=10,
)
