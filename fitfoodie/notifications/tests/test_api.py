import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.tests.factories import UserFactory
from fitfoodie.events.services import record
from fitfoodie.notifications.services.tell import tell_people
from social.events.graph import ConnectionRequested

LIST, READ = "/api/v1/notifications", "/api/v1/notifications/read"


@pytest.fixture
def api(ada):
    client = APIClient()
    client.force_login(ada)
    return client


def test_the_list_in_words_and_for_programs(api, told):
    [found] = api.get(LIST).json()["results"]
    assert {name: found[name] for name in ("id", "kind", "text", "detail", "why", "url", "read_at")} == {
        "id": told.public_id,
        "kind": "social.friend_requested",
        "text": "Ben would like to be friends.",
        "detail": "",
        "why": "somebody would like to be friends",
        "url": "/people/",
        "read_at": None,
    }


def test_strangers_have_none_of_it(ben, told):
    client = APIClient()
    assert client.get(LIST).status_code == 401
    assert client.post(READ, {}, format="json").status_code == 401
    client.force_login(ben)
    assert client.get(LIST).json()["results"] == []
    assert client.post(READ, {"ids": [told.public_id]}, format="json").json() == {"unread": 0}
    told.refresh_from_db()
    assert told.read_at is None


def test_reading_by_id_twice_and_by_instant(api, told):
    for _again in range(2):
        assert api.post(READ, {"ids": [told.public_id, "unknown"]}, format="json").json() == {"unread": 0}
    assert api.post(READ, {"before": timezone.now().isoformat()}, format="json").json() == {"unread": 0}


@pytest.mark.parametrize("body", [{}, {"ids": [], "before": "2026-06-15T08:00:00Z"}, {"before": "soon"}, {"ids": "x"}])
def test_bad_input_names_the_field(api, body):
    answer = api.post(READ, body, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"].strip("/").partition("/")[0] in {"ids", "before"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_counts_its_queries(api, told, ada, django_assert_num_queries, count):
    for _number in range(count - 1):
        sender = UserFactory()
        fact = record(ConnectionRequested(asker_id=sender.pk, asked_id=ada.pk), actor=sender, subject=ada)
        tell_people(event=fact, now=timezone.now())
    with django_assert_num_queries(5):
        assert len(api.get(LIST).json()["results"]) == count
