"""One's own seats, in lists."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from classes.enums import HandOnState, RsvpStatus
from classes.models import Rsvp, SeatHandOn
from social.policy import there_for

UPCOMING = (RsvpStatus.CONFIRMED, RsvpStatus.HELD, RsvpStatus.OFFERED, RsvpStatus.WAITLISTED, RsvpStatus.ATTENDED)


def upcoming_seats(person: Any, now: datetime) -> QuerySet[Rsvp]:
    """Everything one is in, has been offered or waits for, that is not over."""
    return Rsvp.objects.of_person(person).filter(status__in=UPCOMING, session__ends_at__gt=now)


def past_seats(person: Any, now: datetime) -> QuerySet[Rsvp]:
    return Rsvp.objects.of_person(person).exclude(status__in=UPCOMING, session__ends_at__gt=now)


def seats_handed_to(person: Any, now: datetime) -> QuerySet[SeatHandOn]:
    """Friends who would give the person their seat, and wait for an answer."""
    rows = asked_of(person).filter(state=HandOnState.OPEN, expires_at__gt=now)
    return rows.select_related(
        "rsvp__session__studio", "rsvp__user__profile__photo", "friend__profile__photo"
    ).order_by("expires_at", "id")


def asked_of(person: Any) -> QuerySet[SeatHandOn]:
    """Seats that were handed to the person, in every state, by people who are there for them (CLS-17)."""
    return SeatHandOn.objects.of_person(person, "friend").filter(there_for(person, "rsvp__user"))


def positions_of(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    """By id of the booking, of (booking, session) pairs: places in line, from 1. One query for all."""
    wanted = dict(rows)
    waiting = Rsvp.objects.across_chains().filter(session__in=set(wanted.values()), status=RsvpStatus.WAITLISTED)
    place = Window(RowNumber(), partition_by=F("session"), order_by=[F("priority").desc(), "joined_at", "id"])
    found = waiting.annotate(place=place).values_list("pk", "place") if wanted else ()
    return {pk: position for pk, position in found if pk in wanted}
