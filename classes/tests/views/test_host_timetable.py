import re
from datetime import timedelta

import pytest

from classes.enums import StaffRole
from classes.models import Series, Session
from classes.services.rsvps import join_session
from classes.services.series import create_series
from classes.services.session_rows import wall_of
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

pytestmark = pytest.mark.django_db
HERE = "/host/limmat-movement/timetable/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def studio():
    return make_studio(make_chain())


@pytest.fixture
def room(studio):
    return make_room(studio)


@pytest.fixture
def kind(studio):
    return make_class_type(studio.chain)


@pytest.fixture
def host(studio):
    person = make_user("hanna")
    make_staff(studio.chain, person, StaffRole.MANAGER)
    return person


@pytest.fixture
def desk(client, host):
    client.force_login(host)
    return client


@pytest.fixture
def filled(studio, room, kind, host):
    """What the form is sent with: Tuesday at six."""
    about = {"class_type": kind.pk, "studio": studio.pk, "room": room.pk, "instructor": host.pk}
    return about | {"day": "2026-06-16", "time": "18:00", "minutes": "", "capacity": "", "title": ""}


@pytest.fixture
def weekly(filled):
    return filled | {"weekdays": [1, 3], "every_weeks": 1, "ends": "count", "until": "", "count": 4}


def series_of(studio, room, kind, host):
    return create_series(
        actor=host,
        class_type=kind,
        studio=studio,
        room=room,
        instructor=host,
        rule="FREQ=WEEKLY;BYDAY=WE;COUNT=3",
        starts_local=wall_of(make_session(studio, starts_at=NOW + timedelta(days=2))),
        minutes=60,
        capacity=10,
        now=NOW,
    )


def edit(session, **changes):
    """The form of the page as it stands, with changes."""
    day, time = session.starts_local.split("T")
    usual = {
        "title": session.title,
        "day": day,
        "time": time,
        "minutes": 60,
        "capacity": session.capacity,
        "room": session.room_id or "",
        "instructor": session.instructor_id or "",
        "level": session.level,
        "equipment": "",
        "online_url": "",
        "version": session.version,
    }
    return usual | changes


def page(desk, session, tail=""):
    return desk.get(f"{HERE}{session.public_id}/{tail}").content.decode()


@pytest.mark.parametrize("path", [HERE, f"{HERE}new/", f"{HERE}series/new/"])
def test_the_inside_is_for_those_who_work_there(client, studio, path):
    assert client.get(path).status_code == 302
    client.force_login(make_user("mia"))
    assert client.get(path).status_code == 404


def test_the_front_desk_sees_the_week_and_puts_nothing_on_it(client, studio):
    desk = make_user("dora")
    make_staff(studio.chain, desk, StaffRole.DESK)
    client.force_login(desk)
    assert "New class" not in client.get(HERE).content.decode()
    assert client.get(f"{HERE}new/").status_code == 404


@pytest.mark.parametrize(("by", "line"), [("room", "Hall 1"), ("instructor", "Hanna")])
def test_the_week_by_room_or_instructor(desk, studio, room, host, by, line):
    make_session(studio, room=room, instructor=host, title="Boxing")
    make_session(studio, title="Outside", cancelled_at=NOW, status="cancelled", starts_at=NOW + timedelta(days=6))
    make_session(studio, title="Next week", starts_at=NOW + timedelta(days=7))
    html = desk.get(f"{HERE}?by={by}&week=2026-06-17").content.decode()
    assert f'<th scope="row">{line}</th>' in html
    assert "Boxing" in html
    assert "Outside" in html
    assert "Next week" not in html
    assert "15 Jun – 21 Jun 2026" in html


@pytest.mark.parametrize(("zone", "clocks"), [("Europe/Zurich", []), ("America/New_York", ["02:00 for you"])])
def test_both_clocks_are_shown_to_who_lives_by_another(desk, studio, host, zone, clocks):
    make_session(studio)
    host.preferences.time_zone = zone
    host.preferences.save()
    html = desk.get(HERE).content.decode()
    assert "08:00–09:00" in html
    assert sorted(set(re.findall(r"\d+:\d+ for you", html))) == clocks


@pytest.mark.parametrize("week", ["", "nonsense", "0001-01-01"])
def test_a_week_that_is_none_is_this_week(desk, studio, week):
    assert "15 Jun – 21 Jun 2026" in desk.get(f"{HERE}?week={week}").content.decode()


def test_without_a_studio_the_way_to_one(desk, studio):
    type(studio).objects.in_chain(studio.chain).update(is_active=False)
    assert "No studio yet" in desk.get(HERE).content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_queries_do_not_grow_with_the_classes(desk, studio, host, more, django_assert_max_num_queries):
    for number in range(more):
        at = NOW + timedelta(days=2, hours=2 * number)
        room = make_room(studio, f"Hall {number}")
        make_session(studio, starts_at=at, room=room, instructor=host if number else None)
    with django_assert_max_num_queries(16):
        desk.get(HERE)


def test_a_new_class_stands_on_the_week_it_is_in(desk, filled):
    answer = desk.post(f"{HERE}new/", filled)
    assert answer.url == f"{HERE}?studio=limmat-hall&week=2026-06-15"
    assert Session.objects.across_chains().get().starts_local == "2026-06-16T18:00"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": "2026-06-01"}, "This time is past"),
        ({"capacity": 21}, "Hall 1 holds 20 people"),
        ({"class_type": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(desk, filled, changes, said):
    html = desk.post(f"{HERE}new/", filled | changes).content.decode()
    assert said in html
    assert 'value="18:00"' in html


def test_a_clash_names_what_is_in_the_way(desk, filled):
    desk.post(f"{HERE}new/", filled)
    assert "Hall 1 is taken: Gentle Yoga" in desk.post(f"{HERE}new/", filled).content.decode()


def test_a_preview_shows_dates_and_makes_nothing(desk, weekly, studio, room):
    make_session(studio, room=room, starts_at=NOW + timedelta(days=3, hours=10), title="Boxing")
    html = desk.post(f"{HERE}series/new/", weekly | {"preview": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert "Every Tuesday and Thursday, 4 times" in html
    assert "1 date is taken" in html
    assert "Boxing" in html
    assert not Series.objects.across_chains().exists()
    assert "1 date is taken" in desk.post(f"{HERE}series/new/", weekly | {"preview": "1"}).content.decode()


def test_a_preview_of_half_a_form_says_what_is_missing(desk, weekly):
    del weekly["weekdays"]
    html = desk.post(f"{HERE}series/new/", weekly | {"preview": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "On: This field is required" in html


def test_a_series_is_put_on_the_timetable(desk, weekly):
    answer = desk.post(f"{HERE}series/new/", weekly)
    assert answer.url == f"{HERE}?studio=limmat-hall&week=2026-06-15"
    series = Series.objects.across_chains().get()
    assert (series.rule, series.sessions.count()) == ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", 4)


def test_taken_dates_are_left_out_when_the_host_says_so(desk, weekly, studio, room):
    make_session(studio, room=room, starts_at=NOW + timedelta(days=3, hours=10))
    assert "is taken" in desk.post(f"{HERE}series/new/", weekly).content.decode()
    desk.post(f"{HERE}series/new/", weekly | {"skips_clashes": "on"})
    assert Series.objects.across_chains().get().sessions.count() == 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends": "until"}, "Which day is the last?"),
        ({"ends": "count", "count": ""}, "How many times?"),
        ({"ends": "until", "until": "2026-06-01"}, "makes no class at all"),
        ({"count": 401}, "less than or equal to 400"),
    ],
)
@pytest.mark.parametrize("preview", [{}, {"preview": "1"}])
def test_a_rule_that_makes_no_sense_is_said_in_words(desk, weekly, changes, said, preview):
    assert said in desk.post(f"{HERE}series/new/", weekly | changes | preview).content.decode()


def test_a_class_is_moved_by_its_form(desk, studio, room, host):
    session = make_session(studio, room=room, instructor=host)
    desk.post(f"{HERE}{session.public_id}/", edit(session, time="09:30", capacity=5))
    session.refresh_from_db()
    assert (session.starts_local, session.capacity, session.moved_at) == ("2026-06-17T09:30", 5, NOW)
    assert "What do you want to change?" not in page(desk, session)


def test_how_far_a_change_goes_is_asked(desk, studio, room, kind, host):
    series = series_of(studio, room, kind, host)
    second = series.sessions.order_by("starts_at")[1]
    html = page(desk, second)
    assert "Every Wednesday, 3 times" in html
    assert "What do you want to change?" in html
    desk.post(f"{HERE}{second.public_id}/", edit(second, time="19:00", scope="following", weekdays=[2]))
    starts = Session.objects.in_chain(studio.chain).filter(series__isnull=False).order_by("starts_at")
    assert [one.starts_local[11:] for one in starts] == ["08:00", "19:00", "19:00"]
    assert Series.objects.across_chains().count() == 2


def test_other_days_for_all_keep_the_end(desk, studio, room, kind, host):
    series = series_of(studio, room, kind, host)
    first = series.sessions.order_by("starts_at")[0]
    desk.post(f"{HERE}{first.public_id}/", edit(first, scope="all", weekdays=[3]))
    series.refresh_from_db()
    assert series.rule == "FREQ=WEEKLY;BYDAY=TH;UNTIL=20260708"
    assert [one.starts_local[5:10] for one in series.sessions.order_by("starts_at")] == ["06-18", "06-25", "07-02"]


def test_over_by_is_said_to_the_host(desk, studio):
    session = make_session(studio, capacity=2)
    for name in ("ada", "ben"):
        join_session(user=make_user(name), session_id=session.pk, now=NOW)
    session.refresh_from_db()
    answer = desk.post(f"{HERE}{session.public_id}/", edit(session, capacity=1), follow=True)
    assert "Over by 1: nobody is sent away" in answer.content.decode()


def test_nobody_overwrites_what_somebody_just_changed(desk, studio):
    session = make_session(studio)
    html = desk.post(f"{HERE}{session.public_id}/", edit(session, version=7, title="Mine")).content.decode()
    assert "Somebody changed this class in the meantime" in html


def test_a_class_in_the_way_is_named_on_the_form(desk, studio, room):
    session = make_session(studio, room=room)
    make_session(studio, room=room, starts_at=session.starts_at + timedelta(hours=2), title="Boxing")
    html = desk.post(f"{HERE}{session.public_id}/", edit(session, time="10:30")).content.decode()
    assert "Boxing" in html
    html = desk.post(f"{HERE}{session.public_id}/", edit(session, day="2026-06-01")).content.decode()
    assert "This time is past" in html


def test_cancelling_shows_the_message_and_wants_a_reason(desk, studio):
    session = make_session(studio)
    join_session(user=make_user("mia"), session_id=session.pk, now=NOW)
    assert "1 person has a seat" in page(desk, session, "cancel")
    assert "This field is required" in desk.post(f"{HERE}{session.public_id}/cancel", {"reason": ""}).content.decode()
    desk.post(f"{HERE}{session.public_id}/cancel", {"reason": "Burst pipe"})
    assert "Cancelled: Burst pipe" in page(desk, session)


def test_what_has_begun_shows_no_form(desk, studio):
    session = make_session(studio, starts_at=NOW - timedelta(hours=1))
    assert "What was, stays" in page(desk, session)
    answer = desk.post(f"{HERE}{session.public_id}/cancel", {"reason": "Late"})
    assert "has begun" in answer.content.decode()


def test_a_class_of_another_chain_and_of_others_is_not_there(desk, client, studio):
    other = make_session(make_studio(make_chain("Other")))
    assert desk.get(f"{HERE}{other.public_id}/").status_code == 404
    own = make_session(studio)
    dora = make_user("dora")
    make_staff(studio.chain, dora, StaffRole.DESK)
    client.force_login(dora)
    assert client.get(f"{HERE}{own.public_id}/").status_code == 404
    assert client.post(f"{HERE}{own.public_id}/cancel", {"reason": "x"}).status_code == 404


def test_an_instructor_finds_the_own_week(client, studio, room):
    tom = make_user("tom")
    make_staff(studio.chain, tom, StaffRole.INSTRUCTOR)
    make_session(studio, room=room, instructor=tom, title="Boxing", confirmed=3)
    make_session(studio, title="Somebody else’s", starts_at=NOW + timedelta(days=1))
    assert client.get("/teach/").status_code == 302
    client.force_login(tom)
    html = client.get("/teach/").content.decode()
    assert "Boxing" in html
    assert "3 of 12" in html
    assert "Somebody else" not in html


def test_who_teaches_nowhere_is_told_how(client):
    client.force_login(make_user("mia"))
    assert "Whoever runs a studio" in client.get("/teach/").content.decode()
