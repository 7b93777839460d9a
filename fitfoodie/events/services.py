import dataclasses
from functools import partial
from typing import Any

import structlog
from django.db import connection, models, transaction
from django.utils import timezone

from fitfoodie.events import registry
from fitfoodie.events.models import Event
from fitfoodie.events.tasks import dispatch_event


class NotInTransactionError(RuntimeError):
    """A fact recorded outside the transaction of its change could outlive a rolled-back change."""


def record(payload: Any, *, actor: Any, subject: models.Model) -> Event:
    """Write one fact in the caller's transaction; dispatch is asked for when it commits.

    `payload` is an instance of a class declared with `registry.event`. Raises NotInTransactionError outside
    `transaction.atomic`. A crash between commit and dispatch is mended by `events.sweep_undispatched_events`.
    """
    if not connection.in_atomic_block:
        raise NotInTransactionError("Record events inside the transaction of the change.")
    event = Event.objects.create(
        name=registry.type_of(payload).name,
        actor=actor,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        data=dataclasses.asdict(payload),
        correlation_id=str(structlog.contextvars.get_contextvars().get("request_id", "")),
        occurred_at=timezone.now(),
    )
    transaction.on_commit(partial(_dispatch_on_commit, event.pk))
    return event


def _dispatch_on_commit(event_id: int) -> None:
    dispatch_event.delay(event_id=event_id)
