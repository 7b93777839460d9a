"""The log of who was shown to whom: what fairness, caps and appeals look at (MAT-12, MAT-16)."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from accounts.models import User
from matching.models import Impression
from matching.selectors.ranking import RankedPerson

_TABLE = Impression._meta.db_table
_COLUMNS = "viewer_id, candidate_id, day, shown_at, position, score, components, model, is_fallback"
_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s)"


def log_impressions(*, viewer: User, ranked: Sequence[RankedPerson], now: datetime, first_position: int = 1) -> None:
    """Only of those who were really put before the viewer. Once a viewer, candidate and day (UTC): a second look adds
    nothing. One statement, in words of SQL: a reading answers when this is written."""
    if not ranked:
        return
    day = connection.ops.adapt_datefield_value(now.date())
    shown_at = connection.ops.adapt_datetimefield_value(now)
    values: list[Any] = []
    for position, one in enumerate(ranked, first_position):
        values += [viewer.pk, one.user_id, day, shown_at, position, one.score]
        values += [json.dumps(one.components), one.model, one.is_fallback]
    rows = ", ".join([_ROW] * len(ranked))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_TABLE} ({_COLUMNS}) VALUES {rows} ON CONFLICT DO NOTHING", values)  # noqa: S608  names of columns
