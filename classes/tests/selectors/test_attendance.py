from datetime import date, timedelta

import pytest

from accounts.tests.factories import UserFactory
from classes.enums import RsvpStatus, StaffRole
from classes.selectors.attendance import (
    attendees_of,
    history_of,
    may_see_attendees,
    roster_lines,
    roster_of,
    totals_of,
    weeks_in_a_row,
)
from classes.tests.factories import NOW, make_chain, make_rsvp, make_session, make_staff, make_user
from social.models import Block

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session()


def seats(session, *names, status=RsvpStatus.CONFIRMED, **fields):
    return [make_rsvp(session, make_user(name), status, confirmed_at=NOW, **fields) for name in names]


def seen(session, viewer):
    return [rsvp.user.handle for rsvp in attendees_of(session, viewer)]


def test_list_is_for_the_hosts_and_the_people_in_it(session, client):
    ada, ben = seats(session, "ada", "ben")
    (waiting,) = seats(session, "wait", status=RsvpStatus.WAITLISTED)
    desk, stranger = make_user("desk"), make_user("stranger")
    make_staff(session.chain, desk, StaffRole.DESK)
    make_staff(make_chain("Other"), stranger, StaffRole.OWNER)
    assert [seen(session, viewer) for viewer in (ada.user, ben.user, desk)] == [["ada", "ben"]] * 3
    assert [seen(session, viewer) for viewer in (waiting.user, stranger)] == [[], []]
    assert not may_see_attendees(stranger, session)


def test_who_hides_is_seen_by_themselves_and_at_the_door(session):
    ada, ben = seats(session, "ada", "ben")
    ben.is_hidden = True
    ben.save()
    assert (seen(session, ada.user), seen(session, ben.user)) == (["ada"], ["ada", "ben"])
    assert [rsvp.user.handle for rsvp in roster_of(session)] == ["ada", "ben"]


def test_blocked_pair_attends_and_sees_each_other_not(session):
    ada, ben, eve = seats(session, "ada", "ben", "eve")
    Block.objects.create(blocker=ada.user, blocked=ben.user, blocked_at=NOW)
    assert seen(session, ada.user) == ["ada", "eve"]
    assert seen(session, ben.user) == ["ben", "eve"]
    assert seen(session, eve.user) == ["ada", "ben", "eve"]
    assert len(roster_of(session)) == 3


def test_suspended_people_are_not_in_the_list(session):
    ada, ben = seats(session, "ada", "ben")
    type(ben.user).objects.filter(pk=ben.user_id).update(is_active=False)
    assert seen(session, ada.user) == ["ada"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_in_a_fixed_number_of_queries(session, count, django_assert_num_queries):
    found = seats(session, *[f"p{number}" for number in range(count)])
    with django_assert_num_queries(1):
        lines = list(roster_lines(roster_of(session), "Europe/Zurich"))
    assert lines[0] == ("P0", "p0", "confirmed", "", "", "2026-06-15 08:00", found[0].public_id)
    with django_assert_num_queries(2):
        assert len(seen(session, found[0].user)) == count


def test_erased_people_come_last_without_a_name(session):
    ada, _ben = seats(session, "zoe", "ben")
    type(ada).objects.across_chains().filter(pk=_ben.pk).update(user=None)
    assert [line[0] for line in roster_lines(roster_of(session), "UTC")] == ["Zoe", "Deleted user"]


def test_history_counts_classes_hours_and_weeks():
    user = UserFactory(handle="ada")
    first = make_session(starts_at=NOW - timedelta(days=7), minutes=90)
    second = make_session(first.studio, starts_at=NOW - timedelta(days=14))
    third = make_session(first.studio, starts_at=NOW - timedelta(days=28))
    coming = make_session(first.studio)
    for session, status in (
        (first, RsvpStatus.ATTENDED),
        (second, RsvpStatus.ATTENDED),
        (third, RsvpStatus.NO_SHOW),
        (coming, RsvpStatus.CONFIRMED),
    ):
        make_rsvp(session, user, status)
    totals = totals_of(user, now=NOW)
    assert (totals.classes, totals.hours, totals.streak_weeks, totals.missed) == (2, 2.5, 2, 1)
    assert [row.session for row in history_of(user).order_by("-starts_at")] == [first, second, third]


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        ([], 0),
        ([date(2026, 6, 15)], 1),
        ([date(2026, 6, 14)], 1),
        ([date(2026, 6, 7)], 0),
        ([date(2026, 6, 21), date(2026, 6, 8), date(2026, 6, 1), date(2026, 5, 17)], 3),
        # Over the turn of a year with 53 weeks.
        ([date(2026, 6, 14), date(2026, 6, 14)], 1),
    ],
)
def test_weeks_in_a_row(days, weeks):
    assert weeks_in_a_row(days, date(2026, 6, 17)) == weeks
