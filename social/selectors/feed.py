"""Reading the feed. Items say where to look; whether the viewer may see what they lead to is asked here, each time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.db.models import Count, Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from social import feed_sources, policy
from social.feed_sources import FeedSource
from social.models import FeedEntry, FeedItem, FeedMute, Follow
from social.ranking.base import Candidate, Ranked, Ranker, Why

# What "For you" chooses from, and for how long a ranking once made is paged through.
CANDIDATES = 400
FRESH = timedelta(days=30)
RANKING_LASTS = timedelta(minutes=30)
# How often a page is filled up when what it led to turned out to be hidden; each time twice as far.
ROUNDS = 6

Show = Callable[[FeedSource, Sequence[int], Any], Mapping[int, Any]]


@dataclass(frozen=True)
class Line:
    """One line of a feed: the item, what it shows, and why it stands there."""

    item: FeedItem
    source: FeedSource
    shown: Any
    why: Why

    @property
    def reason(self) -> str:
        return reason(self.why, self.item.actor)


@dataclass(frozen=True)
class Position:
    """The last line read, in the order of `following`."""

    happened_at: datetime
    item_id: int

    @property
    def key(self) -> tuple[datetime, int]:
        return self.happened_at, self.item_id


@dataclass(frozen=True)
class FollowingPage:
    lines: list[Line]
    next: Position | None


@dataclass(frozen=True)
class RankedPage:
    lines: list[Line]
    next_rank: int | None


def cards_of(source: FeedSource, ids: Sequence[int], viewer: Any) -> Mapping[int, Any]:
    return source.visible(ids, viewer)


def shapes_of(source: FeedSource, ids: Sequence[int], viewer: Any) -> Mapping[int, Any]:
    return source.shapes(ids, viewer)


def following_page(viewer: User, *, after: Position | None, size: int, show: Show) -> FollowingPage:
    """What those whom the viewer follows did, newest first, with what each line shows by `show` (cards or shapes)."""
    lines: list[Line] = []
    muted = muted_kinds(viewer)
    for round_number in range(ROUNDS):
        wanted = (size + 1 - len(lines)) << round_number
        walked = list(_entries(viewer, after)[:wanted])
        items = _followed_items(viewer, muted, [item_id for item_id, _at in walked])
        lines += _lines([(items[pk], Why.FOLLOWING) for pk, _at in walked if pk in items], viewer, show)
        if len(lines) > size:
            return FollowingPage(lines[:size], _place(lines[size - 1]))
        if len(walked) < wanted:
            return FollowingPage(lines, None)
        item_id, happened_at = walked[-1]
        after = Position(happened_at, item_id)
    return FollowingPage(lines, after)


def _entries(viewer: User, after: Position | None) -> "QuerySet[FeedEntry, tuple[int, datetime]]":
    """A walk of one index and nothing else: joined to the rules, databases start from the wrong end."""
    entries = FeedEntry.objects.filter(owner=viewer)
    if after is not None:
        earlier = Q(happened_at__lt=after.happened_at)
        tied = Q(happened_at=after.happened_at, item_id__lt=after.item_id)
        entries = entries.filter(Q(happened_at__lte=after.happened_at) & (earlier | tied))
    return entries.order_by("-happened_at", "-item_id").values_list("item_id", "happened_at")


def _followed_items(viewer: User, muted: Sequence[str], ids: Sequence[int]) -> dict[int, FeedItem]:
    """Of these the ones by people still followed and still there (CRE-3)."""
    items = FeedItem.objects.filter(
        policy.followed(viewer, "actor"),
        policy.reachable("actor"),
        policy.not_blocked(viewer, "actor"),
        pk__in=ids,
        is_withdrawn=False,
    )
    return {item.pk: item for item in items.exclude(kind__in=muted).select_related("actor__profile__photo")}


def for_you_page(viewer: User, *, as_of: datetime, rank: int, size: int, show: Show) -> RankedPage:
    """A page of the ranking made at `as_of`; what is hidden since is left out, and the page is filled up."""
    ranking = _ranking(viewer, as_of)
    lines: list[Line] = []
    while rank < len(ranking) and len(lines) < size:
        wanted = ranking[rank : rank + size - len(lines)]
        rank += len(wanted)
        lines += _lines(_found(wanted, viewer), viewer, show)
    return RankedPage(lines, rank if rank < len(ranking) else None)


def muted_kinds(viewer: User) -> list[str]:
    return list(FeedMute.objects.filter(person=viewer).values_list("kind", flat=True))


def reason(why: Why, actor: User) -> str:
    sentences = {
        Why.FOLLOWING: _("You follow %(name)s."),
        Why.FOLLOWED_BY_FOLLOWED: _("People you follow follow %(name)s."),
        Why.LIKED: _("Many people liked this."),
        Why.NEW: _("New on %(site)s."),
    }
    return sentences[why] % {"name": actor.name, "site": settings.SITE_NAME}


def _place(line: Line) -> Position:
    return Position(line.item.happened_at, line.item.pk)


def _lines(items: Iterable[tuple[FeedItem, Why]], viewer: User, show: Show) -> list[Line]:
    """Those whose subject the viewer may see, in the order given: one call of each source."""
    wanted = list(items)
    by_kind = defaultdict[str, list[int]](list)
    for item, _why in wanted:
        by_kind[item.kind].append(item.subject_id)
    known = {source.kind: source for source in feed_sources.all_sources()}
    shown = {kind: show(known[kind], ids, viewer) for kind, ids in by_kind.items() if kind in known}
    return [
        Line(item, known[item.kind], shown[item.kind][item.subject_id], why)
        for item, why in wanted
        if item.subject_id in shown.get(item.kind, {})
    ]


def _found(wanted: Sequence[Ranked], viewer: User) -> list[tuple[FeedItem, Why]]:
    rows = _open_items(viewer).filter(pk__in=[one.item_id for one in wanted])
    items = {item.pk: item for item in rows.select_related("actor__profile__photo")}
    return [(items[one.item_id], one.why) for one in wanted if one.item_id in items]


def _open_items(viewer: User) -> "QuerySet[FeedItem]":
    """Items by others whose content is open to the viewer, without muted kinds."""
    items = FeedItem.objects.filter(policy.content_of(viewer, "actor"), is_withdrawn=False)
    return items.exclude(actor=viewer).exclude(kind__in=muted_kinds(viewer))


def _ranking(viewer: User, as_of: datetime) -> list[Ranked]:
    """Made once and kept for a while, so that pages neither repeat nor skip while likes come in (CRE-2)."""
    key = f"social.feed:{viewer.pk}:{as_of.timestamp()}"
    kept = shared_cache.get(key)
    if kept is None:
        kept = [(one.item_id, one.why.value) for one in _ranker().rank(_candidates(viewer, as_of), now=as_of)]
        shared_cache.set(key, kept, RANKING_LASTS.total_seconds())
    return [Ranked(item_id, Why(why)) for item_id, why in kept]


def _candidates(viewer: User, as_of: datetime) -> list[Candidate]:
    recent = _open_items(viewer).filter(happened_at__lte=as_of, happened_at__gt=as_of - FRESH)
    items = list(recent.order_by("-happened_at", "-pk")[:CANDIDATES])
    followees = set(Follow.objects.accepted().filter(follower=viewer).values_list("followee_id", flat=True))
    near = _followed_by_followed(viewer, {item.actor_id for item in items})
    likes = _likes(items)
    return [
        Candidate(
            item_id=item.pk,
            actor_id=item.actor_id,
            happened_at=item.happened_at,
            is_followed=item.actor_id in followees,
            followed_by=near.get(item.actor_id, 0),
            likes=likes.get((item.kind, item.subject_id), 0),
        )
        for item in items
    ]


def _followed_by_followed(viewer: User, actors: set[int]) -> dict[int, int]:
    followees = Follow.objects.accepted().filter(follower=viewer).values("followee_id")
    theirs = Follow.objects.accepted().filter(follower__in=followees, followee__in=actors)
    return dict(theirs.order_by().values_list("followee_id").annotate(n=Count("pk")))


def _likes(items: Sequence[FeedItem]) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for source in feed_sources.all_sources():
        ids = [item.subject_id for item in items if item.kind == source.kind]
        found |= {(source.kind, pk): count for pk, count in source.likes(ids).items()} if ids else {}
    return found


@cache
def _ranker_named(path: str) -> Ranker:
    ranker: Ranker = import_string(path)()
    return ranker


def _ranker() -> Ranker:
    return _ranker_named(settings.FEED_RANKER)
