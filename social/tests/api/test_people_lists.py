import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from social.services.block import block_person
from social.services.connection import request_connection
from social.services.follow import accept_follow, follow_person
from social.tests.graph import NOW, make_private

LISTS = {
    "followers": "/api/v1/users/ada/followers",
    "following": "/api/v1/users/ada/following",
    "requests": "/api/v1/me/follow-requests",
    "friends": "/api/v1/me/connections",
    "received": "/api/v1/me/connections?kind=received",
    "sent": "/api/v1/me/connections?kind=sent",
    "blocked": "/api/v1/me/blocked",
}


def handles(answer):
    assert answer.status_code == 200, answer.content
    return [row["person"]["handle"] for row in answer.json()["results"]]


def tie(name, ada, person):
    """One entry of the list, with the person in it."""
    if name == "followers":
        follow_person(follower=person, person_id=ada.pk, now=NOW)
    elif name == "following":
        follow_person(follower=ada, person_id=person.pk, now=NOW)
    elif name == "requests":
        follow_person(follower=person, person_id=make_private(ada).pk, now=NOW)
    elif name == "blocked":
        block_person(blocker=ada, person_id=person.pk, now=NOW)
    else:
        if name in ("friends", "sent"):
            request_connection(asker=ada, person_id=person.pk, now=NOW)
        if name in ("friends", "received"):
            request_connection(asker=person, person_id=ada.pk, now=NOW)


@pytest.mark.parametrize("name", LISTS)
def test_list_is_newest_first_and_pages_by_cursor(signed_in, ada, name):
    people = UserFactory.create_batch(3)
    for person in people:
        tie(name, ada, person)
    client = signed_in(ada)
    wanted = [person.handle for person in reversed(people)]
    assert handles(client.get(LISTS[name])) == wanted
    joined = "&" if "?" in LISTS[name] else "?"
    first = client.get(f"{LISTS[name]}{joined}page_size=2")
    assert handles(first) + handles(client.get(first.json()["next"])) == wanted


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_list_costs_the_same_however_long(signed_in, ada, name, count, django_assert_num_queries):
    for person in UserFactory.create_batch(count):
        tie(name, ada, person)
    client = signed_in(ada)
    client.get(LISTS[name])
    # Session and person, the person of the address where there is one, the list.
    expected = {"followers": 4, "following": 4}.get(name, 3)
    with django_assert_num_queries(expected):
        client.get(LISTS[name])


@pytest.mark.parametrize("name", [name for name in LISTS if name != "blocked"])
@pytest.mark.parametrize("state", ["suspended", "leaving"])
def test_who_is_away_is_in_no_list(signed_in, ada, ben, name, state):
    tie(name, ada, ben)
    fields = {"is_active": False} if state == "suspended" else {"deletion_requested_at": NOW}
    User.objects.filter(pk=ben.pk).update(**fields)
    assert handles(signed_in(ada).get(LISTS[name])) == []


def test_viewer_does_not_see_whom_they_blocked_among_followers(signed_in, api, ada, ben, sam):
    for person in (ben, sam):
        follow_person(follower=person, person_id=ada.pk, now=NOW)
    block_person(blocker=ben, person_id=sam.pk, now=NOW)
    assert handles(signed_in(ben).get(LISTS["followers"])) == ["ben"]
    assert handles(signed_in(sam).get(LISTS["followers"])) == ["sam"]
    assert handles(api.get(LISTS["followers"])) == ["sam", "ben"]
    assert api.get("/api/v1/users/ada").json()["counts"] == {"followers": 2, "following": 0, "friends": 0}


@pytest.mark.parametrize("name", ["followers", "following"])
def test_private_lists_open_to_followers_alone(signed_in, api, ada, ben, sam, name):
    make_private(ada)
    follow_person(follower=ben, person_id=ada.pk, now=NOW)
    follow_person(follower=sam, person_id=ada.pk, now=NOW)
    accept_follow(person=ada, follower_id=ben.pk, now=NOW)
    clients = [api, signed_in(sam), signed_in(ben), signed_in(ada)]
    assert [client.get(LISTS[name]).status_code for client in clients] == [404, 404, 200, 200]


@pytest.mark.parametrize("name", [name for name in LISTS if name not in ("followers", "following")])
def test_own_lists_need_a_sign_in(api, name):
    assert api.get(LISTS[name]).status_code == 401


def test_unknown_kind_is_refused(signed_in, ada):
    assert signed_in(ada).get("/api/v1/me/connections?kind=enemies").status_code == 400


def test_private_profile_is_a_stub_until_it_lets_one_in(signed_in, api, ada, ben):
    ada.profile.bio = "Runs, cooks."
    ada.profile.save()
    make_private(ada)
    stub = api.get("/api/v1/users/ada").json()
    assert (stub["name"], stub["is_private"], stub["bio"]) == ("Ada", True, "")
    client = signed_in(ben)
    client.put("/api/v1/users/ada/follow")
    seen = client.get("/api/v1/users/ada").json()
    assert (seen["bio"], seen["relation"]["follow"]) == ("", "requested")
    accept_follow(person=ada, follower_id=ben.pk, now=NOW)
    seen = client.get("/api/v1/users/ada").json()
    assert (seen["bio"], seen["relation"]["follow"], seen["counts"]["followers"]) == ("Runs, cooks.", "following", 1)
    assert signed_in(ada).get("/api/v1/users/ada").json()["bio"] == "Runs, cooks."
