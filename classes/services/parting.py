"""What two people still had open with each other when one blocked the other, or their tie ended."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from classes.enums import HandOnState, OutingState
from classes.models import Outing, SeatHandOn
from classes.services.companions import company_of
from classes.services.hand_on import end_hand_on
from classes.services.outings import end_outing
from classes.services.seats import lock_session


def part_company(*, one_id: int, other_id: int, now: datetime) -> int:
    """Take back the outings that one of them proposed to the other, and seats offered between them; how many.

    Nothing for two who may still ask each other: a friend may be a match too. What is booked stays booked. Idempotent;
    locks one session at a time.
    """
    one = User.objects.filter(pk=one_id).first()
    if one is not None and company_of(one).filter(pk=other_id).exists():
        return 0
    pair = {one_id, other_id}
    ended = sum(_take_back(*row, pair, now=now) for row in _outings(pair))
    return ended + sum(_keep_seat(*row, now=now) for row in _hand_ons(pair))


def _outings(pair: set[int]) -> list[tuple[int, int]]:
    rows = Outing.objects.across_chains().filter(state=OutingState.PROPOSED, proposer__in=pair)
    low, high = sorted(pair)
    both = rows.filter(members__user=low).filter(members__user=high)
    return list(both.order_by("pk").values_list("pk", "session_id"))


def _hand_ons(pair: set[int]) -> list[tuple[int, int]]:
    rows = SeatHandOn.objects.across_chains().filter(state=HandOnState.OPEN, friend__in=pair, rsvp__user__in=pair)
    return list(rows.order_by("pk").values_list("pk", "rsvp__session_id"))


@transaction.atomic
def _take_back(pk: int, session_id: int, pair: set[int], *, now: datetime) -> int:
    lock_session(session_id)
    rows = Outing.objects.across_chains().filter(pk=pk, state=OutingState.PROPOSED)
    return len([end_outing(row, OutingState.WITHDRAWN, actor=None, untold=pair, now=now) for row in rows])


@transaction.atomic
def _keep_seat(pk: int, session_id: int, *, now: datetime) -> int:
    lock_session(session_id)
    rows = SeatHandOn.objects.across_chains().filter(pk=pk, state=HandOnState.OPEN).select_related("rsvp")
    return len([end_hand_on(row, HandOnState.WITHDRAWN, actor=None, now=now) for row in rows])
