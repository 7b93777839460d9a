from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from classes.events.schedule import SessionCancelled
from classes.events.seats import RsvpConfirmed, RsvpOffered
from classes.tests.factories import NOW, make_session
from fitfoodie.events import registry
from fitfoodie.events.models import Event
from fitfoodie.events.services import record
from fitfoodie.notifications.kinds import all_kinds, kinds_of
from fitfoodie.notifications.kinds.base import Kind, register
from fitfoodie.notifications.models import Notification
from fitfoodie.notifications.selectors.messages import lines_of
from fitfoodie.notifications.services.mail import mail_notification
from fitfoodie.notifications.services.tell import tell_people
from fitfoodie.notifications.tasks import tell
from matching.events import ActionMade, MatchMade
from social.events.graph import ConnectionRequested, FollowAccepted
from social.models import Block
from social.services.block import block_person


def fact_of(payload, subject):
    return record(payload, actor=None, subject=subject)


def about(session, user, **more):
    return {"rsvp_id": 1, "session_id": session.pk, "chain_id": session.chain_id, "user_id": user.pk, **more}


def told_of(event):
    tell_people(event=event, now=NOW)
    return {(note.user.handle, note.kind) for note in Notification.objects.select_related("user")}


def test_both_hear_of_a_match_once_however_often_it_is_told(ada, ben):
    fact = fact_of(MatchMade(match_id=1, low_id=ada.pk, high_id=ben.pk), ada)
    for _again in range(3):
        tell(event_id=fact.pk)
    assert told_of(fact) == {("ada", "matching.matched"), ("ben", "matching.matched")}
    assert Notification.objects.count() == 2


def test_an_event_that_is_gone_is_told_to_nobody(db):
    tell(event_id=4711)
    assert Notification.objects.count() == 0


@pytest.mark.parametrize(("verb", "told"), [("like", set()), ("pass", set()), ("super_like", {"ben"})])
def test_a_plain_like_is_told_to_nobody(ada, ben, verb, told):
    fact = fact_of(ActionMade(action_id=1, actor_id=ada.pk, target_id=ben.pk, verb=verb), ada)
    assert {handle for handle, _kind in told_of(fact)} == told


@pytest.mark.parametrize(("was_requested", "told"), [(True, "ada"), (False, "ben")])
def test_a_follow_is_news_for_the_one_who_did_not_do_it(ada, ben, was_requested, told):
    fact = fact_of(FollowAccepted(follower_id=ada.pk, followee_id=ben.pk, was_requested=was_requested), ada)
    assert {handle for handle, _kind in told_of(fact)} == {told}


@pytest.mark.parametrize("blocker", ["ada", "ben"])
def test_nobody_hears_from_whom_they_blocked_or_who_blocked_them(ada, ben, blocker):
    one, other = (ada, ben) if blocker == "ada" else (ben, ada)
    Block.objects.create(blocker=one, blocked=other, blocked_at=NOW)
    assert told_of(fact_of(ConnectionRequested(asker_id=ben.pk, asked_id=ada.pk), ben)) == set()


@pytest.mark.parametrize("gone", [{"is_active": False}, {"deletion_requested_at": NOW}])
def test_who_is_not_there_is_not_told(ada, ben, gone):
    type(ada).objects.filter(pk=ada.pk).update(**gone)
    assert told_of(fact_of(ConnectionRequested(asker_id=ben.pk, asked_id=ada.pk), ben)) == set()


def test_a_seat_one_took_oneself_is_no_news_one_from_the_line_is(ada):
    session = make_session()
    own = fact_of(RsvpConfirmed(**about(session, ada)), session)
    assert told_of(own) == set()
    assert told_of(fact_of(RsvpConfirmed(**about(session, ada, was_promoted=True)), session)) == {
        ("ada", "classes.promoted")
    }


def test_everybody_of_a_cancelled_class_gets_a_mail_once(ada, ben, django_capture_on_commit_callbacks):
    session = make_session(title="Slow Flow")
    fact = SessionCancelled(
        session_id=session.pk, chain_id=session.chain_id, reason="The boiler is broken.", user_ids=[ada.pk, ben.pk]
    )
    with django_capture_on_commit_callbacks(execute=True):
        event = fact_of(fact, session)
    tell(event_id=event.pk)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([ada.email, ben.email])
    assert mail.outbox[0].subject.startswith("Cancelled: Slow Flow")
    assert "The boiler is broken." in mail.outbox[0].body
    assert session.get_absolute_url() in mail.outbox[0].body


def test_a_mail_speaks_the_language_of_the_person(ada):
    ada.preferences.language = "de"
    ada.preferences.save()
    session = make_session()
    fact = fact_of(RsvpOffered(**about(session, ada), reserved_until=NOW.isoformat()), session)
    [note] = tell_people(event=fact, now=NOW)
    assert mail_notification(notification_id=note, now=NOW)
    assert not mail_notification(notification_id=note, now=NOW)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("gone", [{"is_active": False}, {"deletion_requested_at": NOW}])
def test_no_mail_to_who_left_in_between(ada, gone):
    session = make_session()
    [note] = tell_people(event=fact_of(RsvpOffered(**about(session, ada)), session), now=NOW)
    type(ada).objects.filter(pk=ada.pk).update(**gone)
    assert not mail_notification(notification_id=note, now=NOW)
    assert not mail_notification(notification_id=note + 1, now=NOW)
    assert mail.outbox == []


def test_no_mail_about_what_is_gone(ada):
    session = make_session()
    [note] = tell_people(event=fact_of(RsvpOffered(**about(session, ada)), session), now=NOW)
    session.delete()
    assert not mail_notification(notification_id=note, now=NOW)


def test_a_block_takes_what_was_not_read_from_each_other(ada, ben, told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        block_person(blocker=ada, person_id=ben.pk, now=timezone.now())
    assert Notification.objects.count() == 0


def test_what_is_gone_is_told_in_neutral_words(ada, ben, told):
    Block.objects.create(blocker=ben, blocked=ada, blocked_at=NOW)
    [line] = lines_of([told], ada)
    assert (line.message.text, line.message.address) == ("This is not available any more.", "/notifications/")


def test_a_kind_of_another_time_does_no_harm(ada, told):
    told.kind = "classes.of_old"
    [line] = lines_of([told], ada)
    assert (line.kind, line.icon) == (None, "bell")


def test_a_kind_is_registered_once():
    first = all_kinds()[0]
    with pytest.raises(ValueError, match="twice"):
        register(first)


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_every_kind_says_why_and_comes_from_a_fact_that_exists(kind: Kind):
    assert registry.type_named(kind.event)
    assert kind in kinds_of(kind.event)
    assert str(kind.label)
    assert str(kind.why)


def test_words_ask_a_fixed_number_of_questions(ada, ben, django_assert_num_queries):
    def notes(count):
        for number in range(count):
            session = make_session(studio, starts_at=NOW + timedelta(days=number + 1))
            tell_people(event=fact_of(RsvpOffered(**about(session, ada, rsvp_id=0)), session), now=NOW)
        found = list(Notification.objects.select_related("event"))
        Notification.objects.all().delete()
        return found

    studio = make_session().studio
    for count in (1, 3):
        given = notes(count)
        with django_assert_num_queries(1):
            assert len([line for line in lines_of(given, ada) if line.kind]) == count
    assert Event.objects.count() == 4
