"""My seat for a friend, and nobody overtaken."""

from datetime import timedelta

import pytest

from accounts.models import User
from classes.enums import RsvpStatus as S
from classes.errors import BookingClosedError, ClashError, OfferExpiredError
from classes.models import SeatHandOn, Session
from classes.services.hand_on import answer_hand_on, expire_hand_ons, hand_on, withdraw_hand_on
from classes.services.rsvps import join_session, leave_session
from classes.tests.factories import NOW, make_session, make_user
from fitfoodie.common.errors import ConflictError
from fitfoodie.events.models import Event
from social.services.block import block_person
from social.services.connection import accept_connection, request_connection

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def befriend(one, other):
    request_connection(asker=one, person_id=other.pk, now=NOW)
    accept_connection(person=other, asker_id=one.pk, now=NOW)


@pytest.fixture
def session():
    return make_session(capacity=1)


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def ben(ada):
    ben = make_user("ben")
    befriend(ada, ben)
    return ben


@pytest.fixture
def asked(session, ada, ben):
    join_session(user=ada, session_id=session.pk, now=NOW)
    join_session(user=make_user("waits"), session_id=session.pk, now=NOW)
    return hand_on(giver=ada, session_id=session.pk, friend_id=ben.pk, now=NOW)


def answer(asked, *, is_yes=True, now=NOW + HOUR):
    return answer_hand_on(friend=asked.friend, hand_on_id=asked.pk, is_yes=is_yes, now=now)


def test_friend_takes_the_seat_and_nobody_waiting_is_passed(session, ada, ben, asked):
    assert session.rsvps.get(user=ada).status == S.CONFIRMED
    assert answer(asked).state == "taken"
    mine, theirs = session.rsvps.get(user=ada), session.rsvps.get(user=ben)
    assert (mine.status, theirs.status, theirs.handed_on_by) == (S.CANCELLED, S.CONFIRMED, ada)
    row = Session.everything.get(pk=session.pk)
    assert (row.confirmed, row.reserved, row.waitlisted) == (1, 0, 1)
    fact = Event.objects.get(name="classes.rsvp.handed_on")
    assert (fact.data["user_id"], fact.data["from_user_id"]) == (ben.pk, ada.pk)
    assert answer(asked).state == "taken"


def test_friend_in_line_takes_it_with_their_own_row(session, ada, ben):
    join_session(user=ada, session_id=session.pk, now=NOW)
    join_session(user=make_user("waits"), session_id=session.pk, now=NOW)
    join_session(user=ben, session_id=session.pk, now=NOW)
    asked = hand_on(giver=ada, session_id=session.pk, friend_id=ben.pk, now=NOW)
    answer(asked)
    assert [row.status for row in session.rsvps.filter(user=ben)] == [S.CONFIRMED]


def test_no_thank_you(session, ada, asked):
    assert answer(asked, is_yes=False).state == "declined"
    assert session.rsvps.get(user=ada).status == S.CONFIRMED
    with pytest.raises(OfferExpiredError):
        answer(asked)


def test_asking_the_same_friend_twice_is_asking_once_and_another_takes_it_back(session, ada, ben, asked):
    assert hand_on(giver=ada, session_id=session.pk, friend_id=ben.pk, now=NOW) == asked
    cleo = make_user("cleo")
    befriend(cleo, ada)
    hand_on(giver=ada, session_id=session.pk, friend_id=cleo.pk, now=NOW)
    assert [row.state for row in SeatHandOn.everything.order_by("id")] == ["withdrawn", "open"]


def test_taken_back(session, ada, asked):
    assert withdraw_hand_on(giver=ada, session_id=session.pk, now=NOW)
    assert not withdraw_hand_on(giver=ada, session_id=session.pk, now=NOW)
    with pytest.raises(OfferExpiredError):
        answer(asked)


def test_seat_that_went_cannot_be_taken(session, ada, asked):
    leave_session(user=ada, session_id=session.pk, now=NOW)
    with pytest.raises(OfferExpiredError):
        answer(asked)


def test_time_is_over(asked):
    with pytest.raises(OfferExpiredError):
        answer(asked, now=NOW + timedelta(hours=24))
    assert expire_hand_ons(now=NOW + timedelta(hours=24)) == 1
    asked.refresh_from_db()
    assert asked.state == "expired"


def test_strangers_and_blocked_people_are_not_there(session, ada, ben, asked):
    stranger = make_user("stranger")
    with pytest.raises(User.DoesNotExist):
        hand_on(giver=ada, session_id=session.pk, friend_id=stranger.pk, now=NOW)
    with pytest.raises(SeatHandOn.DoesNotExist):
        answer_hand_on(friend=stranger, hand_on_id=asked.pk, is_yes=True, now=NOW)
    block_person(blocker=ben, person_id=ada.pk, now=NOW)
    with pytest.raises(OfferExpiredError):
        answer(asked)


def test_friend_who_has_a_seat_needs_none():
    session, ada, ben = make_session(capacity=2), make_user("ada"), make_user("ben")
    befriend(ada, ben)
    for user in (ada, ben):
        join_session(user=user, session_id=session.pk, now=NOW)
    with pytest.raises(ConflictError) as refusal:
        hand_on(giver=ada, session_id=session.pk, friend_id=ben.pk, now=NOW)
    assert refusal.value.code == "already_in"


def test_who_waits_has_nothing_to_give(session, ada, ben):
    join_session(user=make_user("sits"), session_id=session.pk, now=NOW)
    join_session(user=ada, session_id=session.pk, now=NOW)
    with pytest.raises(ConflictError) as refusal:
        hand_on(giver=ada, session_id=session.pk, friend_id=ben.pk, now=NOW)
    assert refusal.value.code == "no_seat"


def test_seat_with_a_price_is_not_handed_on(session, ada, ben):
    rsvp = join_session(user=ada, session_id=session.pk, now=NOW)
    rsvp.price = 12
    rsvp.save()
    with pytest.raises(ConflictError) as refusal:
        hand_on(giver=ada, session_id=session.pk, friend_id=ben.pk, now=NOW)
    assert refusal.value.code == "not_free"


def test_class_that_has_begun(session, ada, ben, asked):
    with pytest.raises(BookingClosedError):
        hand_on(giver=ada, session_id=session.pk, friend_id=ben.pk, now=session.starts_at)


def test_friend_with_another_class_at_that_time(session, ben, asked):
    other = make_session(session.studio, starts_at=session.starts_at)
    join_session(user=ben, session_id=other.pk, now=NOW)
    with pytest.raises(ClashError):
        answer(asked)
