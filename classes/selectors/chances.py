"""What history says about getting in from the waitlist (W3): a share of past classes, or that there are too few."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from classes.enums import RsvpStatus, SessionStatus
from classes.models import Rsvp, RsvpMove, Session

# Of the same class on the same day of the week, the latest; fewer that tell something say nothing.
LOOKS_BACK = 60
NEEDS = 5
LIKELY, POSSIBLE = 0.7, 0.3


class Hope(StrEnum):
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Chance:
    """`share` of `sessions` past classes in which somebody at this position got in; None with too few of them."""

    hope: Hope
    share: float | None
    sessions: int

    @property
    def label(self) -> str:
        return {
            Hope.LIKELY: _("likely"),
            Hope.POSSIBLE: _("possible"),
            Hope.UNLIKELY: _("unlikely"),
            Hope.UNKNOWN: _("too early to say"),
        }[self.hope]

    @property
    def says(self) -> str:
        if self.share is None:
            return _("This class has too little history to say how likely you get in.")
        words = _("In %(share)d of 100 past classes like this one, somebody at your place in line got in.")
        return words % {"share": round(self.share * 100)}


def chance_of(session: Session, position: int) -> Chance:
    """Three queries, whatever the history. Classes whose line was shorter than `position` and emptied tell nothing."""
    past = _past_like(session)
    waited = Counter(_waited(past))
    moved_up = Counter(_moved_up(past))
    outcomes = [moved_up[pk] >= position for pk in past if waited[pk] and not (moved_up[pk] == waited[pk] < position)]
    if len(outcomes) < NEEDS:
        return Chance(Hope.UNKNOWN, None, len(outcomes))
    share = sum(outcomes) / len(outcomes)
    return Chance(_hope(share), share, len(outcomes))


def _hope(share: float) -> Hope:
    if share >= LIKELY:
        return Hope.LIKELY
    return Hope.POSSIBLE if share >= POSSIBLE else Hope.UNLIKELY


def _past_like(session: Session) -> list[int]:
    """Those before it, as its day of the week is on the studio's clocks."""
    rows = Session.objects.in_chain(session.chain_id).filter(
        class_type=session.class_type_id, starts_at__lt=session.starts_at, status=SessionStatus.SCHEDULED
    )
    days = rows.order_by("-starts_at").values_list("pk", "starts_local")[: 7 * LOOKS_BACK]
    same = [pk for pk, local in days if _weekday(local) == _weekday(session.starts_local)]
    return same[:LOOKS_BACK]


def _weekday(local: str) -> int:
    return date.fromisoformat(local[:10]).weekday()


def _waited(past: list[int]) -> dict[int, int]:
    moves = RsvpMove.objects.filter(from_status="", to_status=RsvpStatus.WAITLISTED, rsvp__session__in=past)
    return dict(moves.values_list("rsvp__session").annotate(found=Count("pk")))


def _moved_up(past: list[int]) -> dict[int, int]:
    rows = Rsvp.objects.across_chains().filter(
        Q(moves__from_status="", moves__to_status=RsvpStatus.WAITLISTED), session__in=past, confirmed_at__isnull=False
    )
    return dict(rows.values_list("session").annotate(found=Count("pk")))
