"""The private address of one's calendar: made, renewed and taken back by the person (CLS-19)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from classes.models import CalendarFeed
from classes.models.rating import new_calendar_token

# Programs ask often; how lately they did is worth one write an hour.
_READ_EVERY = timedelta(hours=1)


@transaction.atomic
def renew_calendar(*, user: User, now: datetime) -> CalendarFeed:
    """A new address; the one before leads nowhere from now on. Not a fact for the log: it holds a secret."""
    feed, _is_new = CalendarFeed.objects.update_or_create(
        user=user, defaults={"token": new_calendar_token(), "made_at": now, "last_read_at": None}
    )
    return feed


@transaction.atomic
def revoke_calendar(*, user: User) -> bool:
    """Whether there was one."""
    count, _by_model = CalendarFeed.objects.filter(user=user).delete()
    return bool(count)


def read_calendar(*, token: str, now: datetime) -> User:
    """Whose it is. Raises CalendarFeed.DoesNotExist for an address that is not, or no longer, one, also of people who
    are suspended or leaving."""
    feed = CalendarFeed.objects.select_related("user__preferences").get(
        token=token, user__is_active=True, user__deletion_requested_at=None
    )
    unread = Q(last_read_at=None) | Q(last_read_at__lte=now - _READ_EVERY)
    CalendarFeed.objects.filter(unread, pk=feed.pk).update(last_read_at=now)
    return feed.user
