"""The log of who was shown to whom: what fairness, caps and appeals look at (MAT-12, MAT-16)."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from matching.models import Impression
from matching.selectors.ranking import RankedPerson


def log_impressions(*, viewer: User, ranked: Sequence[RankedPerson], now: datetime, first_position: int = 1) -> None:
    """Only of those who were really put before the viewer. Once a viewer, candidate and day (UTC): a second look adds
    nothing. One statement."""
    rows = [
        Impression(
            viewer=viewer,
            candidate_id=one.user_id,
            day=now.date(),
            shown_at=now,
            position=first_position + index,
            score=one.score,
            components=one.components,
            model=one.model,
            is_fallback=one.is_fallback,
        )
        for index, one in enumerate(ranked)
    ]
    Impression.objects.bulk_create(rows, ignore_conflicts=True)
