"""What was open between two people ends when they part, and of that nobody is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from classes.enums import HandOnState, OutingState
from classes.models import Outing, SeatHandOn, Session
from classes.services.hand_on import hand_on
from classes.services.outings import answer_outing, propose_outing
from classes.services.parting import part_company
from classes.services.rsvps import join_session
from classes.tasks import part_company_of
from classes.tests.factories import make_session, make_user
from fitfoodie.events.models import Event
from fitfoodie.notifications.models import Notification
from social.models import Block
from social.services.block import block_person
from social.services.connection import accept_connection, end_connection, request_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def session(now):
    return make_session(capacity=5, starts_at=now + timedelta(days=2))


@pytest.fixture
def crew(now):
    ada, ben, cleo = (make_user(name) for name in ("ada", "ben", "cleo"))
    for friend in (ben, cleo):
        request_connection(asker=ada, person_id=friend.pk, now=now)
        accept_connection(person=friend, asker_id=ada.pk, now=now)
    return ada, ben, cleo


def ask(session, proposer, *others, now):
    return propose_outing(proposer=proposer, session_id=session.pk, user_ids=[other.pk for other in others], now=now)


def state_of(outing) -> str:
    return Outing.objects.across_chains().get(pk=outing.pk).state


def told_of_the_end() -> list[str]:
    return sorted(Notification.objects.filter(kind="classes.outing_ended").values_list("user__handle", flat=True))


@pytest.mark.parametrize("blocker", [0, 1])
def test_a_block_takes_back_what_is_open_and_tells_neither(
    session, crew, now, blocker, django_capture_on_commit_callbacks
):
    ada, ben, _cleo = crew
    outing = ask(session, ada, ben, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        block_person(blocker=crew[blocker], person_id=crew[1 - blocker].pk, now=now)
    assert state_of(outing) == OutingState.WITHDRAWN
    assert Event.objects.get(name="classes.outing.ended").data == {
        "outing_id": outing.pk,
        "session_id": session.pk,
        "proposer_id": ada.pk,
        "user_ids": [ada.pk, ben.pk],
        "state": "withdrawn",
        "untold_ids": [ada.pk, ben.pk],
    }
    assert told_of_the_end() == []


def test_the_third_of_a_crew_is_told(session, crew, now, django_capture_on_commit_callbacks):
    ada, ben, cleo = crew
    ask(session, ada, ben, cleo, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        block_person(blocker=ben, person_id=ada.pk, now=now)
    assert told_of_the_end() == ["cleo"]


def test_two_who_were_asked_by_a_third_may_part(session, crew, now):
    ada, ben, cleo = crew
    outing = ask(session, ada, ben, cleo, now=now)
    block_person(blocker=ben, person_id=cleo.pk, now=now)
    assert part_company(one_id=ben.pk, other_id=cleo.pk, now=now) == 0
    assert state_of(outing) == OutingState.PROPOSED


def test_no_friends_any_more(session, crew, now, django_capture_on_commit_callbacks):
    ada, ben, _cleo = crew
    outing = ask(session, ada, ben, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        end_connection(person=ben, other_id=ada.pk)
    assert state_of(outing) == OutingState.WITHDRAWN


def test_two_who_may_still_ask_each_other_keep_what_is_open(session, crew, now):
    ada, ben, _cleo = crew
    outing = ask(session, ada, ben, now=now)
    assert part_company(one_id=ada.pk, other_id=ben.pk, now=now) == 0
    assert state_of(outing) == OutingState.PROPOSED


def test_before_the_task_has_run_a_yes_books_nobody(session, crew, now):
    ada, ben, cleo = crew
    outing = ask(session, ada, ben, cleo, now=now)
    answer_outing(user=ben, outing_id=outing.pk, is_yes=True, now=now)
    Block.objects.create(blocker=ada, blocked=ben, blocked_at=now)
    assert answer_outing(user=cleo, outing_id=outing.pk, is_yes=True, now=now).state == OutingState.WITHDRAWN
    assert Session.everything.get(pk=session.pk).confirmed == 0
    assert Event.objects.get(name="classes.outing.ended").data["untold_ids"] == [ada.pk, ben.pk]


def test_an_outing_of_somebody_who_is_gone_books_nobody(session, crew, now):
    ada, ben, _cleo = crew
    outing = ask(session, ada, ben, now=now)
    Outing.objects.across_chains().filter(pk=outing.pk).update(proposer=None)
    assert answer_outing(user=ben, outing_id=outing.pk, is_yes=True, now=now).state == OutingState.WITHDRAWN


def test_what_is_booked_stays(session, crew, now):
    ada, ben, _cleo = crew
    outing = ask(session, ada, ben, now=now)
    answer_outing(user=ben, outing_id=outing.pk, is_yes=True, now=now)
    block_person(blocker=ben, person_id=ada.pk, now=now)
    assert part_company(one_id=ada.pk, other_id=ben.pk, now=now) == 0
    assert (state_of(outing), Session.everything.get(pk=session.pk).confirmed) == (OutingState.BOOKED, 2)


def test_a_seat_offered_to_a_friend_is_kept(session, crew, now):
    ada, ben, _cleo = crew
    join_session(user=ada, session_id=session.pk, now=now)
    hand_on(giver=ada, session_id=session.pk, friend_id=ben.pk, now=now)
    block_person(blocker=ben, person_id=ada.pk, now=now)
    assert part_company(one_id=ben.pk, other_id=ada.pk, now=now) == 1
    assert part_company(one_id=ben.pk, other_id=ada.pk, now=now) == 0
    assert SeatHandOn.objects.across_chains().get().state == HandOnState.WITHDRAWN


def test_people_and_facts_that_are_gone(crew, now):
    assert part_company(one_id=0, other_id=crew[0].pk, now=now) == 0
    assert part_company_of(event_id=0) == 0
