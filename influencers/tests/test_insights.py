"""Numbers computed by hand equal what page, file and API show; fewer than five people are nowhere a number (ANA-4)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from influencers import insight_sources
from influencers.insight_sources import Cell, InsightSource
from influencers.models import ContentDay, ContentView, CreatorPage
from influencers.selectors.insights import is_outlier, last_days, period_before, report, shown
from influencers.services.standing import place_in_directory
from influencers.tests.factories_posts import make_post
from meals.models import Review, SavedMeal
from meals.tests.factories import make_meal, make_user
from social.models import Comment, Follow, Like

NOW = datetime(2026, 5, 28, 12, 0, tzinfo=UTC)
API = "/api/v1/influencers/me/insights"


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def people(db):
    return [make_user(f"reader{number}") for number in range(6)]


def look(row, owner, day, *, reach, views=None, kind="influencers.post"):
    ContentDay.objects.create(
        subject_type=kind, subject_id=row.pk, owner=owner, day=day, views=views or reach, reach=reach
    )


def column(found, name):
    return next(each for each in found.columns if each.name == name)


def read(creator, days=7):
    return report(creator, last_days(days, zone="UTC", now=NOW), now=NOW)


def test_periods_are_whole_days_of_the_reader():
    late = datetime(2026, 5, 28, 23, 30, tzinfo=UTC)
    span = last_days(7, zone="Europe/Berlin", now=late)
    before = period_before(span)
    days = [each.isoformat() for each in (span.first, span.last, before.first, before.last)]
    assert days == ["2026-05-23", "2026-05-29", "2026-05-16", "2026-05-22"]


def test_looks_are_summed_and_held_against_the_period_before(ada):
    post, today = make_post(ada, "Hello", publish=True), NOW.date()
    look(post, ada, today - timedelta(days=1), reach=10, views=14)
    look(post, ada, today - timedelta(days=8), reach=8, views=8)
    for number in range(6):
        ContentView.objects.create(
            subject_type="influencers.post", subject_id=post.pk, owner=ada, day=today, viewer=str(number), views=2
        )
    found = read(ada)
    views, reach = column(found, "views"), column(found, "reach")
    assert (views.total.value, views.before.value, views.change) == (26, 8, Decimal("2.25"))
    assert (reach.total.value, reach.before.value, reach.change) == (16, 8, Decimal("1.00"))
    assert [point.shown.value for point in reach.days] == [0, 0, 0, 0, 0, 10, 6]
    assert {name: cell.value for name, cell in found.items[0].cells.items()}["views"] == 26


def test_what_people_do_is_counted_once_a_person_without_staff_and_oneself(ada, people):
    post, soup = make_post(ada, publish=True), make_meal(ada, publish=True)
    chief = make_user("chief", is_staff=True)
    at = NOW - timedelta(days=1)
    for person in [*people, chief, ada]:
        Like.objects.create(user=person, subject_type="influencers.post", subject_id=post.pk, liked_at=at)
        Comment.objects.create(author=person, subject_type="meals.meal", subject_id=soup.pk, text="Yum", created_at=at)
        SavedMeal.objects.create(user=person, meal=soup)
        if person != ada:
            Review.objects.create(author=person, meal=soup, rating=5)
            Follow.objects.create(follower=person, followee=ada, requested_at=at, accepted_at=at)
    Comment.objects.create(author=people[0], subject_type="meals.meal", subject_id=soup.pk, text="Again", created_at=at)
    totals = {each.name: each.total.value for each in read(ada).columns}
    expected = {"followers": 6, "likes": 6, "comments": 7, "saves": 6, "cooks": 6, "reach": 0, "views": 0}
    assert {name: totals[name] for name in expected} == expected
    items = {item.edit_key: item.cells for item in read(ada).items}
    assert (items[post.public_id]["likes"].value, items[soup.slug]["saves"].value) == (6, 6)


def test_what_others_published_is_not_in_it(ada, ben, people):
    post = make_post(ben, publish=True)
    for person in people:
        Like.objects.create(user=person, subject_type="influencers.post", subject_id=post.pk, liked_at=NOW)
    assert column(read(ada), "likes").total.value == 0
    assert read(ada).items == []


@pytest.mark.parametrize(("people", "text"), [(0, "7"), (1, "<5"), (4, "<5"), (5, "7"), (None, "7")])
def test_numbers_of_few_people_are_hidden(people, text):
    assert shown(Cell(Decimal(7), people)).text == text


def test_few_people_are_hidden_on_the_page_in_the_file_and_in_the_api(client, ada):
    post = make_post(ada, "Hello", publish=True)
    look(post, ada, NOW.date(), reach=4, views=44)
    client.force_login(ada)
    page = client.get("/studio/insights/?days=7").content.decode()
    table = client.get("/studio/insights.csv?days=7").content.decode()
    api = APIClient()
    api.force_login(ada)
    body = api.get(API).content.decode()
    assert ["44" in text for text in (page.split("<main")[1], table, body)] == [False, False, False]
    assert "&lt;5" in page
    assert "2026-05-28,<5,<5,0" in table
    assert '{"day":"2026-05-28","outlier":false,"value":null,"hidden":true}' in body


def test_the_page_says_whose_days_and_as_of_when(client, ada):
    ada.preferences.time_zone = "Europe/Berlin"
    ada.preferences.save()
    client.force_login(ada)
    page = " ".join(client.get("/studio/insights/").content.decode().split())
    assert "Days are those of your time zone, Europe/Berlin. As of 14:00." in page
    assert "1 May 2026 to 28 May 2026" in page


def test_an_outlier_is_named(client, ada):
    post = make_post(ada, "Hello", publish=True)
    for number in range(1, 29):
        look(post, ada, NOW.date() - timedelta(days=number), reach=10 + number % 3)
    look(post, ada, NOW.date(), reach=15)
    flagged = [(point.day, point.is_outlier) for point in column(read(ada), "reach").days if point.is_outlier]
    assert (NOW.date(), True) in flagged
    client.force_login(ada)
    assert "28 May 2026: Reach 15" in " ".join(client.get("/studio/insights/?days=7").content.decode().split())


def test_a_day_that_is_not_over_is_not_low_yet(ada):
    post = make_post(ada, "Hello", publish=True)
    for number in range(2, 35):
        look(post, ada, NOW.date() - timedelta(days=number), reach=10)
    flagged = [point.day for point in column(read(ada), "reach").days if point.is_outlier]
    assert flagged == [NOW.date() - timedelta(days=1)]


@pytest.mark.parametrize(
    ("value", "past", "flagged"),
    [
        (13, [10] * 28, False),
        (14, [10] * 28, True),
        (6, [10] * 28, True),
        (3, [0] * 28, False),
        (16, [8, 12] * 14, False),
    ],
)
def test_the_rule_of_outliers(value, past, flagged):
    assert is_outlier(Decimal(value), [Decimal(each) for each in past]) is flagged


def test_a_source_from_above_is_a_column(ada, monkeypatch):
    earned = InsightSource(
        name="earnings",
        label="Earnings",
        unit="EUR",
        days=lambda creator, span: {span.last: Cell(Decimal("12.50"), None)},
    )
    monkeypatch.setattr(insight_sources, "_sources", {"earnings": earned})
    (found,) = read(ada).columns
    assert (found.total.text, found.before.text, found.unit) == ("12.50", "0", "EUR")
    with pytest.raises(ValueError, match="registered twice"):
        insight_sources.register(earned)


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_takes_the_same_queries_however_much_there_is(ada, count):
    for number in range(count):
        look(make_post(ada, f"Post {number}", publish=True), ada, NOW.date(), reach=9)
        look(make_meal(ada, f"Meal {number}", publish=True), ada, NOW.date(), reach=9, kind="meals.meal")
    with CaptureQueriesContext(connection) as queries:
        assert len(read(ada).items) == 2 * count
    # Looks: by day and by thing, two columns of two queries each. Five kinds of rows: by day, sum, sum before; four of
    # them by thing. Titles of meals and of posts. From above: clicks, orders and money by day and by thing, orders
    # in all and in all before.
    assert len(queries) == 8 + 15 + 4 + 2 + 8


def test_insights_are_for_creators(client, sam):
    client.force_login(sam)
    assert client.get("/studio/insights/").status_code == 403
    api = APIClient()
    assert api.get(API).status_code == 401
    api.force_login(sam)
    assert api.get(API).json()["code"] == "creator_only"


def test_the_api_in_its_words(ada):
    post = make_post(ada, "Hello", publish=True)
    look(post, ada, NOW.date(), reach=9)
    api = APIClient()
    api.force_login(ada)
    body = api.get(API, {"from": "2026-05-27", "to": "2026-05-28"}).json()
    reach = body["columns"][0]
    assert {name: body[name] for name in ("first", "last", "time_zone", "least_people")} == {
        "first": "2026-05-27",
        "last": "2026-05-28",
        "time_zone": "UTC",
        "least_people": 5,
    }
    assert reach == {
        "name": "reach",
        "label": "Reach",
        "unit": "",
        "total": {"value": "9", "hidden": False},
        "before": {"value": "0", "hidden": False},
        "change": None,
        "days": [
            {"day": "2026-05-27", "outlier": False, "value": "0", "hidden": False},
            {"day": "2026-05-28", "outlier": True, "value": "9", "hidden": False},
        ],
    }
    assert (body["items"][0]["kind"], body["items"][0]["key"]) == ("post", post.public_id)


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "yesterday"},
        {"from": "2026-05-29", "to": "2026-05-28"},
        {"to": "2026-05-30"},
        {"from": "2024-01-01"},
        {"to": "0001-01-01"},
    ],
)
def test_odd_periods_are_refused(ada, asked):
    api = APIClient()
    api.force_login(ada)
    assert api.get(API, asked).status_code == 400


def test_staff_compare_creators_and_see_the_days_that_stand_out(ada, client):
    post = make_post(ada, "Soup", publish=True)
    look(post, ada, NOW.date() - timedelta(days=1), reach=40)
    look(post, ada, NOW.date() - timedelta(days=40), reach=20)
    place_in_directory(user_id=ada.pk)
    staff = User.objects.create_superuser("staff@example.test", "a long passphrase", handle="staff_one", name="Staff")
    TOTP.activate(staff, generate_totp_secret())
    client.force_login(staff)
    chosen = {"action": "compare", "_selected_action": [CreatorPage.objects.get(user=ada).pk]}
    text = client.post("/admin/influencers/creatorpage/", chosen).content.decode()
    assert "40 <span>(20)</span> <b>+100 %</b>" in text
    assert "27 May 2026 · @ada · " in text
