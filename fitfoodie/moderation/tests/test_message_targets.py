"""Messages can be reported by the two who read them; what was reported is kept for whoever decides."""

import pytest
from django.utils import timezone

from chat.models import Evidence, Message
from chat.services.messages import delete_message
from chat.tests.factories import make_talk, make_user, say
from fitfoodie.moderation.services.report import Complaint, file_report
from fitfoodie.moderation.targets import KINDS
from meals.tests.factories import make_moderator

pytestmark = pytest.mark.django_db
TARGET = KINDS["message"]


@pytest.fixture
def rude():
    maya, leo = make_user("maya"), make_user("leo")
    return say(make_talk(maya, leo), leo, "Rude words", at=timezone.now())


def report(message, reporter, category="harassment"):
    complaint = Complaint(category=category, note="Look at it.")
    return file_report(
        reporter=reporter, target=TARGET, row=message, complaint=complaint, address="192.0.2.1", now=timezone.now()
    )


def test_the_two_find_it_and_nobody_else(rude):
    maya = rude.conversation.low if rude.sender_id != rude.conversation.low_id else rude.conversation.high
    assert TARGET.find(maya, "public_id", rude.public_id) == rude
    assert list(TARGET.rows(maya, [rude.pk])) == [rude]
    assert (TARGET.title(rude), TARGET.owner_of(rude).handle) == ("Rude words", "leo")
    assert TARGET.address(rude) == f"/chat/{rude.conversation.public_id}/#message-{rude.public_id}"
    with pytest.raises(Message.DoesNotExist):
        TARGET.find(make_user("eve"), "public_id", rude.public_id)


def test_a_report_keeps_what_was_said(rude):
    maya = rude.conversation.members.exclude(user=rude.sender).get().user
    report(rude, maya)
    delete_message(message_id=rude.pk, sender=rude.sender, now=timezone.now())
    assert [line["text"] for line in Evidence.objects.get(message=rude).lines] == ["Rude words"]
    assert TARGET.unseen(rude.pk) is None


def test_moderators_take_it_down(rude):
    TARGET.take_down(rude.pk, make_moderator("mod"), "Insult", timezone.now())
    assert Message.objects.get().deleted_by == "staff"
