"""What the viewer has in classes that are shown to them: in two queries, however many classes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from classes.enums import ACTIVE, RsvpStatus
from classes.models import Rsvp


@dataclass(frozen=True)
class MySeat:
    """`position` in the line counts from 1, and is None for who does not wait."""

    status: str
    position: int | None
    reserved_until: datetime | None


def my_seats(viewer: Any, session_ids: Iterable[int]) -> dict[int, MySeat]:
    """By session, for those in which the viewer sits, waits, or is offered a seat. One query; none for visitors."""
    if viewer.pk is None:
        return {}
    mine = Rsvp.objects.of_person(viewer).filter(session__in=list(session_ids), status__in=ACTIVE)
    rows = mine.annotate(ahead=Coalesce(_ahead(), 0)).values_list("session_id", "status", "reserved_until", "ahead")
    return {
        session: MySeat(status, ahead + 1 if status == RsvpStatus.WAITLISTED else None, until)
        for session, status, until, ahead in rows
    }


def _ahead() -> Subquery:
    """How many stand before a row in its line: priority descending, then who joined first (CLS-4)."""
    joined_before = Q(joined_at__lt=OuterRef("joined_at")) | Q(joined_at=OuterRef("joined_at"), pk__lt=OuterRef("pk"))
    before = Q(priority__gt=OuterRef("priority")) | Q(priority=OuterRef("priority")) & joined_before
    line = Rsvp.objects.across_chains().filter(before, session=OuterRef("session"), status=RsvpStatus.WAITLISTED)
    return Subquery(line.order_by().values("session").annotate(count=Count("pk")).values("count"))
