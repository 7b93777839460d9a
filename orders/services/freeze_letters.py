"""Letters about frozen earnings. They go out by themselves: notifications do not reach somebody who is suspended."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from accounts.models import User
from orders.freeze_links import freeze_path
from orders.models import EarningsAppeal, EarningsFreeze


def tell_frozen(*, freeze_id: int, now: datetime) -> bool:
    """The reason and the way to appeal, once: whoever marks the row first sends. Returns whether it did."""
    freeze = EarningsFreeze.objects.select_related("creator__preferences").get(pk=freeze_id)
    if not EarningsFreeze.objects.filter(pk=freeze_id, told_at=None).update(told_at=now):
        return False
    _send("earnings_frozen", freeze.creator, {"freeze": freeze, "url": _url(freeze)})
    return True


def tell_answer(*, appeal_id: int, now: datetime) -> bool:
    """What became of the appeal, once."""
    appeal = EarningsAppeal.objects.select_related("freeze__creator__preferences").get(pk=appeal_id)
    if not EarningsAppeal.objects.filter(pk=appeal_id, told_at=None).update(told_at=now):
        return False
    _send("earnings_appeal", appeal.freeze.creator, {"appeal": appeal, "url": _url(appeal.freeze)})
    return True


def _url(freeze: EarningsFreeze) -> str:
    return str(settings.SITE_URL).rstrip("/") + freeze_path(freeze.public_id)


def _send(name: str, person: User, context: dict[str, Any]) -> None:
    with override(person.preferences.language):
        shown = context | {"name": person.name, "site_name": settings.SITE_NAME}
        subject = render_to_string(f"orders/mail/{name}_subject.txt", shown).strip()
        text = render_to_string(f"orders/mail/{name}_message.txt", shown)
    EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email]).send()
