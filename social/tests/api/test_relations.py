import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from social.services.block import block_person
from social.services.connection import request_connection
from social.services.follow import follow_person
from social.tests.graph import NOW, make_private

NOTHING = {"follow": "none", "follows_me": False, "connection": "none", "blocked": False}
VERBS = ("follow", "block", "connection")


def url(handle, verb):
    return f"/api/v1/users/{handle}/{verb}"


def test_follow_may_be_said_twice_and_says_how_they_stand(signed_in, ada, ben):
    client = signed_in(ada)
    for _ in range(2):
        answer = client.put(url("ben", "follow"))
        assert (answer.status_code, answer.json()) == (200, NOTHING | {"follow": "following"})
    for _ in range(2):
        answer = client.delete(url("ben", "follow"))
        assert (answer.status_code, answer.json()) == (200, NOTHING)


def test_private_person_is_asked(signed_in, ada, ben):
    make_private(ben)
    assert signed_in(ada).put(url("ben", "follow")).json()["follow"] == "requested"


def test_connection_from_asking_to_the_end(signed_in, ada, ben):
    one, other = signed_in(ada), signed_in(ben)
    assert one.put(url("ben", "connection")).json()["connection"] == "requested"
    assert other.get("/api/v1/users/ada").json()["relation"]["connection"] == "asked"
    assert other.put(url("ada", "connection")).json()["connection"] == "friends"
    assert [one.delete(url("ben", "connection")).json() for _ in range(2)] == [NOTHING] * 2


def test_too_many_requests_is_429(signed_in, ada, ben, settings):
    settings.FRIEND_REQUESTS_PER_DAY = 0
    answer = signed_in(ada).put(url("ben", "connection"))
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")


def test_block_and_its_undoing(signed_in, ada, ben):
    client = signed_in(ada)
    for _ in range(2):
        answer = client.put(url("ben", "block"))
        assert (answer.status_code, answer.json()) == (200, NOTHING | {"blocked": True})
    assert client.get("/api/v1/users/ben").status_code == 404
    assert [client.delete(url("ben", "block")).json() for _ in range(2)] == [NOTHING] * 2
    assert client.get("/api/v1/users/ben").status_code == 200


def test_to_the_blocked_the_blocker_is_unknown(signed_in, ada, ben):
    block_person(blocker=ben, person_id=ada.pk, now=NOW)
    client = signed_in(ada)
    unknown = [client.put(url("nobody", verb)) for verb in VERBS]
    blocked = [client.put(url("ben", verb)) for verb in VERBS]
    assert [answer.status_code for answer in unknown + blocked] == [404] * 6
    assert [answer.json()["detail"] for answer in blocked] == [answer.json()["detail"] for answer in unknown]
    assert [client.delete(url("ben", verb)).status_code for verb in VERBS] == [404] * 3


@pytest.mark.parametrize("verb", VERBS)
def test_visitors_are_asked_to_sign_in(api, ben, verb):
    assert (api.put(url("ben", verb)).status_code, api.delete(url("ben", verb)).status_code) == (401, 401)


@pytest.mark.parametrize("verb", ["follow", "connection"])
def test_unverified_may_look_but_not_reach_out(signed_in, ben, verb):
    answer = signed_in(UserFactory(verified=False)).put(url("ben", verb))
    assert (answer.status_code, answer.json()["code"]) == (403, "email_unverified")


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_is_anything_to_oneself(signed_in, ada, verb):
    answer = signed_in(ada).put(url("ada", verb))
    assert (answer.status_code, answer.json()["code"]) == (400, "oneself")


def test_who_is_suspended_can_still_be_let_go(signed_in, ada, ben):
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    request_connection(asker=ada, person_id=ben.pk, now=NOW)
    User.objects.filter(pk=ben.pk).update(is_active=False)
    client = signed_in(ada)
    assert client.put(url("ben", "follow")).status_code == 404
    assert [client.delete(url("ben", verb)).json() for verb in ("connection", "follow")][-1] == NOTHING


def test_follow_requests_are_decided_by_the_asked(signed_in, api, ada, ben, sam):
    make_private(ben)
    for person in (ada, sam):
        follow_person(follower=person, person_id=ben.pk, now=NOW)
    client = signed_in(ben)
    listed = client.get("/api/v1/me/follow-requests").json()["results"]
    assert [row["person"]["handle"] for row in listed] == ["sam", "ada"]
    assert client.put("/api/v1/me/follow-requests/ada").json()["follows_me"] is True
    assert client.delete("/api/v1/me/follow-requests/sam").status_code == 200
    assert client.put("/api/v1/me/follow-requests/sam").status_code == 404
    assert client.get("/api/v1/me/follow-requests").json()["results"] == []
    assert [
        api.get("/api/v1/me/follow-requests").status_code,
        api.put("/api/v1/me/follow-requests/ada").status_code,
    ] == [
        401,
        401,
    ]


def test_privacy_is_read_and_changed(signed_in, api, ada, ben):
    client = signed_in(ada)
    assert client.get("/api/v1/me/privacy").json() == {"is_private": False}
    assert client.put("/api/v1/me/privacy", {"is_private": True}, format="json").json() == {"is_private": True}
    assert signed_in(ben).put(url("ada", "follow")).json()["follow"] == "requested"
    assert client.put("/api/v1/me/privacy", {"is_private": "maybe"}, format="json").status_code == 400
    assert client.put("/api/v1/me/privacy", {"is_private": False}, format="json").json() == {"is_private": False}
    assert signed_in(ben).get("/api/v1/users/ada").json()["relation"]["follow"] == "following"
    assert api.get("/api/v1/me/privacy").status_code == 401
