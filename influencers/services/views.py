"""Counting who looks at what, and forgetting who it was."""

import hashlib
import hmac
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Sum
from django.http import HttpRequest

from fitfoodie.common.client_ip import client_ip
from influencers.models import ContentDay, ContentView
from social.subjects import subject_of

# Days of which single viewers are still told apart: by then every zone on Earth has finished them.
KEPT_DAYS = 2
_COUNT = """
INSERT INTO influencers_contentview (subject_type, subject_id, owner_id, day, viewer, views)
VALUES (%s, %s, %s, %s, %s, 1)
ON CONFLICT (subject_type, subject_id, day, viewer) DO UPDATE SET views = influencers_contentview.views + 1
"""


def count_view(*, row: Any, request: HttpRequest, now: datetime) -> bool:
    """One statement, no read before it; returns whether it counts. Not its owner's and not staff's looks (ANA-7).

    The day is that of the owner's zone, which the row must know or is read for (ANA-5).
    """
    subject = subject_of(row)
    owner = getattr(row, subject.owner)
    user: Any = request.user
    if user.pk == owner.pk or user.is_staff:
        return False
    day = now.astimezone(ZoneInfo(owner.preferences.time_zone)).date()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [subject.name, row.pk, owner.pk, day, viewer_digest(request, day)])
    return True


def viewer_digest(request: HttpRequest, day: date) -> str:
    """Tells people apart within one day: members by who they are, visitors by address and browser."""
    user: Any = request.user
    who = f"user:{user.pk}" if user.pk else f"{client_ip(request)}|{request.headers.get('User-Agent', '')}"
    key = f"fitfoodie.views:{day.isoformat()}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, who.encode(), hashlib.sha256).hexdigest()[:32]


@transaction.atomic
def roll_up_views(*, now: datetime) -> int:
    """Turn the views of finished days into numbers and forget the viewers; returns how many item-days.

    A day that is rolled up already gets what came late on top.
    """
    finished = ContentView.objects.filter(day__lt=(now - timedelta(days=KEPT_DAYS)).date())
    ids = list(finished.select_for_update().values_list("pk", flat=True))
    rows = ContentView.objects.filter(pk__in=ids).order_by()
    sums = rows.values("subject_type", "subject_id", "owner_id", "day").annotate(shown=Sum("views"), people=Count("pk"))
    total = 0
    for item in sums:
        total += 1
        kept, _is_new = ContentDay.objects.get_or_create(
            subject_type=item["subject_type"],
            subject_id=item["subject_id"],
            day=item["day"],
            defaults={"owner_id": item["owner_id"]},
        )
        ContentDay.objects.filter(pk=kept.pk).update(
            views=F("views") + item["shown"], reach=F("reach") + item["people"]
        )
    rows.delete()
    return total
