"""Many at once through the API, with real threads and real transactions on PostgreSQL (REC-13)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from rest_framework.test import APIClient

from meals.models import Meal
from meals.tests.factories import make_creator, make_meal, make_user
from social.models import Comment, Like, Share

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]
BASE = "/api/v1/meals/lentil-soup"


def at_once(calls):
    def run(call):
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=10) as pool:
        return list(pool.map(run, calls))


def client_of(user):
    client = APIClient()
    client.force_login(user)
    return client


@pytest.fixture
def soup(db):
    return make_meal(make_creator("ada"), publish=True)


def sent(client, verb, last, body=None):
    return lambda: getattr(client, verb)(f"{BASE}/{last}", body).status_code


def test_a_hundred_likes_by_a_hundred_people_are_a_hundred(soup):
    clients = [client_of(make_user(f"reader{number}")) for number in range(100)]
    assert set(at_once([sent(client, "put", "like") for client in clients])) == {204}
    assert (Like.objects.count(), Meal.objects.get(pk=soup.pk).like_count) == (100, 100)


def test_a_double_click_is_one_like(soup):
    sam = make_user("sam")
    assert set(at_once([sent(client_of(sam), "put", "like") for _ in range(10)])) == {204}
    assert (Like.objects.count(), Meal.objects.get(pk=soup.pk).like_count) == (1, 1)


def test_likes_and_their_end_mixed_leave_the_count_right(soup):
    clients = [client_of(make_user(f"reader{number}")) for number in range(10)]
    at_once([sent(client, verb, "like") for client in clients for verb in ("put", "delete", "put")])
    assert Meal.objects.get(pk=soup.pk).like_count == Like.objects.count()


def test_parallel_comments_and_their_end_leave_the_counts_right(soup):
    clients = [client_of(make_user(f"reader{number}")) for number in range(20)]
    thread = Comment.objects.get(pk=_comment(clients[0]))
    body = {"text": "Me too.", "reply_to": thread.public_id}
    assert set(at_once([sent(client, "post", "comments", body) for client in clients])) == {201}
    replies = list(Comment.objects.filter(parent=thread).select_related("author"))
    calls = [
        lambda reply=reply: client_of(reply.author).delete(f"/api/v1/comments/{reply.public_id}").status_code
        for reply in replies[:10]
    ]
    calls += [
        lambda reply=reply: client_of(soup.creator).put(f"/api/v1/comments/{reply.public_id}/hide").status_code
        for reply in replies[:15]
    ]
    at_once(calls)
    shown = Comment.objects.shown()
    meal = Meal.objects.get(pk=soup.pk)
    thread.refresh_from_db()
    assert (meal.comment_count, thread.reply_count) == (shown.count(), shown.filter(parent=thread).count())
    assert thread.reply_count == 5


def _comment(client):
    public_id = client.post(f"{BASE}/comments", {"text": "First."}).json()["id"]
    return Comment.objects.get(public_id=public_id).pk


def test_of_two_pins_at_once_one_is_left(soup):
    clients = [client_of(make_user(f"reader{number}")) for number in range(4)]
    ids = [client.post(f"{BASE}/comments", {"text": "Hm."}).json()["id"] for client in clients]
    owner = soup.creator
    calls = [lambda one=one: client_of(owner).put(f"/api/v1/comments/{one}/pin").status_code for one in ids]
    assert set(at_once(calls)) == {204}
    assert Comment.objects.filter(is_pinned=True).count() == 1


def test_one_person_sharing_ten_times_at_once_counts_once(soup):
    sam = make_user("sam")
    at_once([sent(client_of(sam), "post", "shares", {"channel": "link"}) for _ in range(10)])
    assert (Share.objects.count(), Meal.objects.get(pk=soup.pk).share_count) == (1, 1)
