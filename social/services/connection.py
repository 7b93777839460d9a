"""Friendship, both ways, asked for by one side. Two requests that meet are one friendship (N43)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record
from social import rules
from social.enums import ConnectionState
from social.events.graph import (
    ConnectionAccepted,
    ConnectionCancelled,
    ConnectionDeclined,
    ConnectionRemoved,
    ConnectionRequested,
)
from social.models import Connection, SocialStats
from social.services.standing import lock_people, met, move_totals, need_reaching_out


class TooManyRequestsError(DomainError):
    """The day's friend requests are used up."""

    status = 429
    code = "too_many_requests"


@transaction.atomic
def request_connection(*, asker: User, person_id: int, now: datetime) -> Connection:
    """Ask for friendship; when the other asked already, this is the yes. Locks both people.

    Raises User.DoesNotExist for whom the asker may not meet, NotAllowedError, DomainError about oneself,
    TooManyRequestsError after FRIEND_REQUESTS_PER_DAY.
    """
    need_reaching_out(asker, to=person_id)
    met(person_id, by=asker)
    totals = lock_people([asker.pk, person_id])
    person = met(person_id, by=asker)
    present = _between(asker.pk, person_id)
    if present is None:
        _spend_request(totals[asker.pk], now=now)
        return _ask(asker, person, now=now)
    if present.state == ConnectionState.REQUESTED and present.requested_by_id == person_id:
        _accept(present, actor=asker, now=now)
    return present


@transaction.atomic
def accept_connection(*, person: User, asker_id: int, now: datetime) -> Connection:
    """Say yes. Locks both people. Raises Connection.DoesNotExist when they do not ask (any more)."""
    lock_people([person.pk, asker_id])
    present = _between(person.pk, asker_id)
    if present is None or (present.state == ConnectionState.REQUESTED and present.requested_by_id != asker_id):
        raise Connection.DoesNotExist
    if present.state == ConnectionState.REQUESTED:
        _accept(present, actor=person, now=now)
    return present


@transaction.atomic
def leave_connection(*, person: User, other_id: int) -> bool:
    """Withdraw, decline or end, whichever it is; nobody is told. Whether there was anything. Locks both people."""
    lock_people([person.pk, other_id])
    present = _between(person.pk, other_id)
    if present is not None:
        _remove(present, actor=person, cause="")
    return present is not None


def cancel_connection(*, asker: User, person_id: int) -> bool:
    """Withdraw one's own request; whether there was one. Locks both people."""
    return _leave_if(asker, person_id, lambda row: _is_request_by(row, asker.pk))


def decline_connection(*, person: User, asker_id: int) -> bool:
    """Say no without a word; whether they asked. Locks both people."""
    return _leave_if(person, asker_id, lambda row: _is_request_by(row, asker_id))


def end_connection(*, person: User, other_id: int) -> bool:
    """Be friends no longer; whether they were. Locks both people."""
    return _leave_if(person, other_id, lambda row: row.state == ConnectionState.ACCEPTED)


@transaction.atomic
def remove_connection(*, connection_id: int, actor: User, reason: str) -> None:
    """By staff, with a reason. Locks both people. Raises Connection.DoesNotExist, NotAllowedError, DomainError."""
    if not rules.may_mend_connections(actor):
        raise NotAllowedError(_("You cannot change friendships of others."))
    if not reason.strip():
        raise DomainError(_("Please say why: the reason is kept."), code="required", field="reason")
    pair = Connection.objects.get(pk=connection_id)
    lock_people([pair.low_id, pair.high_id])
    present = Connection.objects.get(pk=connection_id)
    _remove(present, actor=actor, cause="by_staff", reason=reason.strip())


def cut_between(*, person: User, other_id: int, cause: str = "blocked") -> None:
    """Friendship or request. The caller holds the lock of both."""
    present = _between(person.pk, other_id)
    if present is not None:
        _remove(present, actor=person, cause=cause)


@transaction.atomic
def _leave_if(person: User, other_id: int, fits: Any) -> bool:
    lock_people([person.pk, other_id])
    present = _between(person.pk, other_id)
    if present is None or not fits(present):
        return False
    _remove(present, actor=person, cause="")
    return True


def _is_request_by(row: Connection, asker_id: int) -> bool:
    return row.state == ConnectionState.REQUESTED and row.requested_by_id == asker_id


def _between(one_id: int, other_id: int) -> Connection | None:
    low_id, high_id = sorted((one_id, other_id))
    return Connection.objects.filter(low_id=low_id, high_id=high_id).first()


def _spend_request(totals: SocialStats, *, now: datetime) -> None:
    """Counts withdrawn requests too, or asking and withdrawing would go round the limit."""
    today = now.date()
    sent = totals.requests_sent if totals.requests_on == today else 0
    if sent >= settings.FRIEND_REQUESTS_PER_DAY:
        raise TooManyRequestsError(_("You have sent many friend requests today. Go on tomorrow."))
    totals.requests_on, totals.requests_sent = today, sent + 1
    totals.save(update_fields=["requests_on", "requests_sent"])


def _ask(asker: User, person: User, *, now: datetime) -> Connection:
    low_id, high_id = sorted((asker.pk, person.pk))
    asked = Connection.objects.create(low_id=low_id, high_id=high_id, requested_by=asker, requested_at=now)
    record(ConnectionRequested(asker_id=asker.pk, asked_id=person.pk), actor=asker, subject=person)
    return asked


def _accept(row: Connection, *, actor: User, now: datetime) -> None:
    row.state, row.accepted_at = ConnectionState.ACCEPTED, now
    row.save(update_fields=["state", "accepted_at"])
    move_totals([row.low_id, row.high_id], column="friend_count", by=1)
    fact = ConnectionAccepted(asker_id=row.requested_by_id, asked_id=_asked_id(row))
    record(fact, actor=actor, subject=actor)


def _asked_id(row: Connection) -> int:
    return row.high_id if row.requested_by_id == row.low_id else row.low_id


def _remove(row: Connection, *, actor: User, cause: str, reason: str = "") -> None:
    if row.state == ConnectionState.ACCEPTED:
        move_totals([row.low_id, row.high_id], column="friend_count", by=-1)
    record(_removal(row, actor, cause, reason), actor=actor, subject=User(pk=_asked_id(row)))
    row.delete()


def _removal(row: Connection, actor: User, cause: str, reason: str) -> object:
    if row.state == ConnectionState.ACCEPTED or cause == "by_staff":
        return ConnectionRemoved(low_id=row.low_id, high_id=row.high_id, cause=cause or "ended", reason=reason)
    asker_id, asked_id = row.requested_by_id, _asked_id(row)
    if cause == "blocked" or actor.pk == asker_id:
        return ConnectionCancelled(asker_id=asker_id, asked_id=asked_id, cause=cause or "withdrawn")
    return ConnectionDeclined(asker_id=asker_id, asked_id=asked_id)
