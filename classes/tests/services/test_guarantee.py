from datetime import timedelta

import pytest

from classes.models import Session
from classes.services.deciding import decide_sessions
from classes.services.guarantee import note_guarantee
from classes.services.policy import policy_for
from classes.services.rsvps import join_session, leave_session
from classes.tests.factories import NOW, make_chain, make_class_type, make_session, make_studio, make_user
from fitfoodie.common.errors import ConflictError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """Takes place from two people, decided four hours before; closes a day before, sure ones an hour before."""
    rules = {"booking_closes_minutes": 1440, "guaranteed_closes_minutes": 60}
    studio = make_studio(make_chain(min_participants=5, **rules))
    return make_session(studio, class_type=make_class_type(studio.chain, min_participants=2))


def join(session, name, now=NOW):
    person = make_user(name)
    join_session(user=person, session_id=session.pk, now=now)
    return person


def test_the_last_one_needed_makes_it_sure(session):
    join(session, "ada")
    session.refresh_from_db()
    assert session.guaranteed_at is None
    ben = join(session, "ben")
    session.refresh_from_db()
    assert session.guaranteed_at == NOW
    event = Event.objects.get(name="classes.session.guaranteed")
    assert event.data == {"session_id": session.pk, "chain_id": session.chain_id}
    leave_session(user=ben, session_id=session.pk, now=NOW)
    session.refresh_from_db()
    assert session.guaranteed_at == NOW
    assert not note_guarantee(session=session, policy=policy_for(session), now=NOW)


def test_a_sure_class_can_be_joined_later_than_another(session):
    join(session, "ada")
    late = session.starts_at - timedelta(hours=2)
    with pytest.raises(ConflictError):
        join(session, "cleo", late)
    join(session, "ben")
    join(session, "dan", late)


def test_too_few_at_the_hour_of_decision_are_told_that_it_does_not_take_place(session):
    ada = join(session, "ada")
    hour = session.starts_at - timedelta(hours=4)
    assert decide_sessions(now=hour - timedelta(seconds=1)) == 0
    assert [decide_sessions(now=hour) for _ in range(2)] == [1, 0]
    session.refresh_from_db()
    assert session.cancel_reason == "Fewer than 2 people had booked, so this class does not take place."
    event = Event.objects.get(name="classes.session.cancelled")
    assert (event.actor, event.data["user_ids"]) == (None, [ada.pk])


def test_enough_are_enough_even_when_nobody_noticed(session):
    for name in ("ada", "ben"):
        join(session, name)
    Session.objects.across_chains().update(guaranteed_at=None)
    assert decide_sessions(now=session.starts_at - timedelta(hours=1)) == 0
    session.refresh_from_db()
    assert session.guaranteed_at is not None


def test_after_an_outage_what_has_begun_is_left_alone(session):
    assert decide_sessions(now=session.starts_at) == 0


def test_without_a_minimum_nothing_is_decided():
    session = make_session()
    assert decide_sessions(now=session.starts_at - timedelta(minutes=1)) == 0
    join(session, "ada")
    session.refresh_from_db()
    assert session.guaranteed_at is None
