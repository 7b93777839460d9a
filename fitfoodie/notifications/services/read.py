"""Reading, and forgetting."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from fitfoodie.notifications.models import Notification


def mark_read(*, user: User, ids: Sequence[str], now: datetime) -> int:
    """By public id, the person's own alone; how many were unread. Saying it twice does no harm."""
    return Notification.objects.filter(user=user, public_id__in=ids, read_at=None).update(read_at=now)


def mark_all_read(*, user: User, before: datetime, now: datetime) -> int:
    """What came up to `before`: news that arrived since the list was drawn stays news (NTF-10)."""
    return Notification.objects.filter(user=user, created_at__lte=before, read_at=None).update(read_at=now)


def forget_between(*, one_id: int, other_id: int) -> int:
    """After a block: what either has not read from the other goes (NTF-3)."""
    either = Q(user_id=one_id, actor_id=other_id) | Q(user_id=other_id, actor_id=one_id)
    deleted, _models = Notification.objects.filter(either, read_at=None).delete()
    return deleted
