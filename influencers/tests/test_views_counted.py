"""Who is counted as looking, once, and what is left of it (ANA-5, ANA-7)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from influencers import middleware
from influencers.models import ContentDay, ContentView
from influencers.services.views import roll_up_views
from influencers.tests.factories_posts import make_post
from meals.tests.factories import make_meal, make_user

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/130.0"}


@pytest.fixture
def post(ada):
    return make_post(ada, publish=True)


def look(client, row, **headers):
    return client.get(row.get_absolute_url(), headers=BROWSER | headers)


def counted():
    return list(ContentView.objects.order_by("pk").values_list("subject_type", "subject_id", "views"))


def test_a_look_counts_and_a_second_one_is_the_same_person(client, post):
    look(client, post)
    look(client, post)
    assert counted() == [("influencers.post", post.pk, 2)]
    assert ContentView.objects.get().owner == post.author


def test_members_are_told_apart_by_who_they_are_and_visitors_by_browser(client, post, sam):
    look(client, post)
    look(client, post, **{"User-Agent": "Mozilla/5.0 (another)"})
    client.force_login(sam)
    look(client, post)
    assert len(counted()) == 3


def test_meals_are_counted_too(client, ada):
    soup = make_meal(ada, publish=True)
    look(client, soup)
    assert counted() == [("meals.meal", soup.pk, 1)]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Googlebot/2.1"},
        {"User-Agent": "python-requests/2"},
        {"User-Agent": ""},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_machines_and_pages_fetched_ahead_do_not_count(client, post, headers):
    look(client, post, **headers)
    assert counted() == []


def test_neither_owner_nor_staff_nor_what_is_not_there_counts(client, post, ada):
    draft = make_post(ada)
    look(client, draft)
    client.force_login(ada)
    look(client, post)
    client.force_login(make_user("chief", is_staff=True))
    look(client, post)
    assert counted() == []


def test_counting_costs_one_statement(client, post):
    look(client, post)
    with CaptureQueriesContext(
        connection,
    ) as with_count:
        look(client, post)
    with CaptureQueriesContext(connection) as without:
        look(client, post, **{"User-Agent": "bot"})
    assert len(with_count) - len(without) == 1


def test_a_page_is_shown_though_it_cannot_be_counted(client, post, monkeypatch):
    def broken(**_given):
        raise DatabaseError("locked")

    monkeypatch.setattr(middleware, "count_view", broken)
    assert look(client, post).status_code == 200


def test_the_day_is_that_of_the_owner(client, post, time_machine):
    post.author.preferences.time_zone = "Pacific/Auckland"
    post.author.preferences.save()
    time_machine.move_to(datetime(2026, 5, 4, 13, 0, tzinfo=UTC), tick=False)
    look(client, post)
    assert ContentView.objects.get().day.isoformat() == "2026-05-05"


def test_finished_days_become_numbers_and_who_looked_is_forgotten(ada, post):
    day = datetime(2026, 5, 4, tzinfo=UTC)
    for number in range(3):
        ContentView.objects.create(
            subject_type="influencers.post",
            subject_id=post.pk,
            owner=ada,
            day=day.date(),
            viewer=str(number),
            views=number + 1,
        )
    assert roll_up_views(now=day + timedelta(days=2)) == 0
    assert [roll_up_views(now=day + timedelta(days=3)) for _ in range(2)] == [1, 0]
    assert list(ContentDay.objects.values_list("subject_id", "owner", "views", "reach")) == [(post.pk, ada.pk, 6, 3)]
    assert not ContentView.objects.exists()
