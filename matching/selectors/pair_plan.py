"""What two people could do together: when both are free next, and the classes that suit both, in those times first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from accounts.models import User
from matching.selectors.class_ranking import RankedClass, Suiting, rank_for_two, suiting
from matching.selectors.slots import NextSlot, free_slots
from matching.selectors.trainees import Trainee, trainee_of, trainees_of

SLOTS = 4


@dataclass(frozen=True)
class FreeSlot:
    """A stretch in which both train and neither has a class, and the classes within it, the best first."""

    slot: NextSlot
    classes: tuple[RankedClass, ...]


@dataclass(frozen=True)
class PairPlan:
    """`others` are classes that suit both at other times."""

    slots: tuple[FreeSlot, ...]
    others: tuple[RankedClass, ...]

    @property
    def best(self) -> FreeSlot | None:
        """The next time with a class in it; without one the next time."""
        return next((one for one in self.slots if one.classes), next(iter(self.slots), None))


def plan_of(viewer: User, other: User, *, now: datetime) -> PairPlan:
    """As `plans_of`, for one."""
    found = User.objects.select_related("fitness", "profile", "preferences").get(pk=other.pk)
    return plans_of(viewer, [found], now=now)[other.pk]


def plans_of(viewer: User, others: Collection[User], *, now: datetime) -> dict[int, PairPlan]:
    """By the id of the other, who are read with `fitness`, `profile` and `preferences`. Whoever looks may ask them all.

    What the others have booked is nowhere said: their times are only gone. As many queries for many as for one.
    """
    if not others:
        return {}
    me = trainee_of(viewer, now=now)
    mine = suiting(viewer, me, now=now)
    return {one.user_id: _plan(me, one, mine, now) for one in trainees_of(others, now=now)}


def _plan(me: Trainee, other: Trainee, mine: Sequence[Suiting], now: datetime) -> PairPlan:
    ranked = rank_for_two(mine, other)
    busy = [(one.starts_at, one.ends_at) for one in (*me.busy, *other.busy)]
    coming = islice(free_slots(me.week, other.week, me.zone, now=now, busy=busy), SLOTS)
    slots = tuple(FreeSlot(slot, tuple(one for one in ranked if _is_in(one, slot))) for slot in coming)
    placed = {one.session.pk for each in slots for one in each.classes}
    return PairPlan(slots, tuple(one for one in ranked if one.session.pk not in placed))


def _is_in(one: RankedClass, slot: NextSlot) -> bool:
    return slot.starts_at <= one.session.starts_at and one.session.ends_at <= slot.ends_at
