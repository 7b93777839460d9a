# ruff: noqa: DTZ001  wall time has no zone
from datetime import date, datetime, timedelta

import pytest

from classes.enums import StaffRole
from classes.errors import ClashError
from classes.models import Series, Session
from classes.recurrence import RuleError
from classes.services.series import create_series, horizon, make_sessions, preview
from classes.services.sessions import cancel_session
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
def usual(studio):
    host, teacher = make_user("hanna"), make_user("tom")
    make_staff(studio.chain, host, StaffRole.MANAGER)
    make_staff(studio.chain, teacher, StaffRole.INSTRUCTOR, studio)
    return {
        "actor": host,
        "class_type": make_class_type(studio.chain),
        "studio": studio,
        "room": make_room(studio),
        "instructor": teacher,
        "rule": "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6",
        "starts_local": datetime(2026, 6, 16, 18, 0),
        "minutes": 60,
        "capacity": 10,
        "now": NOW,
    }


def days(series):
    return [f"{day:%d.%m.}" for day in series.sessions.order_by("starts_at").values_list("series_day", flat=True)]


def test_a_series_puts_its_classes_on_the_timetable(usual):
    series = create_series(**usual)
    assert days(series) == ["17.06.", "22.06.", "24.06.", "29.06.", "01.07.", "06.07."]
    assert series.starts_local == "2026-06-17T18:00"
    session = series.sessions.first()
    assert (session.title, session.capacity, session.starts_local) == ("Gentle Yoga", 10, "2026-06-17T18:00")
    event = Event.objects.get(name="classes.series.created")
    assert event.data == {"series_id": series.pk, "chain_id": series.chain_id, "sessions": 6, "reason": ""}
    scheduled = Event.objects.filter(name="classes.session.scheduled")
    assert {event.data["series_id"] for event in scheduled} == {series.pk}
    assert scheduled.count() == 6


def test_its_classes_may_say_something_else_than_their_type(usual):
    series = create_series(**usual, about={"title": "Yoga at sunset", "level": "beginner"})
    assert set(series.sessions.values_list("title", "level")) == {("Yoga at sunset", "beginner")}


def test_the_weeks_ahead_are_made_and_the_task_goes_on(usual, settings):
    settings.CLASS_WEEKS_AHEAD = 2
    series = create_series(**usual | {"rule": "FREQ=WEEKLY;BYDAY=WE"})
    assert days(series) == ["17.06.", "24.06."]
    later = NOW + timedelta(weeks=1)
    assert [make_sessions(until=horizon(later), now=later) for _ in range(2)] == [1, 0]
    assert days(series) == ["17.06.", "24.06.", "01.07."]
    assert [make_sessions(until=horizon(later), now=later) for _ in range(2)] == [0, 0]


def test_a_cancelled_occurrence_does_not_come_back(usual):
    series = create_series(**usual)
    first = series.sessions.order_by("starts_at").first()
    cancel_session(actor=usual["actor"], session_id=first.pk, reason="Holiday", now=NOW)
    Series.objects.across_chains().update(made_until=None)
    assert make_sessions(until=horizon(NOW), now=NOW) == 0


def test_what_is_past_is_not_made_up_for(usual):
    series = create_series(**usual)
    Session.objects.across_chains().delete()
    Series.objects.across_chains().update(made_until=None)
    late = datetime.fromisoformat("2026-06-29T16:00:00+00:00")
    assert make_sessions(until=horizon(late), now=late) == 2
    assert days(series) == ["01.07.", "06.07."]


def test_nothing_is_made_from_where_it_ended(usual):
    series = create_series(**usual)
    Session.objects.across_chains().delete()
    Series.objects.across_chains().update(made_until=None, ended_on=date(2026, 6, 24))
    assert make_sessions(until=horizon(NOW), now=NOW) == 2
    assert days(series) == ["17.06.", "22.06."]


@pytest.mark.parametrize("row", ["chain", "studio", "class_type"])
def test_what_is_closed_makes_no_classes(usual, row):
    create_series(**usual)
    Session.objects.across_chains().delete()
    Series.objects.across_chains().update(made_until=None)
    closed = usual["studio"].chain if row == "chain" else usual[row]
    closed.is_active = False
    closed.save()
    assert make_sessions(until=horizon(NOW), now=NOW) == 0


def test_who_lost_the_role_gives_no_more_classes(usual):
    series = create_series(**usual)
    Session.objects.across_chains().delete()
    Series.objects.across_chains().update(made_until=None)
    usual["instructor"].chain_roles.update(is_active=False)
    make_sessions(until=horizon(NOW), now=NOW)
    assert set(series.sessions.values_list("instructor", flat=True)) == {None}


def test_a_taken_date_is_named_or_left_out(usual, studio):
    busy = make_session(
        studio, room=usual["room"], starts_at=datetime.fromisoformat("2026-06-24T16:30:00+00:00"), title="Boxing"
    )
    with pytest.raises(ClashError, match="Boxing, Wednesday 24 June") as clash:
        create_series(**usual)
    assert clash.value.other == busy
    assert "24.06." not in days(create_series(**usual, skips_clashes=True))


def test_the_preview_shows_the_dates_and_what_is_in_the_way(usual, studio):
    make_session(studio, room=usual["room"], starts_at=datetime.fromisoformat("2026-06-24T16:30:00+00:00"))
    columns = {name: value for name, value in usual.items() if name not in {"actor", "now", "starts_local"}}
    series = Series(chain=studio.chain, time_zone=studio.time_zone, starts_local="2026-06-17T18:00", **columns)
    shown = [(f"{one.day:%d.%m.}", clash.field if clash else "") for one, clash in preview(series, now=NOW)]
    assert shown[:4] == [("17.06.", ""), ("22.06.", ""), ("24.06.", "room"), ("29.06.", "")]
    assert not Series.objects.across_chains().exists()


@pytest.mark.parametrize(
    ("rule", "said"),
    [("FREQ=HOURLY", "once a day"), ("FREQ=DAILY;UNTIL=20280101", "more than 400"), ("FREQ=WEEKLY;COUNT=0", "between")],
)
def test_a_rule_that_nobody_can_mean_is_refused_at_its_field(usual, rule, said):
    with pytest.raises(RuleError, match=said) as refused:
        create_series(**usual | {"rule": rule})
    assert refused.value.field == "rule"


@pytest.mark.parametrize(("changes", "field"), [({"capacity": 21}, "capacity"), ({"minutes": 1}, "minutes")])
def test_what_cannot_be_is_refused_at_its_field(usual, changes, field):
    with pytest.raises(DomainError) as refused:
        create_series(**usual | changes)
    assert refused.value.field == field


def test_a_member_makes_no_series(usual):
    with pytest.raises(NotAllowedError):
        create_series(**usual | {"actor": make_user("mia")})
