from datetime import timedelta

import pytest
from django.utils import timezone

from fitfoodie.notifications.models import Notification


@pytest.fixture
def inside(client, ada):
    client.force_login(ada)
    return client


@pytest.mark.parametrize("address", ["/notifications/", "/notifications/badge/", "/notifications/abc/"])
def test_visitors_sign_in_first(client, db, address):
    assert client.get(address).url.startswith("/accounts/login/")


def test_the_list_says_what_happened_and_why(inside, told):
    page = inside.get("/notifications/").content.decode()
    assert "Ben would like to be friends." in page
    assert "You get this because somebody would like to be friends." in page
    assert inside.get("/notifications/?page=2").content.decode().count("news-line") == 0


def test_an_empty_list_says_what_will_be_there(inside):
    assert "Nothing new yet" in inside.get("/notifications/").content.decode()


def test_opening_reads_it_and_leads_to_the_thing(inside, told):
    assert inside.get(f"/notifications/{told.public_id}/").url == "/people/"
    told.refresh_from_db()
    assert told.read_at


def test_what_somebody_else_was_told_is_not_there(client, ben, told):
    client.force_login(ben)
    assert client.get(f"/notifications/{told.public_id}/").status_code == 404
    assert "Ben" not in client.get("/notifications/").content.decode().partition("<main")[2]


def test_the_badge_counts_what_was_not_read(inside, told):
    assert ">1<" in inside.get("/notifications/badge/").content.decode()
    inside.post("/notifications/read", {"before": timezone.now().isoformat()})
    assert ">1<" not in inside.get("/notifications/badge/").content.decode()


def test_the_badge_stops_at_ninety_nine(inside, told):
    rows = [
        Notification(user=told.user, event=told.event, kind=f"k{number}", created_at=told.created_at)
        for number in range(120)
    ]
    Notification.objects.bulk_create(rows)
    assert "99+" in inside.get("/notifications/badge/").content.decode()


def test_reading_all_leaves_what_came_since(inside, told):
    drawn = told.created_at - timedelta(seconds=1)
    inside.post("/notifications/read", {"before": drawn.isoformat()})
    told.refresh_from_db()
    assert told.read_at is None


@pytest.mark.parametrize("before", ["", "yesterday", "2026-13-99T00:00:00Z", "2026-06-15T08:00:00"])
def test_a_time_that_is_none_is_now(inside, told, before):
    assert inside.post("/notifications/read", {"before": before}).status_code == 302
    told.refresh_from_db()
    assert told.read_at


@pytest.mark.parametrize("page", ["0", "x", "99999", "²"])
def test_an_odd_page_is_the_first_or_empty(inside, told, page):
    assert inside.get("/notifications/", {"page": page}).status_code == 200


def test_the_list_asks_as_much_for_many_as_for_one(inside, told, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        inside.get("/notifications/")
