"""A word among partners: both or none, for the other alone."""

from datetime import timedelta

import pytest

from classes.acquaintances import _sources, register
from classes.enums import OutingState, RatingState, RsvpStatus
from classes.models import Outing, OutingMember
from classes.selectors.partners import partners_in, received_by
from classes.services.peer_reviews import (
    hold_peer_review,
    remove_peer_review,
    show_peer_review,
    write_peer_review,
)
from classes.tests.factories import NOW, make_rsvp, make_session, make_user
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.models import Event
from social.models import Block, Connection

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=3)


@pytest.fixture
def session():
    return make_session()


@pytest.fixture
def ada(session):
    return make_rsvp(session, make_user("ada"), RsvpStatus.ATTENDED).user


@pytest.fixture
def ben(session, ada):
    ben = make_rsvp(session, make_user("ben"), RsvpStatus.ATTENDED).user
    befriend(ada, ben)
    return ben


@pytest.fixture
def moderator():
    person = make_user("moderator")
    person.is_superuser = True
    person.save()
    return person


def befriend(one, other):
    low, high = sorted((one, other), key=lambda person: person.pk)
    Connection.objects.create(low=low, high=high, requested_by=low, state="accepted", requested_at=NOW, accepted_at=NOW)


def write(session, author, subject, tags=("punctual",), text="Good pace", now=AFTER):
    return write_peer_review(author=author, session_id=session.pk, subject_id=subject.pk, tags=tags, text=text, now=now)


def refusal(*args, **kwargs):
    with pytest.raises(DomainError) as caught:
        write(*args, **kwargs)
    return caught.value.code


def test_both_written_both_shown(session, ada, ben):
    first = write(session, ada, ben)
    assert (first.shown_at, list(received_by(ben))) == (None, [])
    later = AFTER + timedelta(hours=1)
    second = write(session, ben, ada, tags=[], text="Thanks", now=later)
    first.refresh_from_db()
    assert (first.shown_at, second.shown_at) == (later, later)
    assert (list(received_by(ben)), list(received_by(ada))) == ([first], [second])
    names = list(Event.objects.filter(name__startswith="classes.peer").order_by("pk").values_list("name", flat=True))
    assert names == ["classes.peer_review.written"] * 2 + ["classes.peer_review.shown"]
    assert Event.objects.get(name="classes.peer_review.shown").data == {
        "session_id": session.pk,
        "user_ids": [ada.pk, ben.pk],
    }
    assert refusal(session, ada, ben) == "already_shown"


def test_changed_until_it_is_shown(session, ada, ben):
    first = write(session, ada, ben)
    again = write(session, ada, ben, tags=["safe"], text="")
    assert (again.pk, again.tags, again.text) == (first.pk, {"safe"}, "")


def test_who_may_write_to_whom(session, ada, ben):
    eve = make_rsvp(session, make_user("eve"), RsvpStatus.ATTENDED).user
    missed = make_rsvp(session, make_user("missed"), RsvpStatus.NO_SHOW).user
    befriend(ada, missed)
    assert [refusal(session, ada, other) for other in (eve, missed, ada, make_user("away"))] == ["not_partners"] * 4
    assert refusal(session, missed, ada) == "not_partners"
    assert partners_in(session.pk, ada) == [ben]
    assert partners_in(session.pk, missed) == []
    assert partners_in(session.pk, eve) == []


def test_known_from_an_outing_or_from_elsewhere(session, ada):
    eve = make_rsvp(session, make_user("eve"), RsvpStatus.ATTENDED).user
    outing = Outing.objects.create(
        chain=session.chain, session=session, state=OutingState.BOOKED, proposed_at=NOW, expires_at=NOW
    )
    for person in (ada, eve):
        OutingMember.objects.create(outing=outing, user=person)
    assert partners_in(session.pk, ada) == [eve]
    zoe = make_rsvp(session, make_user("zoe"), RsvpStatus.ATTENDED).user
    register("test", lambda person, others: others & {zoe.pk})
    try:
        with pytest.raises(ValueError, match="twice"):
            register("test", lambda person, others: set())
        assert partners_in(session.pk, ada) == [eve, zoe]
    finally:
        del _sources["test"]


def test_blocked_and_hidden_people_are_no_partners(session, ada, ben):
    ben.rsvps.update(is_hidden=True)
    assert partners_in(session.pk, ada) == []
    ben.rsvps.update(is_hidden=False)
    Block.objects.create(blocker=ben, blocked=ada, blocked_at=NOW)
    assert partners_in(session.pk, ada) == []
    assert refusal(session, ada, ben) == "not_partners"


def test_what_was_shown_is_hidden_by_a_block(session, ada, ben):
    write(session, ada, ben)
    write(session, ben, ada)
    Block.objects.create(blocker=ben, blocked=ada, blocked_at=NOW)
    assert list(received_by(ada)) == []


def test_within_14_days_with_something_to_say(session, ada, ben):
    assert refusal(session, ada, ben, now=session.ends_at - timedelta(seconds=1)) == "too_late"
    assert refusal(session, ada, ben, now=session.ends_at + timedelta(days=14, seconds=1)) == "too_late"
    assert refusal(session, ada, ben, tags=[], text=" ") == "required"
    assert refusal(session, ada, ben, tags=["rude"]) == "invalid_choice"
    assert refusal(session, ada, ben, text="x" * 1001) == "too_long"


def test_a_number_may_be_given_and_abuse_waits(session, ada, ben, moderator):
    assert write(session, ada, ben, text="Call me: 079 123 45 67").state == RatingState.VISIBLE
    held = write(session, ben, ada, text="You asshole")
    assert (held.state, held.shown_at, list(received_by(ada))) == (RatingState.WAITING, None, [])
    shown = show_peer_review(review_id=held.pk, actor=moderator, reason="A joke among friends", now=AFTER)
    assert (shown.shown_at, list(received_by(ada))) == (AFTER, [held])


def test_reported_is_held_and_taken_down(session, ada, ben, moderator):
    first = write(session, ada, ben)
    write(session, ben, ada)
    assert hold_peer_review(review_id=first.pk, reason="report", now=AFTER)
    assert not hold_peer_review(review_id=first.pk, reason="report", now=AFTER)
    assert list(received_by(ben)) == []
    with pytest.raises(NotAllowedError):
        remove_peer_review(review_id=first.pk, actor=ben, reason="x", now=AFTER)
    assert remove_peer_review(review_id=first.pk, actor=moderator, reason="Hurts", now=AFTER).state == "removed"
    data = Event.objects.filter(name="classes.peer_review.moderated").last().data
    assert data == {
        "review_id": first.pk,
        "session_id": session.pk,
        "author_id": ada.pk,
        "state": "removed",
        "reason": "Hurts",
    }
