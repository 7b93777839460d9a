"""Keeping the feed: what is added, whose feed it is written to, what one does not want to see."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError
from fitfoodie.events.models import Event
from social import feed_sources
from social.feed_sources import FeedSource
from social.models import FeedEntry, FeedItem, FeedMute, Follow

# Followers written to by one task, so that none holds up the queue (NTF-9).
CHUNK = 5000
# What a new follower finds of somebody at once.
BACKFILL = 30


def take_up(event: Event) -> list[FeedItem]:
    """Make the line an event is worth, or withdraw the one it ends; returns the items that may need spreading.

    Idempotent, and in whatever order events arrive: what the newest about the subject says, holds.
    """
    for source in feed_sources.sources_withdrawing(event.name):
        _items_of(source, event).update(is_withdrawn=not _is_there(source, event))
    made = (_item_of(source, event) for source in feed_sources.sources_adding(event.name))
    return [item for item in made if item is not None]


def spread(*, item_id: int, after: int = 0, size: int = CHUNK) -> int | None:
    """Write one item into the feeds of the next `size` followers; the follow to go on after, None at the end.

    Idempotent, and an item that is gone meanwhile needs none of it.
    """
    item = FeedItem.objects.filter(pk=item_id, is_withdrawn=False).first()
    if item is None:
        return None
    follows = Follow.objects.accepted().filter(followee_id=item.actor_id, pk__gt=after).order_by("pk")
    found = list(follows.values_list("pk", "follower_id")[:size])
    _write(FeedEntry(owner_id=owner, item=item, happened_at=item.happened_at) for _pk, owner in found)
    return found[-1][0] if len(found) == size else None


def backfill(*, owner_id: int, actor_id: int) -> int:
    """The newest of somebody who is followed from now on; returns how many. Idempotent."""
    newest = FeedItem.objects.filter(actor_id=actor_id, is_withdrawn=False).order_by("-happened_at", "-pk")[:BACKFILL]
    entries = [FeedEntry(owner_id=owner_id, item=item, happened_at=item.happened_at) for item in newest]
    _write(entries)
    return len(entries)


def clear_out(*, owner_id: int, actor_id: int) -> int:
    """The entries of somebody who is followed no longer; they have not been shown since. Returns how many."""
    deleted, _rows = FeedEntry.objects.filter(owner_id=owner_id, item__actor_id=actor_id).delete()
    return deleted


def is_followed(*, owner_id: int, actor_id: int) -> bool:
    return Follow.objects.accepted().filter(follower_id=owner_id, followee_id=actor_id).exists()


def forget_old_entries(*, now: datetime, size: int = 10_000) -> int:
    """Entries older than FEED_KEEP_DAYS, at most `size`; returns how many. The items stay."""
    oldest = FeedEntry.objects.filter(happened_at__lt=now - timedelta(days=settings.FEED_KEEP_DAYS))
    ids = list(oldest.order_by("happened_at").values_list("pk", flat=True)[:size])
    FeedEntry.objects.filter(pk__in=ids).delete()
    return len(ids)


@transaction.atomic
def mute_kind(*, person: User, kind: str, now: datetime) -> bool:
    """Whether it was not muted before. Raises DomainError for a kind there is not."""
    _known(kind)
    _row, is_new = FeedMute.objects.get_or_create(person=person, kind=kind, defaults={"muted_at": now})
    return is_new


@transaction.atomic
def unmute_kind(*, person: User, kind: str) -> bool:
    """Whether it was muted. Raises DomainError for a kind there is not."""
    _known(kind)
    deleted, _rows = FeedMute.objects.filter(person=person, kind=kind).delete()
    return bool(deleted)


def _known(kind: str) -> None:
    kinds = [source.kind for source in feed_sources.all_sources()]
    if kind not in kinds:
        message = _("“%(kind)s” is not a kind of thing in the feed. There are: %(kinds)s.")
        raise DomainError(message % {"kind": kind, "kinds": ", ".join(kinds)}, code="unknown_kind", field="kind")


def _item_of(source: FeedSource, event: Event) -> FeedItem | None:
    fact = source.fact_of(event.payload)
    if fact is None:
        return None
    is_withdrawn = not _is_there(source, event)
    item, _is_new = FeedItem.objects.update_or_create(
        subject_type=source.subject,
        subject_id=fact.subject_id,
        kind=source.kind,
        defaults={"is_withdrawn": is_withdrawn},
        create_defaults={
            "is_withdrawn": is_withdrawn,
            "actor_id": fact.actor_id,
            "happened_at": event.occurred_at,
        },
    )
    return item


def _is_there(source: FeedSource, event: Event) -> bool:
    about = Event.objects.filter(subject_type=event.subject_type, subject_id=event.subject_id)
    telling = about.filter(name__in=[*source.added_by, *source.withdrawn_by])
    return telling.order_by("-pk").values_list("name", flat=True).first() in source.added_by


def _items_of(source: FeedSource, event: Event) -> "QuerySet[FeedItem]":
    return FeedItem.objects.filter(kind=source.kind, subject_type=source.subject, subject_id=int(event.subject_id))


def _write(entries: Iterable[FeedEntry]) -> None:
    FeedEntry.objects.bulk_create(entries, batch_size=1000, ignore_conflicts=True)
