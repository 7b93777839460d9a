"""A match may be asked along to a class, and is known in it afterwards; parting ends what is open (MAT-7, W5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from classes.enums import OutingState, RsvpStatus
from classes.models import Outing, Rsvp
from classes.selectors.partners import partners_in
from classes.services.outings import answer_outing, propose_outing
from classes.tests.factories import make_rsvp, make_session
from fitfoodie.notifications.models import Notification
from matching.models import Match
from matching.selectors.company import companion
from matching.services.matches import unmatch
from matching.tasks import part_company_of
from matching.tests.factories import make_user
from social.services.block import block_person
from social.services.connection import accept_connection, request_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def maya():
    return make_user("maya")


@pytest.fixture
def leo():
    return make_user("leo")


@pytest.fixture
def match(maya, leo, now):
    return Match.objects.create(low=maya, high=leo, matched_at=now)


@pytest.fixture
def session(now):
    return make_session(capacity=2, starts_at=now + timedelta(days=2))


def ask(session, proposer, other, now):
    return propose_outing(proposer=proposer, session_id=session.pk, user_ids=[other.pk], now=now)


def state_of(outing):
    return Outing.objects.across_chains().get(pk=outing.pk).state


@pytest.mark.parametrize("asks", [0, 1])
def test_a_match_can_be_asked_and_both_are_in(session, match, maya, leo, now, asks):
    proposer, other = (maya, leo) if asks == 0 else (leo, maya)
    outing = ask(session, proposer, other, now)
    assert not Rsvp.objects.across_chains().exists()
    assert answer_outing(user=other, outing_id=outing.pk, is_yes=True, now=now).state == OutingState.BOOKED
    seats = Rsvp.objects.across_chains().values_list("user", "status")
    assert dict(seats) == {maya.pk: RsvpStatus.CONFIRMED, leo.pk: RsvpStatus.CONFIRMED}


def test_one_seat_for_two_is_none(session, match, maya, leo, now):
    outing = ask(session, maya, leo, now)
    make_rsvp(session, make_user("faster"))
    assert answer_outing(user=leo, outing_id=outing.pk, is_yes=True, now=now).state == OutingState.FAILED
    assert not Rsvp.objects.across_chains().filter(user__in=[maya, leo]).exists()


def test_strangers_and_former_matches_cannot_be_asked(session, match, maya, leo, now):
    with pytest.raises(User.DoesNotExist):
        ask(session, maya, make_user("stranger"), now)
    unmatch(user=leo, match_id=match.pk, now=now)
    with pytest.raises(User.DoesNotExist):
        ask(session, maya, leo, now)
    assert companion(maya, "leo") is None


def test_ending_the_match_takes_back_what_is_open_in_silence(
    session, match, maya, leo, now, django_capture_on_commit_callbacks
):
    outing = ask(session, maya, leo, now)
    with django_capture_on_commit_callbacks(execute=True):
        unmatch(user=leo, match_id=match.pk, now=now)
    assert state_of(outing) == OutingState.WITHDRAWN
    assert not Notification.objects.filter(kind="classes.outing_ended").exists()


def test_a_block_takes_back_what_is_open(session, match, maya, leo, now, django_capture_on_commit_callbacks):
    outing = ask(session, maya, leo, now)
    with django_capture_on_commit_callbacks(execute=True):
        block_person(blocker=leo, person_id=maya.pk, now=now)
    assert state_of(outing) == OutingState.WITHDRAWN


def test_a_yes_after_the_match_ended_books_nobody(session, match, maya, leo, now):
    outing = ask(session, maya, leo, now)
    unmatch(user=maya, match_id=match.pk, now=now)
    assert answer_outing(user=leo, outing_id=outing.pk, is_yes=True, now=now).state == OutingState.WITHDRAWN
    assert not Rsvp.objects.across_chains().exists()


def test_friends_who_end_a_match_keep_what_is_open(session, match, maya, leo, now, django_capture_on_commit_callbacks):
    request_connection(asker=maya, person_id=leo.pk, now=now)
    accept_connection(person=leo, asker_id=maya.pk, now=now)
    outing = ask(session, maya, leo, now)
    with django_capture_on_commit_callbacks(execute=True):
        unmatch(user=leo, match_id=match.pk, now=now)
    assert state_of(outing) == OutingState.PROPOSED
    assert companion(maya, "leo") == leo


def test_a_fact_that_is_gone_parts_nobody():
    assert part_company_of(event_id=0) is None


def test_a_match_is_known_in_a_class_until_it_ends(session, match, maya, leo, now):
    for each in (maya, leo):
        make_rsvp(session, each, RsvpStatus.ATTENDED)
    assert partners_in(session.pk, maya) == [leo]
    assert partners_in(session.pk, leo) == [maya]
    unmatch(user=leo, match_id=match.pk, now=now)
    assert partners_in(session.pk, maya) == []
