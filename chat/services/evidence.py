"""What moderators may read of a private conversation: what was reported, with what stood around it, and only by saying
why. Nobody reads the rest."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from chat import rules
from chat.events import EvidenceRead
from chat.models import Evidence, Message
from chat.validators import clean_reason
from fitfoodie.common.errors import NotAllowedError
from fitfoodie.events.services import record

# Messages on either side of the reported one.
AROUND = 5
KEPT_FOR = timedelta(days=180)


@transaction.atomic
def keep_evidence(*, message_id: int, now: datetime) -> Evidence:
    """A copy of the message and its surroundings; of one reported before, the copy of then. Safe to repeat.

    Raises Message.DoesNotExist.
    """
    message = Message.objects.get(pk=message_id)
    evidence, _is_new = Evidence.objects.get_or_create(
        message=message, defaults={"lines": _lines_around(message), "kept_at": now}
    )
    return evidence


@transaction.atomic
def read_evidence(*, message_id: int, actor: User, reason: str) -> Evidence:
    """Each reading is recorded with its reason. Raises NotAllowedError, DomainError without a reason,
    Evidence.DoesNotExist for a message that was never reported."""
    if not rules.may_read_evidence(actor):
        raise NotAllowedError(_("You cannot read what people write to each other."))
    because = clean_reason(reason)
    evidence = Evidence.objects.select_related("message").get(message_id=message_id)
    record(EvidenceRead(message_id=message_id, reason=because), actor=actor, subject=evidence.message)
    return evidence


def forget_evidence(*, now: datetime) -> int:
    """Half a year is enough to decide and to appeal; what a message said before goes with it. How many."""
    old = Evidence.objects.filter(kept_at__lte=now - KEPT_FOR)
    taken_away = Message.objects.filter(deleted_at__isnull=False, evidence__in=old)
    with transaction.atomic():
        for message in taken_away:
            message.versions.all().delete()
        return old.delete()[0]


def _lines_around(message: Message) -> list[dict[str, Any]]:
    near = Message.objects.filter(
        conversation_id=message.conversation_id, seq__range=(message.seq - AROUND, message.seq + AROUND)
    )
    return [
        {
            "seq": each.seq,
            "sender_id": each.sender_id,
            "sender": str(each.sender),
            "text": each.text,
            "sent_at": each.sent_at.isoformat(),
            "is_reported": each.pk == message.pk,
        }
        for each in near.select_related("sender").order_by("seq")
    ]
