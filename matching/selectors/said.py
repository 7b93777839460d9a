"""What somebody said of others, and what they have left to say."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from matching.enums import Verb
from matching.models import Match, MatchAction

DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Allowance:
    """How many of a verb are left in the 24 hours up to now, and when the next comes back if none is."""

    left: int
    limit: int
    back_at: datetime | None

    def hours_to_wait(self, now: datetime) -> int:
        """Begun hours until the next comes back, at least one."""
        wait = (self.back_at or now) - now
        return max(1, math.ceil(wait / timedelta(hours=1)))


def action_that_counts(actor_id: int, target_id: int, *, now: datetime) -> MatchAction | None:
    """The last word of one about the other; a pass whose time is over does not count any more (MAT-7)."""
    said = MatchAction.objects.filter(actor_id=actor_id, target_id=target_id, undone_at=None).first()
    return None if said is None or is_over(said, now=now) else said


def is_over(said: MatchAction, *, now: datetime) -> bool:
    return said.returns_at is not None and said.returns_at <= now


def is_changeable(said: MatchAction, *, now: datetime) -> bool:
    return now <= said.acted_at + undo_window()


def undo_window() -> timedelta:
    return timedelta(minutes=settings.MATCH_UNDO_MINUTES)


def limit_of(verb: str) -> int | None:
    """None is without limit."""
    limits = {Verb.LIKE: settings.MATCH_LIKES_A_DAY, Verb.SUPER_LIKE: settings.MATCH_SUPER_LIKES_A_DAY}
    found: int | None = limits.get(Verb(verb))
    return found


def allowance(actor_id: int, verb: Verb, *, now: datetime) -> Allowance:
    """Counts the last 24 hours, whatever the clocks of the person say, and what was taken back too (MAT-6)."""
    limit = limit_of(verb) or 0
    spent = MatchAction.objects.filter(actor_id=actor_id, verb=verb, acted_at__gt=now - DAY)
    times = list(spent.order_by("-acted_at").values_list("acted_at", flat=True)[:limit])
    left = limit - len(times)
    return Allowance(left, limit, times[-1] + DAY if times and left <= 0 else None)


def last_action(actor_id: int) -> MatchAction | None:
    """Undone or not: whoever took the last one back cannot take back the one before (MAT-9)."""
    return MatchAction.objects.filter(actor_id=actor_id).order_by("-acted_at", "-pk").first()


def match_between(one_id: int, other_id: int) -> Match | None:
    """Ended ones too."""
    low_id, high_id = sorted((one_id, other_id))
    return Match.objects.filter(low_id=low_id, high_id=high_id).first()
