"""Creators for the directory and their public pages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import User
from influencers.models import Collection, CollectionItem, CreatorPage
from meals.enums import MealStatus
from meals.models import Meal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Viewer = User | AnonymousUser

PAGE_SIZE = 24


@dataclass(frozen=True)
class Position:
    """The last creator of a page: the next one begins behind them."""

    standing: int
    pk: int

    @classmethod
    def read(cls, text: str) -> "Position | None":
        standing, _dash, pk = text.partition("-")
        is_number = standing.isascii() and standing.isdigit() and pk.isascii() and pk.isdigit()
        return cls(int(standing), int(pk)) if is_number and len(text) <= 36 else None

    def __str__(self) -> str:
        return f"{self.standing}-{self.pk}"


def directory(viewer: "Viewer", *, words: str = "", after: Position | None = None) -> tuple[list[CreatorPage], str]:
    """One page of creators, the verified first, then by followers; and where the next page begins, if there is one."""
    found = CreatorPage.objects.there_for(viewer).named(words).select_related("user__profile__photo")
    if after is not None:
        found = found.filter(Q(standing__lt=after.standing) | Q(standing=after.standing, pk__lt=after.pk))
    rows = list(found.order_by("-standing", "-pk")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return shown, str(Position(shown[-1].standing, shown[-1].pk)) if len(rows) > PAGE_SIZE else ""


def page_of(creator: User) -> CreatorPage:
    """As stored, or empty; nothing is written by looking."""
    return CreatorPage.objects.filter(user=creator).select_related("cover").first() or CreatorPage(user=creator)


def shown_collections(creator: User, viewer: "Viewer") -> list[Collection]:
    """Public ones with at least one meal that the viewer may see, each with its first three: three queries."""
    collections = Collection.objects.visible_to(viewer).filter(creator=creator, is_public=True)
    return [each for each in _with_meals(collections, viewer) if each.shown_items]  # type: ignore[attr-defined]


def _with_meals(collections: "QuerySet[Collection]", viewer: "Viewer") -> list[Collection]:
    items = CollectionItem.objects.filter(meal__in=_shown_meals(viewer)).select_related("meal__cover")
    prefetch = Prefetch("items", items.order_by("position", "pk"), to_attr="shown_items")
    return list(collections.select_related("creator").order_by("position", "pk").prefetch_related(prefetch))


def meals_of_collection(collection: Collection, viewer: "Viewer") -> list[Meal]:
    """In the creator's order, those the viewer may see."""
    meals = _shown_meals(viewer).filter(collection_items__collection=collection)
    return list(meals.for_cards().order_by("collection_items__position", "collection_items__pk"))


def own_collections(creator: User) -> "QuerySet[Collection]":
    counted = Collection.objects.editable_by(creator).annotate(meal_count=Count("items"))
    return counted.order_by("position", "pk")


def _shown_meals(viewer: "Viewer") -> Any:
    return Meal.objects.visible_to(viewer).filter(status=MealStatus.PUBLISHED)
