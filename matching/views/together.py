"""What two people could do together, and have arranged, in the form that templates draw."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from classes.enums import Answer, OutingState
from classes.models import Outing
from classes.selectors.outings import outings_between
from classes.views.cards import cards as class_cards
from matching.selectors.class_ranking import RankedClass
from matching.selectors.pair_plan import PairPlan

# Of the classes at other times.
OTHERS = 6

Row = dict[str, Any]


def plan_parts(plan: PairPlan, me: User, other: User, now: datetime) -> Row:
    """Slots with the cards of their classes, cards of others, and what the two have arranged already."""
    arranged = list(outings_between(me, other, now=now))
    others = plan.others[:OTHERS]
    lines = lines_of([*(one for each in plan.slots for one in each.classes), *others], me, arranged, now)
    return {
        "slots": [
            {"slot": each.slot, "classes": [lines[one.session.pk] for one in each.classes]} for each in plan.slots
        ],
        "classes": [lines[one.session.pk] for one in others],
        "outings": [_outing(one, me, other) for one in arranged],
    }


def lines_of(ranked: Sequence[RankedClass], me: User, arranged: Collection[Outing], now: datetime) -> dict[int, Row]:
    """By the id of the class: its card, why it suits both, and where one asks, or the outing there is. One query."""
    drawn = class_cards([one.session for one in ranked], me, now=now)
    there = {one.session_id: one.public_id for one in arranged}
    return {
        one.session.pk: {
            "card": card,
            "session": one.session,
            "reasons": one.reasons,
            "ask_url": reverse("classes:together", args=[one.session.public_id]),
            "outing": there.get(one.session.pk),
        }
        for one, card in zip(ranked, drawn, strict=True)
    }


def _outing(row: Outing, me: User, other: User) -> Row:
    """Two of them, or a crew in which both are."""
    mine = next(member.answer for member in row.members.all() if member.user_id == me.pk)
    return {
        "id": row.public_id,
        "session": row.session,
        "is_booked": row.state == OutingState.BOOKED,
        "may_answer": row.state == OutingState.PROPOSED and mine == Answer.OPEN,
        "is_mine": row.proposer_id == me.pk,
        "is_theirs": row.proposer_id == other.pk,
        "note": row.note,
    }
