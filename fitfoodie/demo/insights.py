"""Looks at meals and posts over the last weeks, so that the charts of creators have something to show."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.test import RequestFactory

from accounts.models import User
from influencers.models import ContentDay, Post
from influencers.services.views import count_view
from meals.models import Meal

DAYS = 35


def make_views(*, people: Iterable[User], now: datetime) -> None:
    """Days that are over as the nightly roll-up leaves them; of today and yesterday, looks of the people there are."""
    if ContentDay.objects.exists():
        return
    for thing in Meal.objects.public().filter(like_count__gte=4).select_related("creator__preferences"):
        for person in people:
            _look(thing, person, now - timedelta(days=person.pk % 2, hours=1))
    rows = [*_days_of(Meal.objects.public(), "creator_id", now), *_days_of(Post.objects.public(), "author_id", now)]
    ContentDay.objects.bulk_create(rows)


def _look(thing: Meal, person: User, at: datetime) -> None:
    request = RequestFactory().get(thing.get_absolute_url())
    request.user = person
    count_view(row=thing, request=request, now=at)


def _days_of(things: Iterable[Any], owner: str, now: datetime) -> Iterable[ContentDay]:
    for thing in things:
        for ago in range(3, DAYS):
            day = (now - timedelta(days=ago)).date()
            if thing.published_at.date() > day:
                continue
            reach = _reach(thing, ago, weekday=day.weekday())
            yield ContentDay(
                subject_type=thing._meta.label_lower,
                subject_id=thing.pk,
                owner_id=getattr(thing, owner),
                day=day,
                views=reach + reach // 3,
                reach=reach,
            )


def _reach(thing: Any, ago: int, *, weekday: int) -> int:
    """More for what is liked, more on Sundays, growing; never the same twice in a row."""
    base = 6 + 4 * thing.like_count + (9 if weekday == 6 else 0)
    growth = (DAYS - ago) // 4
    return int(base + growth + (thing.pk * 7 + ago * 5) % 6)
