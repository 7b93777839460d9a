import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from social.models import Block, Connection, Follow
from social.services.block import block_person
from social.services.connection import request_connection
from social.services.follow import follow_person
from social.tests.graph import NOW, make_private


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def press(client, handle, verb, **more):
    return client.post(f"/@{handle}/relation", {"do": verb} | more)


def body(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_buttons_say_how_the_two_stand(as_ada, ada, ben):
    assert 'value="follow"' in body(as_ada.get("/@ben"))
    assert press(as_ada, "ben", "follow").url == "/@ben"
    page = body(as_ada.get("/@ben"))
    assert ('value="unfollow"' in page, "<strong>1</strong> follower" in page) == (True, True)
    press(as_ada, "ben", "befriend")
    assert "Withdraw request" in body(as_ada.get("/@ben"))
    request_connection(asker=ben, person_id=ada.pk, now=NOW)
    assert "End friendship" in body(as_ada.get("/@ben"))


def test_htmx_gets_the_buttons_alone(as_ada, ben):
    answer = as_ada.post("/@ben/relation", {"do": "follow", "as": "row"}, headers={"HX-Request": "true"})
    assert ("<html" in body(answer), "Following Ben" in body(answer)) == (False, True)
    answer = as_ada.post("/@ben/relation", {"do": "unfollow", "as": "profile"}, headers={"HX-Request": "true"})
    page = body(answer)
    assert ('id="relation"' in page, "<strong>0</strong> followers" in page) == (True, True)


def test_refusal_is_said_where_it_was_asked(client, ben, settings):
    client.force_login(UserFactory(verified=False))
    answer = client.post("/@ben/relation", {"do": "follow"}, headers={"HX-Request": "true"})
    assert "Verify your e-mail address first." in body(answer)
    assert "Verify your e-mail address first." in body(client.post("/@ben/relation", {"do": "follow"}, follow=True))


def test_verbs_nobody_knows_and_people_who_are_not_there(as_ada, ben):
    assert press(as_ada, "ben", "poke").status_code == 404
    assert press(as_ada, "nobody", "follow").status_code == 404
    assert as_ada.get("/@ben/relation").status_code == 405


def test_visitors_are_led_to_sign_in(client, ben):
    assert "/accounts/login/?next=/@ben" in body(client.get("/@ben"))
    for path in ("/@ben/relation", "/@ben/block", "/@ben/unblock"):
        assert client.post(path).url.startswith("/accounts/login/")
    for path in ("/people/", "/settings/blocked/"):
        assert client.get(path).url.startswith("/accounts/login/")


def test_answer_leads_back_to_pages_of_ours_alone(as_ada, ben):
    assert press(as_ada, "ben", "follow", next="/people/?tab=following").url == "/people/?tab=following"
    assert press(as_ada, "ben", "follow", next="https://evil.example/").url == "/@ben"


def test_block_takes_two_taps_and_can_be_undone(as_ada, ada, ben):
    assert "Block Ben" in body(as_ada.get("/@ben"))
    blocked = as_ada.post("/@ben/block", follow=True)
    assert ("Unblock Ben" in body(blocked), Block.objects.count()) == (True, 1)
    assert as_ada.get("/@ben").status_code == 404
    assert "no longer blocked" in body(as_ada.post("/@ben/unblock", follow=True))
    assert as_ada.get("/@ben").status_code == 200


def test_nobody_blocks_oneself(as_ada):
    assert as_ada.post("/@ada/block").url == "/@ada"
    assert Block.objects.count() == 0


def test_requests_are_answered_with_one_tap(as_ada, ada, ben, sam):
    make_private(ada)
    follow_person(follower=ben, person_id=ada.pk, now=NOW)
    request_connection(asker=sam, person_id=ada.pk, now=NOW)
    page = body(as_ada.get("/people/?tab=requests"))
    assert ("Accept Ben" in page, "Accept Sam" in page) == (True, True)
    press(as_ada, "ben", "let-in")
    press(as_ada, "sam", "befriend")
    assert (Follow.objects.accepted().count(), Connection.objects.accepted().count()) == (1, 1)
    press(as_ada, "ben", "remove-follower")
    assert "That request is not there any more." in body(as_ada.post("/@ben/relation", {"do": "let-in"}, follow=True))


def test_declining_is_one_tap_too(as_ada, ada, ben):
    make_private(ada)
    follow_person(follower=ben, person_id=ada.pk, now=NOW)
    press(as_ada, "ben", "keep-out")
    assert "No requests" in body(as_ada.get("/people/?tab=requests"))


@pytest.mark.parametrize("tab", ["friends", "following", "followers", "requests", "nonsense"])
def test_people_without_anybody_offer_the_next_step(as_ada, tab):
    assert 'class="empty' in body(as_ada.get(f"/people/?tab={tab}"))


def test_rows_say_whom_one_knows_in_common(as_ada, ada, ben, sam):
    ann, eve = UserFactory(handle="ann", name="Ann"), UserFactory(handle="eve", name="Eve")
    for person in (ben, ann, eve):
        follow_person(follower=ada, person_id=person.pk, now=NOW)
    for person in (ben, ann, eve):
        follow_person(follower=person, person_id=sam.pk, now=NOW)
    follow_person(follower=sam, person_id=ada.pk, now=NOW)
    assert "Followed by Ben and 2 others you follow" in body(as_ada.get("/people/?tab=followers"))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("tab", ["friends", "following", "followers"])
def test_people_cost_the_same_however_many(as_ada, ada, tab, count, django_assert_num_queries):
    for person in UserFactory.create_batch(count):
        follow_person(follower=person, person_id=ada.pk, now=NOW)
        follow_person(follower=ada, person_id=person.pk, now=NOW)
        request_connection(asker=ada, person_id=person.pk, now=NOW)
        request_connection(asker=person, person_id=ada.pk, now=NOW)
    as_ada.get("/people/")
    # Session, person, totals, two kinds of requests, the people, whom they share, how one follows them.
    with django_assert_num_queries(8):
        as_ada.get(f"/people/?tab={tab}")


def test_lists_of_others_follow_their_privacy(client, as_ada, ada, ben):
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    assert "/@ada" in body(as_ada.get("/@ben/followers/"))
    assert as_ada.get("/@ben/following/").status_code == 200
    as_ada.logout()
    assert "/@ada" in body(client.get("/@ben/followers/"))
    make_private(ben)
    assert client.get("/@ben/followers/").status_code == 404


def test_long_lists_go_on_below(as_ada, ada):
    for person in UserFactory.create_batch(31):
        follow_person(follower=person, person_id=ada.pk, now=NOW)
    page = body(as_ada.get("/@ada/followers/"))
    last = Follow.objects.order_by("-pk")[29].pk
    assert f"/@ada/followers/?before={last}" in page
    rest = body(as_ada.get(f"/@ada/followers/?before={last}", headers={"HX-Request": "true"}))
    assert (rest.count("person-name"), "<html" in rest) == (1, False)


def test_old_handle_leads_to_the_list(client, ben):
    ben.former_handles.create(handle="benny")
    assert client.get("/@benny/followers/").url == "/@ben/followers/"


def test_private_switch_saves_and_says_so(as_ada, ada):
    assert "Private profile" in body(as_ada.get("/settings/privacy/"))
    page = body(as_ada.post("/settings/privacy/private", {"is_private": "on"}, follow=True))
    assert "Your profile is private now." in page
    page = body(as_ada.post("/settings/privacy/private", follow=True))
    assert "Your profile is public now." in page


def test_private_profile_is_a_stub_to_those_outside(client, as_ada, ada, ben):
    ben.profile.bio = "Runs, cooks."
    ben.profile.save()
    make_private(ben)
    page = body(as_ada.get("/@ben"))
    assert ("This profile is private" in page, "Runs, cooks." in page) == (True, False)
    assert as_ada.get("/@ben")["X-Robots-Tag"] == "noindex"
    client.force_login(ben)
    seen = {eyes: body(client.get(f"/@ben?as={eyes}")) for eyes in ("me", "member", "stranger")}
    assert {eyes: "Runs, cooks." in page for eyes, page in seen.items()} == {
        "me": True,
        "member": False,
        "stranger": False,
    }
    assert ['action="/@ben/relation"' in page for page in seen.values()] == [False] * 3


def test_blocked_people_who_left_can_still_be_unblocked(as_ada, ada, ben):
    block_person(blocker=ada, person_id=ben.pk, now=NOW)
    User.objects.filter(pk=ben.pk).update(is_active=False)
    as_ada.post("/@ben/unblock")
    assert Block.objects.count() == 0
