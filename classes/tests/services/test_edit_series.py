# ruff: noqa: DTZ001  wall time has no zone
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from classes.enums import StaffRole
from classes.errors import ClashError
from classes.models import Series, Session
from classes.recurrence import RuleError
from classes.services.rsvps import join_session
from classes.services.series import create_series, horizon, make_sessions
from classes.services.series_edits import edit_series
from classes.services.sessions import cancel_session, change_session
from classes.tests.factories import (
    NOW,
    make_chain,
    make_class_type,
    make_room,
    make_session,
    make_staff,
    make_studio,
    make_user,
)
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio():
    return make_studio(make_chain())


@pytest.fixture
def host(studio):
    person = make_user("hanna")
    make_staff(studio.chain, person, StaffRole.MANAGER)
    return person


@pytest.fixture
def series(studio, host):
    """Wednesdays at six, from 17 June: 17, 24, then 1, 8, 15 July."""
    return create_series(
        actor=host,
        class_type=make_class_type(studio.chain),
        studio=studio,
        room=make_room(studio),
        instructor=host,
        rule="FREQ=WEEKLY;BYDAY=WE;COUNT=5",
        starts_local=datetime(2026, 6, 17, 18, 0),
        minutes=60,
        capacity=10,
        now=NOW,
    )


def of_series():
    return Session.objects.across_chains().filter(series__isnull=False)


def nth(number):
    """The session of that place, counted from 0, whatever series it is of by now."""
    return of_series().order_by("series_day")[number]


def starts():
    return [one.starts_local[5:] for one in of_series().order_by("series_day")]


def test_this_one_alone(series, host):
    edit_series(actor=host, session=nth(1), scope="this", changes={"title": "Special", "rule": "FREQ=DAILY"}, now=NOW)
    titles = list(Session.objects.across_chains().order_by("series_day").values_list("title", "is_edited"))
    assert titles == [("Gentle Yoga", False), ("Special", True)] + [("Gentle Yoga", False)] * 3
    assert Series.objects.across_chains().count() == 1


def test_the_following_are_a_series_of_their_own(series, host):
    middle = nth(2)
    changes = {"starts_local": datetime(2026, 7, 1, 19, 0), "title": "Late Yoga", "price": Decimal("12.50")}
    edit_series(actor=host, session=middle, scope="following", changes=changes, now=NOW)
    assert starts() == ["06-17T18:00", "06-24T18:00", "07-01T19:00", "07-08T19:00", "07-15T19:00"]
    old, new = Series.objects.across_chains().order_by("pk")
    assert (old, f"{old.ended_on:%d.%m.}", new.continues) == (series, "01.07.", series)
    assert (new.rule, new.starts_local) == ("FREQ=WEEKLY;BYDAY=WE;COUNT=3", "2026-07-01T19:00")
    assert new.about == {"title": "Late Yoga", "price": "12.50"}
    assert [one.series for one in (nth(1), nth(2), nth(4))] == [old, new, new]
    assert (nth(1).title, nth(2).title, nth(2).price) == ("Gentle Yoga", "Late Yoga", Decimal("12.50"))
    assert nth(2).moved_at == NOW
    assert Event.objects.filter(name="classes.session.moved").count() == 3
    event = Event.objects.get(name="classes.series.split")
    assert event.data == {"series_id": old.pk, "chain_id": old.chain_id, "new_series_id": new.pk}


def test_after_a_split_the_task_makes_nothing_twice(series, host):
    edit_series(actor=host, session=nth(2), scope="following", changes={"title": "Late Yoga"}, now=NOW)
    Series.objects.across_chains().update(made_until=None)
    assert make_sessions(until=horizon(NOW), now=NOW) == 0
    assert Session.objects.across_chains().count() == 5


def test_the_past_stays_as_it_was(series, host):
    later = nth(1).ends_at
    before = list(Session.objects.across_chains().order_by("series_day").values()[:2])
    edit_series(actor=host, session=nth(3), scope="all", changes={"title": "New", "minutes": 90}, now=later)
    assert list(Session.objects.across_chains().order_by("series_day").values()[:2]) == before
    assert [nth(number).title for number in (2, 3, 4)] == ["New"] * 3
    assert nth(2).series.continues == series


def test_all_of_a_series_that_has_not_begun_is_the_series_itself(series, host):
    edit_series(actor=host, session=nth(3), scope="all", changes={"capacity": 5, "instructor": None}, now=NOW)
    assert Series.objects.across_chains().count() == 1
    series.refresh_from_db()
    assert (series.capacity, series.instructor) == (5, None)
    rows = Session.objects.across_chains().values_list("capacity", "ceiling", "instructor", "substitutes")
    assert set(rows) == {(5, 5, None, None)}


def test_what_was_changed_on_one_by_itself_stays(series, host):
    own = {"starts_local": datetime(2026, 7, 2, 7, 0), "title": "Special"}
    change_session(actor=host, session_id=nth(2).pk, changes=own, now=NOW)
    changes = {"starts_local": datetime(2026, 6, 17, 20, 0), "title": "New", "equipment": "Mat", "price": Decimal(5)}
    edit_series(actor=host, session=nth(0), scope="all", changes=changes, now=NOW)
    assert starts() == ["06-17T20:00", "06-24T20:00", "07-02T07:00", "07-08T20:00", "07-15T20:00"]
    # What nobody had changed here follows the series.
    assert (nth(2).title, nth(2).equipment, nth(2).price) == ("Special", "Mat", Decimal(5))


def test_a_cancelled_one_stays_cancelled(series, host):
    cancel_session(actor=host, session_id=nth(3).pk, reason="Holiday", now=NOW)
    edit_series(actor=host, session=nth(1), scope="following", changes={"title": "New"}, now=NOW)
    assert (nth(3).status, nth(3).title) == ("cancelled", "Gentle Yoga")
    assert Session.objects.across_chains().count() == 5


def test_other_days_take_away_what_nobody_booked_and_call_off_the_rest(series, host):
    mia = make_user("mia")
    join_session(user=mia, session_id=nth(2).pk, now=NOW)
    booked = nth(2)
    edit_series(
        actor=host, session=nth(1), scope="following", changes={"rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=3"}, now=NOW
    )
    rows = Session.objects.across_chains().order_by("starts_at")
    assert [(row.starts_local[5:10], row.status) for row in rows] == [
        ("06-17", "scheduled"),
        ("06-25", "scheduled"),
        ("07-01", "cancelled"),
        ("07-02", "scheduled"),
        ("07-09", "scheduled"),
    ]
    booked.refresh_from_db()
    assert booked.cancel_reason == "The timetable has changed."
    assert Event.objects.get(name="classes.session.cancelled").data["user_ids"] == [mia.pk]


def test_one_that_is_in_the_way_stops_it_all(series, host, studio):
    make_session(studio, room=series.room, starts_at=nth(3).starts_at + timedelta(hours=1))
    with pytest.raises(ClashError, match="Wednesday 8 July"):
        edit_series(
            actor=host,
            session=nth(1),
            scope="following",
            changes={"starts_local": datetime(2026, 6, 24, 19, 0)},
            now=NOW,
        )
    assert starts() == ["06-17T18:00", "06-24T18:00", "07-01T18:00", "07-08T18:00", "07-15T18:00"]
    assert Series.objects.across_chains().count() == 1


def test_a_daily_series_moves_through_its_own_old_times(studio, host, series):
    daily = create_series(
        actor=host,
        class_type=series.class_type,
        studio=studio,
        room=make_room(studio, "Hall 2"),
        instructor=None,
        rule="FREQ=DAILY;COUNT=4",
        starts_local=datetime(2026, 6, 16, 0, 0),
        minutes=24 * 60,
        capacity=5,
        now=NOW,
    )
    first = daily.sessions.order_by("starts_at")[0]
    edit_series(actor=host, session=first, scope="all", changes={"starts_local": datetime(2026, 6, 16, 6, 0)}, now=NOW)
    assert set(daily.sessions.values_list("starts_local", flat=True)) == {
        f"2026-06-{day}T06:00" for day in range(16, 20)
    }


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"starts_local": datetime(2026, 6, 25, 18, 0)}, DomainError, "starts_local"),
        ({"rule": "FREQ=HOURLY"}, RuleError, "rule"),
        ({"capacity": 21}, DomainError, "capacity"),
        ({"minutes": 1}, DomainError, "minutes"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(series, host, changes, error, field):
    with pytest.raises(error) as refused:
        edit_series(actor=host, session=nth(1), scope="following", changes=changes, now=NOW)
    assert refused.value.field == field


def test_a_class_without_a_series_is_just_itself(studio, host):
    session = make_session(studio)
    edit_series(actor=host, session=session, scope="all", changes={"title": "New"}, now=NOW)
    session.refresh_from_db()
    assert session.title == "New"


def test_nothing_ahead_is_nothing_to_change(series, host):
    last = nth(4)
    with pytest.raises(DomainError, match="Nothing of this series lies ahead"):
        edit_series(actor=host, session=last, scope="all", changes={"title": "New"}, now=last.ends_at)


def test_a_member_edits_nothing(series):
    with pytest.raises(NotAllowedError):
        edit_series(actor=make_user("mia"), session=nth(1), scope="all", changes={"title": "New"}, now=NOW)
