import dataclasses
from collections.abc import Sequence
from functools import partial
from typing import Any

import structlog
from django.db import connection, models, transaction
from django.utils import timezone

from fitfoodie.events import registry
from fitfoodie.events.models import Event
from fitfoodie.events.tasks import dispatch_event


@dataclasses.dataclass(frozen=True)
class Fact:
    """What `record` takes, for a change of which several facts are told at once."""

    payload: Any
    actor: Any
    subject: models.Model


class NotInTransactionError(RuntimeError):
    """A fact recorded outside the transaction of its change could outlive a rolled-back change."""


def record(payload: Any, *, actor: Any, subject: models.Model) -> Event:
    """Write one fact in the caller's transaction; dispatch is asked for when it commits.

    `payload` is an instance of a class declared with `registry.event`. Raises NotInTransactionError outside
    `transaction.atomic`. A crash between commit and dispatch is mended by `events.sweep_undispatched_events`.
    """
    return record_all([Fact(payload, actor, subject)])[0]


def record_all(facts: Sequence[Fact]) -> list[Event]:
    """Facts of one change in one statement, in the order given. Otherwise as `record`."""
    if not connection.in_atomic_block:
        raise NotInTransactionError("Record events inside the transaction of the change.")
    events = Event.objects.bulk_create([_row(fact) for fact in facts])
    for event in events:
        transaction.on_commit(partial(_dispatch_on_commit, event.pk))
    return events


def _row(fact: Fact) -> Event:
    return Event(
        name=registry.type_of(fact.payload).name,
        actor=fact.actor,
        subject_type=fact.subject._meta.label_lower,
        subject_id=str(fact.subject.pk),
        data=dataclasses.asdict(fact.payload),
        correlation_id=str(structlog.contextvars.get_contextvars().get("request_id", "")),
        occurred_at=timezone.now(),
    )


def _dispatch_on_commit(event_id: int) -> None:
    dispatch_event.delay(event_id=event_id)
