from datetime import timedelta

import pytest
from django.utils import timezone

from chat.models import Evidence, Message
from chat.services.evidence import KEPT_FOR, keep_evidence, read_evidence
from chat.services.messages import delete_message
from chat.tasks import forget_old_evidence
from chat.tests.factories import NOW, make_talk, make_user, say
from fitfoodie.common.errors import DomainError, NotAllowedError
from meals.tests.factories import make_moderator


def test_the_copy_holds_what_stood_around_it_then(maya, leo, talk):
    other = make_talk(maya, make_user("noor"))
    say(other, maya, "Elsewhere")
    messages = [say(talk, person, f"{n}") for n in range(8) for person in (maya, leo)]
    reported = messages[7]
    evidence = keep_evidence(message_id=reported.pk, now=NOW)
    assert [line["seq"] for line in evidence.lines] == list(range(3, 14))
    assert evidence.lines[5] == {
        "seq": 8,
        "sender_id": leo.pk,
        "sender": str(leo),
        "text": "3",
        "sent_at": NOW.isoformat(),
        "is_reported": True,
    }
    assert [line["is_reported"] for line in evidence.lines].count(True) == 1


def test_the_first_copy_stays(maya, leo, talk):
    message = say(talk, maya, "Rude")
    first = keep_evidence(message_id=message.pk, now=NOW)
    delete_message(message_id=message.pk, sender=maya, now=NOW)
    again = keep_evidence(message_id=message.pk, now=NOW + timedelta(days=1))
    assert (again, again.lines[0]["text"], again.kept_at) == (first, "Rude", NOW)


def test_reading_is_recorded_with_its_reason(maya, talk, said):
    message, mod = say(talk, maya), make_moderator("mod")
    evidence = keep_evidence(message_id=message.pk, now=NOW)
    assert read_evidence(message_id=message.pk, actor=mod, reason="Report 7") == evidence
    assert said()[-1] == ("chat.evidence.read", {"message_id": message.pk, "reason": "Report 7"})


def test_nobody_reads_without_right_reason_and_report(maya, leo, talk, said):
    message, mod = say(talk, maya), make_moderator("mod")
    with pytest.raises(Evidence.DoesNotExist):
        read_evidence(message_id=message.pk, actor=mod, reason="Curious")
    keep_evidence(message_id=message.pk, now=NOW)
    with pytest.raises(NotAllowedError):
        read_evidence(message_id=message.pk, actor=leo, reason="Curious")
    with pytest.raises(DomainError):
        read_evidence(message_id=message.pk, actor=mod, reason="")
    assert "chat.evidence.read" not in [name for name, _data in said()]


def test_evidence_is_forgotten_after_half_a_year(maya, talk):
    now = timezone.now()
    gone, there, recent = say(talk, maya, "Gone"), say(talk, maya, "There"), say(talk, maya, "Recent")
    for message in (gone, there):
        keep_evidence(message_id=message.pk, now=now - KEPT_FOR)
    keep_evidence(message_id=recent.pk, now=now - KEPT_FOR + timedelta(minutes=5))
    for message in (gone, recent):
        delete_message(message_id=message.pk, sender=maya, now=now)
    assert forget_old_evidence() == 2
    assert [each.message for each in Evidence.objects.all()] == [recent]
    assert [message.versions.count() for message in Message.objects.order_by("pk")] == [0, 0, 1]
