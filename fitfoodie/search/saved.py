"""Saving searches and telling people what is new in them (N50). The one door for pages, API and tasks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from fitfoodie.common.errors import ConflictError, DomainError
from fitfoodie.search import saved_kinds
from fitfoodie.search.models import MAX_NAME, SavedSearch, SavedSearchTold
from fitfoodie.search.saved_kinds import NewHits

_SALT = "fitfoodie.search.alerts"


class TooManySavedError(ConflictError):
    code = "too_many_saved_searches"


@dataclass(frozen=True)
class Told:
    """A search with what is new in it, for one mail."""

    search: SavedSearch
    hits: NewHits


@transaction.atomic
def save_search(
    *, owner: Any, kind: str, query: QueryDict, now: datetime, name: str = "", wants_alerts: bool = False
) -> SavedSearch:
    """Saving the same again gives the one that is there. Locks the owner, so that the limit holds.

    Raises DomainError about the kind, the query or the name, TooManySavedError at the limit.
    """
    registered = saved_kinds.get(kind)
    if registered is None:
        known = ", ".join(saved_kinds.names())
        raise DomainError(_("There is no such kind of search. Known: %(known)s.") % {"known": known}, field="kind")
    text = registered.clean(query)
    get_user_model().objects.select_for_update().get(pk=owner.pk)
    mine = SavedSearch.objects.filter(owner_id=owner.pk)
    there = mine.filter(kind=kind, query_text=text).first()
    if there is not None:
        return there
    if mine.count() >= settings.SAVED_SEARCHES_MAX:
        limit = {"count": settings.SAVED_SEARCHES_MAX}
        raise TooManySavedError(_("You keep %(count)d searches already: delete one first.") % limit)
    return SavedSearch.objects.create(
        owner_id=owner.pk,
        kind=kind,
        name=_clean_name(name) or str(registered.label),
        query=dict(QueryDict(text).lists()),
        query_text=text,
        wants_alerts=wants_alerts,
        last_looked_at=now,
        last_told_at=now,
    )


@transaction.atomic
def edit_search(*, search_id: int, now: datetime, name: str | None = None, wants_alerts: bool | None = None) -> None:
    """What is None stays. Alerts that are turned on begin now: what came before is not told. Raises DomainError."""
    search = SavedSearch.objects.select_for_update().get(pk=search_id)
    if name is not None:
        search.name = _clean_name(name)
        if not search.name:
            raise DomainError(_("Give it a name."), field="name")
    if wants_alerts is not None:
        if wants_alerts and not search.wants_alerts:
            search.last_told_at = now
        search.wants_alerts = wants_alerts
    search.save()


def _clean_name(name: str) -> str:
    cleaned = " ".join(name.replace("\x00", " ").split())
    if len(cleaned) > MAX_NAME:
        raise DomainError(_("Use at most %(count)d characters.") % {"count": MAX_NAME}, field="name")
    return cleaned


def delete_search(*, search_id: int) -> None:
    SavedSearch.objects.filter(pk=search_id).delete()


def look_at(*, search: SavedSearch, now: datetime) -> str:
    """The address of the results; what is there now is not new any more."""
    SavedSearch.objects.filter(pk=search.pk).update(last_looked_at=now)
    return page_of(search)


def page_of(search: SavedSearch) -> str:
    """Empty for a kind that is gone."""
    kind = saved_kinds.get(search.kind)
    return kind.page(search.query_text) if kind else ""


def new_hits(search: SavedSearch, *, since: datetime, now: datetime) -> NewHits:
    """What came since and the owner may see now."""
    kind = saved_kinds.get(search.kind)
    return kind.new_hits(search.owner, search.params, since, now) if kind else NewHits(0)


def owners_to_tell() -> list[int]:
    """People with alerts who are here and have an address to write to."""
    asked = SavedSearch.objects.filter(
        wants_alerts=True, owner__is_active=True, owner__deletion_requested_at=None
    ).exclude(owner__email="")
    return sorted(asked.values_list("owner_id", flat=True).distinct())


@transaction.atomic
def claim_digest(*, owner_id: int, now: datetime) -> list[Told]:
    """What is to be told to a person today, marked as told: whoever commits this sends, once (NTF-1).

    Locks the person's searches. A crash between this and the mail loses a digest rather than doubling it.
    """
    rows = SavedSearch.objects.select_for_update(of=("self",)).select_related("owner__preferences")
    found = [
        Told(search, new_hits(search, since=search.last_told_at, now=now))
        for search in rows.filter(owner_id=owner_id, wants_alerts=True).order_by("name", "pk")
    ]
    return [told for told in found if told.hits.count and _is_first_today(told, now)]


def _is_first_today(told: Told, now: datetime) -> bool:
    fresh = {"hits": told.hits.count}
    _row, is_first = SavedSearchTold.objects.get_or_create(search=told.search, day=now.date(), defaults=fresh)
    if is_first:
        SavedSearch.objects.filter(pk=told.search.pk).update(last_told_at=now)
    return is_first


def unsubscribe_token(owner_id: int) -> str:
    """Works signed out and does not expire: a mail is read whenever (NTF-8)."""
    return signing.dumps(owner_id, salt=_SALT)


def owner_of_token(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError):
        return None


def stop_alerts(*, owner_id: int) -> int:
    """All alerts of a person are off; the searches stay."""
    return SavedSearch.objects.filter(owner_id=owner_id, wants_alerts=True).update(wants_alerts=False)
