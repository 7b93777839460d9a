"""The mail about one notification."""

import zoneinfo
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.tasks import send_mail
from fitfoodie.notifications.kinds import kind_named
from fitfoodie.notifications.models import Notification
from fitfoodie.notifications.selectors.messages import messages_for


def mail_notification(*, notification_id: int, now: datetime) -> bool:
    """Send it once; whether this call did. Marked before it is sent: a lost mail is better than a second (NTF-1).

    Nothing goes out about what the person may not see any more, nor to whoever is no longer there.
    """
    note = Notification.objects.select_related("user__preferences", "event").filter(pk=notification_id).first()
    if note is None or not note.user.is_active or note.user.deletion_requested_at is not None:
        return False
    if not Notification.objects.filter(pk=note.pk, mailed_at=None).update(mailed_at=now):
        return False
    return _send(note)


def _send(note: Notification) -> bool:
    kind, preferences = kind_named(note.kind), note.user.preferences
    with override(preferences.language), timezone.override(zoneinfo.ZoneInfo(preferences.time_zone)):
        message = messages_for([note], note.user).get(note.pk)
        if kind is None or message is None:
            return False
        context = {
            "message": message,
            "why": kind.why,
            "person": note.user,
            "site_name": settings.SITE_NAME,
            "address": settings.SITE_URL.rstrip("/") + message.address,
        }
        subject = " ".join(message.text.split())
        text = render_to_string("notifications/mail/message.txt", context)
    send_mail(subject=subject, text=text, html="", sender=settings.DEFAULT_FROM_EMAIL, to=[note.user.email])
    return True
