"""The columns of insights that are known down here: looks, likes, comments, saves, cooks, followers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from influencers.insight_sources import Cell, InsightSource, Item, Span
from influencers.models import ContentDay, ContentView, Post
from meals.models import Meal, Review, SavedMeal
from social.models import Comment, Follow, Like

MEAL, POST = Meal._meta.label_lower, Post._meta.label_lower


def instants(span: Span) -> tuple[datetime, datetime]:
    """From the first instant of the span to the first after it; a day of 23 or 25 hours is one day."""
    first = datetime.combine(span.first, time(), span.zone)
    return first, datetime.combine(span.last + timedelta(days=1), time(), span.zone)


def _within(rows: QuerySet[Any], column: str, span: Span) -> QuerySet[Any]:
    first, after = instants(span)
    return rows.filter(**{f"{column}__gte": first, f"{column}__lt": after})


def _by_day(rows: QuerySet[Any], at: str, who: str, span: Span) -> dict[date, Cell]:
    days = _within(rows, at, span).order_by().annotate(on=TruncDate(at, tzinfo=span.zone)).values("on")
    counted = days.annotate(n=Count("pk"), people=Count(who, distinct=True)).values_list("on", "n", "people")
    return {on: Cell(Decimal(n), people) for on, n, people in counted}


def _total(rows: QuerySet[Any], at: str, who: str, span: Span) -> Cell:
    found = _within(rows, at, span).order_by().aggregate(n=Count("pk"), people=Count(who, distinct=True))
    return Cell(Decimal(found["n"]), found["people"])


def _by_subject(rows: QuerySet[Any], at: str, who: str, span: Span) -> dict[Item, Cell]:
    items = _within(rows, at, span).order_by().values("subject_type", "subject_id")
    counted = items.annotate(n=Count("pk"), people=Count(who, distinct=True))
    return {(row["subject_type"], row["subject_id"]): Cell(Decimal(row["n"]), row["people"]) for row in counted}


def _by_meal(rows: QuerySet[Any], at: str, who: str, span: Span) -> dict[Item, Cell]:
    items = _within(rows, at, span).order_by().values("meal_id")
    counted = items.annotate(n=Count("pk"), people=Count(who, distinct=True))
    return {(MEAL, row["meal_id"]): Cell(Decimal(row["n"]), row["people"]) for row in counted}


def _about(model: type[Any], creator: User) -> QuerySet[Any]:
    """Reactions of others to what the creator published; not of staff, not their own (ANA-7)."""
    meals = Meal.objects.filter(creator=creator, pk=OuterRef("subject_id"))
    posts = Post.objects.filter(author=creator, pk=OuterRef("subject_id"))
    theirs = Q(Exists(meals), subject_type=MEAL) | Q(Exists(posts), subject_type=POST)
    return QuerySet(model).filter(theirs)


def _likes(creator: User) -> QuerySet[Any]:
    return _about(Like, creator).exclude(user=creator).filter(user__is_staff=False)


def _comments(creator: User) -> QuerySet[Any]:
    shown = _about(Comment, creator).filter(deleted_at=None, hidden_at=None)
    return shown.exclude(author=creator).filter(author__is_staff=False)


def _saves(creator: User) -> QuerySet[Any]:
    return SavedMeal.objects.filter(meal__creator=creator, user__is_staff=False).exclude(user=creator)


def _cooks(creator: User) -> QuerySet[Any]:
    """Those who said so: a review is what a cook leaves behind."""
    return Review.objects.filter(meal__creator=creator, hidden_at=None, author__is_staff=False)


def _followers(creator: User) -> QuerySet[Any]:
    return Follow.objects.accepted().filter(followee=creator, follower__is_staff=False)


def _looked_at(creator: User, span: Span, keys: Iterable[str]) -> list[tuple[tuple[Any, ...], int, int]]:
    """(key, views, reach) from the rolled up and the fresh rows together; two queries."""
    found: dict[tuple[Any, ...], list[int]] = {}
    names = list(keys)
    scope = {"owner": creator, "day__gte": span.first, "day__lte": span.last}
    kept = ContentDay.objects.filter(**scope).order_by().values(*names).annotate(n=Sum("views"), people=Sum("reach"))
    fresh = ContentView.objects.filter(**scope).order_by().values(*names).annotate(n=Sum("views"), people=Count("pk"))
    for row in [*kept, *fresh]:
        pair = found.setdefault(tuple(row[name] for name in names), [0, 0])
        pair[0] += row["n"]
        pair[1] += row["people"]
    return [(key, views, reach) for key, (views, reach) in found.items()]


def views_by_day(creator: User, span: Span) -> dict[date, Cell]:
    return {day: Cell(Decimal(views), reach) for (day,), views, reach in _looked_at(creator, span, ["day"])}


def reach_by_day(creator: User, span: Span) -> dict[date, Cell]:
    return {day: Cell(Decimal(reach), reach) for (day,), _views, reach in _looked_at(creator, span, ["day"])}


def views_by_item(creator: User, span: Span) -> dict[Item, Cell]:
    found = _looked_at(creator, span, ["subject_type", "subject_id"])
    return {(str(key[0]), int(key[1])): Cell(Decimal(views), reach) for key, views, reach in found}


def reach_by_item(creator: User, span: Span) -> dict[Item, Cell]:
    found = _looked_at(creator, span, ["subject_type", "subject_id"])
    return {(str(key[0]), int(key[1])): Cell(Decimal(reach), reach) for key, _views, reach in found}


@dataclass(frozen=True)
class _Counted:
    """Rows with an instant and a person each. `by_item` says how they lead to things, if they do."""

    rows: Callable[[User], QuerySet[Any]]
    at: str
    who: str
    by_item: Callable[[QuerySet[Any], str, str, Span], dict[Item, Cell]] | None = None

    def source(self, name: str, label: Any, position: int) -> InsightSource:
        items = self.items if self.by_item is not None else None
        return InsightSource(name=name, label=label, days=self.days, total=self.total, items=items, position=position)

    def days(self, creator: User, span: Span) -> dict[date, Cell]:
        return _by_day(self.rows(creator), self.at, self.who, span)

    def total(self, creator: User, span: Span) -> Cell:
        return _total(self.rows(creator), self.at, self.who, span)

    def items(self, creator: User, span: Span) -> dict[Item, Cell]:
        return self.by_item(self.rows(creator), self.at, self.who, span) if self.by_item is not None else {}


COLUMNS = [
    InsightSource(name="reach", label=_("Reach"), days=reach_by_day, items=reach_by_item, position=10),
    InsightSource(name="views", label=_("Views"), days=views_by_day, items=views_by_item, position=20),
    _Counted(_followers, "accepted_at", "follower").source("followers", _("New followers"), 30),
    _Counted(_likes, "liked_at", "user", _by_subject).source("likes", _("Likes"), 40),
    _Counted(_comments, "created_at", "author", _by_subject).source("comments", _("Comments"), 50),
    _Counted(_saves, "saved_at", "user", _by_meal).source("saves", _("Saves"), 60),
    _Counted(_cooks, "created_at", "author", _by_meal).source("cooks", _("Cooked and reviewed"), 70),
]
