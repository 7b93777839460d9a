"""All of them, or none (W5)."""

from datetime import timedelta

import pytest
from django.db.models import Q

from accounts.models import User
from classes import invitations
from classes.enums import RsvpStatus as S
from classes.errors import BookingClosedError, NoSeatsTogetherError, OfferExpiredError
from classes.models import Outing, Session
from classes.services.outings import (
    answer_outing,
    book_together,
    expire_outings,
    propose_outing,
    withdraw_outing,
)
from classes.services.rsvps import join_session
from classes.tests.factories import NOW, make_session, make_user
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event
from social.services.connection import accept_connection, request_connection

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def befriend(one, other):
    request_connection(asker=one, person_id=other.pk, now=NOW)
    accept_connection(person=other, asker_id=one.pk, now=NOW)


@pytest.fixture
def crew():
    ada, ben, cleo = (make_user(name) for name in ("ada", "ben", "cleo"))
    befriend(ada, ben)
    befriend(ada, cleo)
    return ada, ben, cleo


@pytest.fixture
def session():
    return make_session(capacity=3)


@pytest.fixture
def outing(session, crew):
    ada, ben, cleo = crew
    return propose_outing(proposer=ada, session_id=session.pk, user_ids=[ben.pk, cleo.pk], note=" Coffee? ", now=NOW)


def say(user, outing, *, is_yes=True, now=NOW + HOUR):
    return answer_outing(user=user, outing_id=outing.pk, is_yes=is_yes, now=now)


def confirmed(session) -> int:
    return Session.everything.get(pk=session.pk).confirmed


def ended() -> list[str]:
    return [fact.data["state"] for fact in Event.objects.filter(name="classes.outing.ended")]


def test_nothing_is_reserved_until_all_said_yes_then_all_are_in(session, crew, outing):
    _ada, ben, cleo = crew
    assert (outing.note, confirmed(session)) == ("Coffee?", 0)
    assert say(ben, outing).state == "proposed"
    assert confirmed(session) == 0
    assert say(cleo, outing).state == "booked"
    assert {row.user: (row.status, row.outing) for row in session.rsvps.all()} == dict.fromkeys(
        crew, (S.CONFIRMED, outing)
    )
    fact = Event.objects.get(name="classes.outing.booked")
    assert fact.data["user_ids"] == [person.pk for person in crew]
    assert say(cleo, outing).state == "booked"


def test_one_no_is_a_no(crew, outing, session):
    _ada, ben, cleo = crew
    say(ben, outing)
    assert say(cleo, outing, is_yes=False).state == "declined"
    assert (confirmed(session), ended()) == (0, ["declined"])
    with pytest.raises(OfferExpiredError):
        say(cleo, outing)


def test_too_few_seats_and_nobody_is_booked(session, crew, outing):
    join_session(user=make_user("faster"), session_id=session.pk, now=NOW)
    _ada, ben, cleo = crew
    say(ben, outing)
    assert say(cleo, outing).state == "failed"
    assert (confirmed(session), ended()) == (1, ["failed"])


def test_one_of_them_elsewhere_and_nobody_is_booked(session, crew, outing):
    _ada, ben, cleo = crew
    other = make_session(session.studio, starts_at=session.starts_at)
    join_session(user=cleo, session_id=other.pk, now=NOW)
    with pytest.raises(NoSeatsTogetherError) as refusal:
        book_together(session=session, users=crew, now=NOW)
    assert other.title not in refusal.value.message.replace("another class", "")
    say(ben, outing)
    assert say(cleo, outing).state == "failed"
    assert confirmed(session) == 0


def test_who_has_a_seat_keeps_it(session, crew):
    ada, *_rest = crew
    own = join_session(user=ada, session_id=session.pk, now=NOW)
    rows = book_together(session=session, users=crew, now=NOW)
    assert (rows[0], confirmed(session)) == (own, 3)


def test_line_is_not_jumped(session, crew):
    full = make_session(session.studio, capacity=1, starts_at=session.ends_at)
    for name in ("sits", "waits"):
        join_session(user=make_user(name), session_id=full.pk, now=NOW)
    with pytest.raises(NoSeatsTogetherError):
        book_together(session=full, users=crew[:1], now=NOW)


def test_shut_accounts_and_closed_booking(session, crew):
    with pytest.raises(BookingClosedError):
        book_together(session=session, users=crew, now=session.starts_at)
    User.objects.filter(pk=crew[1].pk).update(is_active=False)
    with pytest.raises(NotAllowedError):
        book_together(session=session, users=crew, now=NOW)


def test_only_friends_and_those_another_app_vouches_for(session, crew, monkeypatch):
    ada, *_rest = crew
    match, stranger = make_user("match"), make_user("stranger")
    with pytest.raises(User.DoesNotExist):
        propose_outing(proposer=ada, session_id=session.pk, user_ids=[stranger.pk], now=NOW)
    monkeypatch.setattr(invitations, "_ways", [])
    invitations.register(lambda person: Q(pk=match.pk))
    outing = propose_outing(proposer=ada, session_id=session.pk, user_ids=[match.pk], now=NOW)
    assert set(outing.members.values_list("user", flat=True)) == {ada.pk, match.pk}


def test_one_to_five_people(session, crew):
    ada, *_rest = crew
    for ids in ([], [ada.pk], range(1000, 1006)):
        with pytest.raises(DomainError) as refusal:
            propose_outing(proposer=ada, session_id=session.pk, user_ids=list(ids), now=NOW)
        assert refusal.value.code == "outing_size"


def test_one_open_outing_for_a_class(session, crew, outing):
    ada, ben, _cleo = crew
    with pytest.raises(ConflictError) as refusal:
        propose_outing(proposer=ada, session_id=session.pk, user_ids=[ben.pk], now=NOW)
    assert refusal.value.code == "outing_open"
    assert withdraw_outing(proposer=ada, outing_id=outing.pk, now=NOW).state == "withdrawn"
    assert withdraw_outing(proposer=ada, outing_id=outing.pk, now=NOW).state == "withdrawn"
    propose_outing(proposer=ada, session_id=session.pk, user_ids=[ben.pk], now=NOW)


def test_time_counts_and_strangers_were_not_asked(crew, outing):
    _ada, ben, _cleo = crew
    with pytest.raises(Outing.DoesNotExist):
        say(make_user("stranger"), outing)
    with pytest.raises(OfferExpiredError):
        say(ben, outing, now=outing.expires_at)
    assert expire_outings(now=outing.expires_at) == 1
    assert ended() == ["expired"]
