import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from social.ranking.base import Candidate, Ranked, Why

HALF_LIFE = timedelta(hours=36)
# So many places apart stand two things by one person, as long as there is anybody else.
APART = 5
# A handful of likes is somebody's friends; from here on it is worth saying.
LIKES_WORTH_SAYING = 5


class SimpleRanker:
    """Fresh, liked, near in the graph: (1 + ln(1 + likes) + 2 followed + ln(1 + followed by followed)) halves every 36
    hours; ties by newest. Then nobody stands twice within five places."""

    def rank(self, candidates: Sequence[Candidate], *, now: datetime) -> list[Ranked]:
        ordered = sorted(candidates, key=lambda one: (-score(one, now=now), -one.happened_at.timestamp(), -one.item_id))
        return [Ranked(one.item_id, why(one)) for one in spread(ordered)]


def score(one: Candidate, *, now: datetime) -> float:
    interest = 1 + math.log1p(one.likes) + 2 * one.is_followed + math.log1p(one.followed_by)
    age = max((now - one.happened_at) / HALF_LIFE, 0.0)
    return float(interest * 0.5**age)


def why(one: Candidate) -> Why:
    if one.is_followed:
        return Why.FOLLOWING
    if one.followed_by:
        return Why.FOLLOWED_BY_FOLLOWED
    return Why.LIKED if one.likes >= LIKES_WORTH_SAYING else Why.NEW


def spread(ordered: Sequence[Candidate]) -> list[Candidate]:
    """The best that is not by one of the last four; where all that is left is by them, the best of it."""
    waiting, placed = list(ordered), list[Candidate]()
    while waiting:
        recent = {one.actor_id for one in placed[-(APART - 1) :]}
        chosen = next((one for one in waiting if one.actor_id not in recent), waiting[0])
        waiting.remove(chosen)
        placed.append(chosen)
    return placed
