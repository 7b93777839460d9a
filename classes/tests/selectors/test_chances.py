"""What history says, and when it says nothing (W3)."""

from datetime import timedelta

import pytest

from classes.enums import RsvpStatus as S
from classes.models import Rsvp, RsvpMove
from classes.selectors.chances import Hope, chance_of
from classes.tests.factories import NOW, make_session, make_user

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def session():
    return make_session(starts_at=NOW + timedelta(days=2))


def past(session, weeks, *, waited, moved_up, days=0):
    """A class like it, some weeks before, with a line of which the first so many got in."""
    row = make_session(session.studio, starts_at=session.starts_at - weeks * WEEK - timedelta(days=days))
    for number in range(waited):
        is_in = number < moved_up
        rsvp = Rsvp.everything.create(
            chain=row.chain,
            session=row,
            user=make_user(f"w{weeks}_{days}_{number}"),
            status=S.ATTENDED if is_in else S.EXPIRED,
            joined_at=NOW,
            confirmed_at=NOW if is_in else None,
        )
        RsvpMove.objects.create(rsvp=rsvp, to_status=S.WAITLISTED, moved_at=NOW)


def test_too_little_history_says_nothing(session):
    for week in range(1, 5):
        past(session, week, waited=2, moved_up=2)
    chance = chance_of(session, 1)
    assert (chance.hope, chance.share, chance.sessions) == (Hope.UNKNOWN, None, 4)
    assert "too little history" in chance.says


@pytest.mark.parametrize(
    ("position", "hope", "share"), [(1, Hope.LIKELY, 1.0), (2, Hope.POSSIBLE, 0.6), (3, Hope.UNLIKELY, 0.2)]
)
def test_share_of_classes_in_which_that_place_got_in(session, position, hope, share):
    for week, moved_up in enumerate([3, 2, 2, 1, 1], start=1):
        past(session, week, waited=4, moved_up=moved_up)
    chance = chance_of(session, position)
    assert (chance.hope, chance.share) == (hope, share)
    assert str(round(share * 100)) in chance.says


def test_other_days_and_lines_that_were_shorter_tell_nothing(session):
    for week in range(1, 6):
        past(session, week, waited=1, moved_up=1)
        past(session, week, waited=3, moved_up=3, days=1)
    assert chance_of(session, 1).sessions == 5
    assert chance_of(session, 2).sessions == 0


def test_classes_in_which_nobody_waited_tell_nothing(session):
    for week in range(1, 8):
        past(session, week, waited=0, moved_up=0)
    assert chance_of(session, 1).hope is Hope.UNKNOWN
