from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from chat import rules
from chat.errors import TooLateError, TooManyMessagesError, UndeliverableError
from chat.models import Conversation, Message
from chat.services.evidence import keep_evidence
from chat.services.messages import delete_message, edit_message, remove_message, send_message
from chat.tests.factories import NOW, say
from chat.validators import MAX_MESSAGE
from fitfoodie.common.errors import DomainError, NotAllowedError
from meals.tests.factories import make_moderator
from social.services.block import block_person, unblock_person

LATER = NOW + timedelta(minutes=5)


def send(talk, sender, text="Hello", client_id=None, at=NOW):
    return send_message(conversation_id=talk.pk, sender=sender, client_id=client_id or uuid4(), text=text, now=at)


def test_messages_are_numbered_in_the_conversation(maya, leo, talk, said):
    sent = [send(talk, person)[0] for person in (maya, leo, maya)]
    assert [message.seq for message in sent] == [1, 2, 3]
    talk.refresh_from_db()
    assert (talk.last_seq, talk.revision, talk.last_message_at) == (3, 3, NOW)
    assert said()[-1] == (
        "chat.message.sent",
        {"conversation_id": talk.pk, "message_id": sent[2].pk, "seq": 3, "sender_id": maya.pk},
    )


def test_sending_again_is_the_same_message(maya, talk, said):
    key = uuid4()
    first, is_new = send(talk, maya, "Once", key)
    again = [send(talk, maya, "Once", key, LATER) for _ in range(10)]
    assert is_new
    assert again == [(first, False)] * 10
    assert Message.objects.count() == 1
    assert len([name for name, _data in said() if name == "chat.message.sent"]) == 1


def test_the_id_of_a_client_is_that_of_one_sender(maya, leo, talk):
    key = uuid4()
    assert send(talk, maya, "Mine", key)[0].seq == 1
    assert send(talk, leo, "Yours", key)[0].seq == 2


def test_what_was_stored_before_a_block_is_acknowledged_after_it(maya, leo, talk):
    key = uuid4()
    sent = send(talk, maya, "Before", key)[0]
    block_person(blocker=leo, person_id=maya.pk, now=NOW)
    assert send(talk, maya, "Before", key) == (sent, False)


@pytest.mark.parametrize("how", ["blocks", "is_blocked", "suspended", "leaving"])
def test_nothing_new_is_delivered_when_the_two_cannot_talk(maya, leo, talk, how):
    say(talk, leo, "Earlier")
    if how == "blocks":
        block_person(blocker=maya, person_id=leo.pk, now=NOW)
    elif how == "is_blocked":
        block_person(blocker=leo, person_id=maya.pk, now=NOW)
    else:
        changes = {"suspended": {"is_active": False}, "leaving": {"deletion_requested_at": NOW}}[how]
        User.objects.filter(pk=leo.pk).update(**changes)
    with pytest.raises(UndeliverableError) as refusal:
        send(talk, maya)
    assert (refusal.value.code, refusal.value.message) == ("undeliverable", "This message can’t be delivered.")
    assert [message.text for message in Message.objects.all()] == ["Earlier"]


def test_an_unblock_does_not_deliver_what_was_refused(maya, leo, talk):
    block_person(blocker=leo, person_id=maya.pk, now=NOW)
    with pytest.raises(UndeliverableError):
        send(talk, maya, "Refused")
    unblock_person(blocker=leo, person_id=maya.pk)
    assert not Message.objects.exists()


def test_who_was_suspended_meanwhile_says_nothing(maya, talk):
    User.objects.filter(pk=maya.pk).update(is_active=False)
    with pytest.raises(NotAllowedError):
        send(talk, maya)


def test_an_unconfirmed_address_says_nothing(maya, talk):
    EmailAddress.objects.filter(user=maya).update(verified=False)
    with pytest.raises(NotAllowedError) as refusal:
        send(talk, maya)
    assert refusal.value.code == "email_unverified"


def test_strangers_find_nothing_to_write_in(eve, talk):
    with pytest.raises(Conversation.DoesNotExist):
        send(talk, eve)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "required"), (" \n\t ", "required"), ("\x00", "required"), ("x" * (MAX_MESSAGE + 1), "too_long")],
)
def test_odd_texts_are_refused(maya, talk, text, code):
    with pytest.raises(DomainError) as refusal:
        send(talk, maya, text)
    assert (refusal.value.code, refusal.value.field) == (code, "text")
    talk.refresh_from_db()
    assert talk.last_seq == 0


def test_words_are_kept_as_they_are_but_for_controls(maya, talk):
    assert send(talk, maya, "  a\r\nb\u202e\n\n\n\n\n\nc \x00")[0].text == "a\nb\n\n\nc"


def test_a_flood_is_stopped_for_a_minute(maya, talk, monkeypatch):
    monkeypatch.setattr(rules, "MESSAGES_PER_MINUTE", 2)
    send(talk, maya)
    send(talk, maya)
    with pytest.raises(TooManyMessagesError) as refusal:
        send(talk, maya)
    assert refusal.value.status == 429
    assert send(talk, maya, at=NOW + timedelta(minutes=1))[0].seq == 3


def test_a_change_is_marked_and_what_it_said_is_kept(maya, talk, said):
    message = say(talk, maya, "Tuesday?")
    changed = edit_message(message_id=message.pk, sender=maya, text="Thursday?", now=LATER)
    assert (changed.text, changed.edited_at) == ("Thursday?", LATER)
    assert [(each.text, each.replaced_at) for each in message.versions.all()] == [("Tuesday?", LATER)]
    assert said()[-1] == (
        "chat.message.edited",
        {"conversation_id": talk.pk, "message_id": message.pk, "seq": 1},
    )
    talk.refresh_from_db()
    assert talk.revision == 2


def test_saying_the_same_is_no_change(maya, talk, said):
    message = say(talk, maya, "Tuesday?")
    assert edit_message(message_id=message.pk, sender=maya, text=" Tuesday? ", now=LATER).edited_at is None
    assert [name for name, _data in said()] == ["chat.conversation.opened", "chat.message.sent"]


def test_a_message_is_changed_within_a_day(maya, talk):
    message = say(talk, maya)
    day = timedelta(hours=24)
    edit_message(message_id=message.pk, sender=maya, text="In time", now=NOW + day - timedelta(seconds=1))
    with pytest.raises(TooLateError) as refusal:
        edit_message(message_id=message.pk, sender=maya, text="Too late", now=NOW + day)
    assert (refusal.value.status, refusal.value.code) == (409, "too_late")


def test_what_was_taken_back_is_not_changed(maya, talk):
    message = say(talk, maya)
    delete_message(message_id=message.pk, sender=maya, now=NOW)
    with pytest.raises(TooLateError):
        edit_message(message_id=message.pk, sender=maya, text="Back", now=NOW)


def test_nothing_new_comes_in_by_a_change(maya, leo, talk):
    message = say(talk, maya)
    block_person(blocker=leo, person_id=maya.pk, now=NOW)
    with pytest.raises(UndeliverableError):
        edit_message(message_id=message.pk, sender=maya, text="And one more thing", now=NOW)


def test_only_its_sender_touches_a_message(maya, leo, eve, talk):
    message = say(talk, maya)
    for refused in (
        lambda: edit_message(message_id=message.pk, sender=leo, text="x", now=NOW),
        lambda: delete_message(message_id=message.pk, sender=leo, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            refused()
    for hidden in (
        lambda: edit_message(message_id=message.pk, sender=eve, text="x", now=NOW),
        lambda: delete_message(message_id=message.pk, sender=eve, now=NOW),
    ):
        with pytest.raises(Message.DoesNotExist):
            hidden()


def test_taking_back_leaves_the_place_without_words(maya, leo, talk, said):
    message = say(talk, maya, "Oops")
    edit_message(message_id=message.pk, sender=maya, text="Oops!", now=NOW)
    block_person(blocker=leo, person_id=maya.pk, now=NOW)  # taking back is always possible
    assert delete_message(message_id=message.pk, sender=maya, now=LATER)
    assert not delete_message(message_id=message.pk, sender=maya, now=LATER)
    message.refresh_from_db()
    assert (message.seq, message.text, message.deleted_at, message.deleted_by) == (1, "", LATER, "sender")
    assert not message.versions.exists()
    assert said()[-1] == (
        "chat.message.deleted",
        {"conversation_id": talk.pk, "message_id": message.pk, "seq": 1, "by": "sender", "reason": ""},
    )


def test_a_number_is_not_given_twice(maya, talk):
    message = say(talk, maya)
    delete_message(message_id=message.pk, sender=maya, now=NOW)
    assert say(talk, maya).seq == 2


def test_of_a_reported_message_moderators_keep_what_it_said(maya, leo, talk):
    message = say(talk, maya, "First")
    keep_evidence(message_id=message.pk, now=NOW)
    edit_message(message_id=message.pk, sender=maya, text="Second", now=NOW)
    delete_message(message_id=message.pk, sender=maya, now=LATER)
    assert [each.text for each in message.versions.order_by("pk")] == ["First", "Second"]


def test_staff_remove_with_a_reason(maya, leo, talk, said):
    message, mod = say(talk, maya, "Rude"), make_moderator("mod")
    with pytest.raises(NotAllowedError):
        remove_message(message_id=message.pk, actor=leo, reason="x", now=NOW)
    with pytest.raises(DomainError):
        remove_message(message_id=message.pk, actor=mod, reason=" ", now=NOW)
    with pytest.raises(DomainError):
        remove_message(message_id=message.pk, actor=mod, reason="x" * 501, now=NOW)
    assert remove_message(message_id=message.pk, actor=mod, reason="Insult", now=LATER)
    assert not remove_message(message_id=message.pk, actor=mod, reason="Insult", now=LATER)
    message.refresh_from_db()
    assert (message.text, message.deleted_by) == ("", "staff")
    assert said()[-1][1] == {
        "conversation_id": talk.pk,
        "message_id": message.pk,
        "seq": 1,
        "by": "staff",
        "reason": "Insult",
    }
