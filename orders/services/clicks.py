"""Clicks of paid links: counted by the server before it leads on, and kept without a cookie (AFF-1, AFF-5).

A click is a row of its own and no event: the row is the log, and the way to the meal should not wait for two.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from accounts.models import User
from orders.enums import ClickKind
from orders.models import AffiliateLink, Click

_TWO_DAYS = 2 * 86400


def window() -> timedelta:
    """For how long after the click an order counts; the last instant still does (AFF-3)."""
    return timedelta(days=settings.AFFILIATE_WINDOW_DAYS)


@transaction.atomic
def record_click(*, link: AffiliateLink, kind: ClickKind, person: User | None, visitor: str, now: datetime) -> Click:
    """Only a person's click raises the counter of the link, and only theirs is bound to an account."""
    is_person = kind == ClickKind.PERSON
    click = Click.objects.create(
        link=link, kind=kind, person=person if is_person else None, visitor=visitor if is_person else "", clicked_at=now
    )
    if is_person:
        AffiliateLink.objects.filter(pk=link.pk).update(click_count=F("click_count") + 1)
    return click


def bind_click(*, public_id: str, person: User, now: datetime) -> bool:
    """A click of a visitor becomes that of the account they signed in to: the first account, and for good.

    Returns whether it did. Unknown, old, robots' and others' clicks are left alone, silently: the id came out of an
    address that anybody may have written.
    """
    fresh = Click.objects.filter(public_id=public_id, kind=ClickKind.PERSON, person=None)
    return bool(fresh.filter(clicked_at__gte=now - window()).update(person=person))


def click_for_cart(*, public_id: str, person: Any, now: datetime) -> Click | None:
    """The click that an address or a form names, where it may still count for this person; else None."""
    click = Click.objects.filter(
        public_id=public_id, kind=ClickKind.PERSON, clicked_at__gte=now - window(), clicked_at__lte=now
    ).first()
    if click is None or click.person_id not in (None, person.pk):
        return None
    return click


def visitor_hash(*, ip: str, user_agent: str, now: datetime) -> str:
    """Tells visitors apart within a day and nobody afterwards: the key is random and gone after two days."""
    name = f"visitor-key:{now:%Y-%m-%d}"
    key = cache.get_or_set(name, lambda: secrets.token_hex(32), _TWO_DAYS)
    return hmac.new(str(key).encode(), f"{ip}\0{user_agent}".encode(), hashlib.sha256).hexdigest()


def forget_old_clicks(*, now: datetime) -> int:
    """Those of robots after 90 days, in bounded portions; nothing is earned by them. Returns how many."""
    old = Click.objects.exclude(kind=ClickKind.PERSON).filter(clicked_at__lt=now - timedelta(days=90))
    doomed = list(old.order_by("pk").values_list("pk", flat=True)[:10_000])
    Click.objects.filter(pk__in=doomed).delete()
    return len(doomed)
