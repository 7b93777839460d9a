from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Why(StrEnum):
    """Why something is shown; each has its sentence in `social.selectors.feed`."""

    FOLLOWING = "following"
    FOLLOWED_BY_FOLLOWED = "followed_by_followed"
    LIKED = "liked"
    NEW = "new"


@dataclass(frozen=True)
class Candidate:
    """What a ranking may know of an item: nothing of it is private to anybody but the viewer."""

    item_id: int
    actor_id: int
    happened_at: datetime
    is_followed: bool
    # How many of those whom the viewer follows follow the actor.
    followed_by: int
    likes: int


@dataclass(frozen=True)
class Ranked:
    item_id: int
    why: Why


class Ranker(Protocol):
    """A way to order. The same candidates and instant give the same order."""

    def rank(self, candidates: Sequence[Candidate], *, now: datetime) -> list[Ranked]: ...
