from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from chat.enums import Standing
from chat.errors import NotCloseError
from chat.models import ChatSettings, Conversation, Member
from chat.selectors.inbox import conversation_of, row_of, unread_in, unread_total
from chat.services.conversations import mark_read, open_conversation, set_receipts
from chat.services.messages import delete_message
from chat.tests.factories import NOW, befriend, make_match, make_talk, make_user, say
from fitfoodie.common.errors import DomainError, NotAllowedError
from matching.models import Match
from matching.services.matches import unmatch
from social.models import Connection
from social.services.block import block_person, unblock_person
from social.services.connection import leave_connection


def opened(person, other):
    return open_conversation(person=person, other_id=other.pk, now=NOW)


def standing(talk, viewer):
    return row_of(conversation_of(viewer, talk.public_id), viewer).standing


def test_a_match_opens_one_conversation_whoever_begins(maya, leo, said):
    make_match(maya, leo)
    first, is_new = opened(maya, leo)
    assert is_new
    assert opened(leo, maya) == (first, False)
    assert {each.user for each in first.members.all()} == {maya, leo}
    assert said() == [
        ("chat.conversation.opened", {"conversation_id": first.pk, "low_id": maya.pk, "high_id": leo.pk}),
    ]


def test_friends_may_open_one(maya, eve):
    befriend(maya, eve)
    assert opened(eve, maya)[1]


@pytest.mark.parametrize("state", ["nothing", "requested", "ended"])
def test_people_who_are_not_close_may_not(maya, leo, state):
    if state == "requested":
        befriend(maya, leo)
        Connection.objects.update(state="requested", accepted_at=None)
    if state == "ended":
        unmatch(user=leo, match_id=make_match(maya, leo).pk, now=NOW)
    with pytest.raises(NotCloseError) as refusal:
        opened(maya, leo)
    assert refusal.value.code == "not_close"
    assert not Conversation.objects.exists()


def test_nobody_writes_to_themselves(maya):
    with pytest.raises(DomainError) as refusal:
        opened(maya, maya)
    assert refusal.value.code == "oneself"


def test_an_unconfirmed_address_opens_nothing(maya, leo):
    make_match(maya, leo)
    EmailAddress.objects.filter(user=maya).update(verified=False)
    with pytest.raises(NotAllowedError) as refusal:
        opened(maya, leo)
    assert refusal.value.code == "email_unverified"


@pytest.mark.parametrize("how", ["blocks", "is_blocked", "suspended", "leaving"])
def test_who_is_not_there_cannot_be_written_to(maya, leo, how):
    make_match(maya, leo)
    befall(how, maya, leo)
    with pytest.raises(User.DoesNotExist):
        opened(maya, leo)


def befall(how, me, other):
    if how == "blocks":
        block_person(blocker=me, person_id=other.pk, now=NOW)
    elif how == "is_blocked":
        block_person(blocker=other, person_id=me.pk, now=NOW)
    else:
        changes = {"suspended": {"is_active": False}, "leaving": {"deletion_requested_at": NOW}}[how]
        User.objects.filter(pk=other.pk).update(**changes)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("blocks", Standing.CLOSED),
        ("is_blocked", Standing.CLOSED),
        ("suspended", Standing.UNAVAILABLE),
        ("leaving", Standing.DELETED),
    ],
)
def test_standing_tells_no_more_than_it_must(maya, leo, talk, how, expected):
    assert standing(talk, maya) == Standing.OPEN
    befall(how, maya, leo)
    assert standing(talk, maya) == expected


def test_unmatching_closes_it_for_both_unless_they_are_friends(maya, leo, talk):
    unmatch(user=leo, match_id=Match.objects.get().pk, now=NOW)
    assert (standing(talk, maya), standing(talk, leo)) == (Standing.CLOSED, Standing.CLOSED)
    befriend(maya, leo)
    assert standing(talk, maya) == Standing.OPEN
    leave_connection(person=leo, other_id=maya.pk)
    assert standing(talk, maya) == Standing.CLOSED


def test_a_lifted_block_does_not_bring_back_what_it_ended(maya, leo, talk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        block_person(blocker=maya, person_id=leo.pk, now=NOW)
    unblock_person(blocker=maya, person_id=leo.pk)
    assert standing(talk, leo) == Standing.CLOSED


def read(talk, person, seq, at=NOW):
    return mark_read(conversation_id=talk.pk, user=person, seq=seq, now=at).read_seq


def test_the_pointer_only_moves_forward_and_not_past_the_end(maya, leo, talk):
    for text in ("one", "two", "three"):
        say(talk, leo, text)
    later = NOW + timedelta(minutes=1)
    assert read(talk, maya, 2) == 2
    assert read(talk, maya, 1, later) == 2
    assert read(talk, maya, 99, later) == 3
    member = Member.objects.get(conversation=talk, user=maya)
    assert (member.read_seq, member.read_at) == (3, later)
    assert Member.objects.get(conversation=talk, user=leo).read_seq == 0


def test_a_stranger_has_no_pointer(eve, talk):
    with pytest.raises(Member.DoesNotExist):
        read(talk, eve, 1)


def test_unread_is_behind_the_pointer_of_others_and_not_taken_away(maya, leo, talk):
    say(talk, leo, "read")
    read(talk, maya, 1)
    say(talk, leo, "waits")
    say(talk, maya, "mine")
    gone = say(talk, leo, "gone")
    delete_message(message_id=gone.pk, sender=leo, now=NOW)
    other = make_talk(maya, make_user("noor"))
    say(other, User.objects.get(handle="noor"), "hi")
    assert unread_in(maya, [talk.pk, other.pk]) == {talk.pk: 1, other.pk: 1}
    assert (unread_total(maya), unread_total(leo)) == (2, 1)


def test_receipts_are_shown_when_both_show_them(maya, leo, talk):
    say(talk, maya)
    read(talk, leo, 1)

    def seen(viewer):
        return row_of(conversation_of(viewer, talk.public_id), viewer).seen_seq

    assert (seen(maya), seen(leo)) == (1, 0)
    assert set_receipts(person=leo, shows_receipts=False)
    assert not set_receipts(person=leo, shows_receipts=False)
    assert (seen(maya), seen(leo)) == (None, None)
    assert set_receipts(person=leo, shows_receipts=True)
    assert seen(maya) == 1
    block_person(blocker=leo, person_id=maya.pk, now=NOW)
    assert (seen(maya), seen(leo)) == (None, None)
    assert ChatSettings.objects.count() == 1


def test_setting_the_default_changes_nothing(maya):
    assert not set_receipts(person=maya, shows_receipts=True)


def test_strangers_do_not_find_it(eve, talk):
    with pytest.raises(Conversation.DoesNotExist):
        conversation_of(eve, talk.public_id)
