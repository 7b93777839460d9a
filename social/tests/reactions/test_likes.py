import pytest

from meals import services as meals
from meals.tests.factories import NOW, make_user
from social.models import Like
from social.services.like import like, like_comment

LIKE = "/api/v1/meals/red-lentil-soup/like"
LIKES = "/api/v1/meals/red-lentil-soup/likes"


def fact(soup, user):
    return {"subject_type": "meals.meal", "subject_id": soup.pk, "owner_id": soup.creator_id, "user_id": user.pk}


def test_like_may_be_said_twice_and_undone_twice(signed_in, sam, soup, said):
    client = signed_in(sam)
    assert [client.put(LIKE).status_code for _ in range(2)] == [204, 204]
    soup.refresh_from_db()
    assert (Like.objects.count(), soup.like_count) == (1, 1)
    assert [client.delete(LIKE).status_code for _ in range(2)] == [204, 204]
    soup.refresh_from_db()
    assert (Like.objects.count(), soup.like_count) == (0, 0)
    assert said() == [
        ("social.like.added", fact(soup, sam), sam),
        ("social.like.removed", fact(soup, sam), sam),
    ]


def test_liking_needs_a_sign_in_a_visible_meal_and_a_verified_address(api, signed_in, sam, soup, draft):
    assert (api.put(LIKE).status_code, api.delete(LIKE).status_code) == (401, 401)
    client = signed_in(sam)
    hidden = f"/api/v1/meals/{draft.slug}/like"
    assert (client.put(hidden).status_code, client.delete(hidden).status_code) == (404, 404)
    assert client.put("/api/v1/meals/nothing/like").status_code == 404
    refused = signed_in(make_user("new", verified=False)).put(LIKE)
    assert (refused.status_code, refused.json()["code"]) == (403, "email_unverified")


def test_own_draft_takes_no_likes(signed_in, ada, draft):
    refused = signed_in(ada).put(f"/api/v1/meals/{draft.slug}/like")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_published")


def test_what_was_hidden_since_can_be_let_go(signed_in, ada, sam, soup):
    client = signed_in(sam)
    client.put(LIKE)
    meals.archive_meal(meal_id=soup.pk, actor=ada, now=NOW)
    assert [client.delete(LIKE).status_code for _ in range(2)] == [204, 404]


def test_meal_says_per_caller_whether_it_is_liked(api, signed_in, sam, eve, soup):
    like(row=soup, user=sam, now=NOW)
    urls = ("/api/v1/meals/red-lentil-soup", "/api/v1/meals")
    seen = {}
    for name, client in {"sam": signed_in(sam), "eve": signed_in(eve), "nobody": api}.items():
        document, page = (client.get(url).json() for url in urls)
        seen[name] = [(each["likes"], each["liked"]) for each in (document, page["results"][0])]
    assert seen == {"sam": [(1, True)] * 2, "eve": [(1, False)] * 2, "nobody": [(1, False)] * 2}


def test_own_and_kept_lists_say_so_too(signed_in, ada, sam, soup):
    for user in (ada, sam):
        like(row=soup, user=user, now=NOW)
    meals.save_meal(meal_id=soup.pk, user=sam)
    own = signed_in(ada).get("/api/v1/me/meals").json()["results"][0]
    kept = signed_in(sam).get("/api/v1/me/saved-meals").json()["results"][0]
    assert [(each["likes"], each["liked"]) for each in (own, kept)] == [(2, True), (2, True)]


def test_people_who_like_it_latest_first_without_the_blocked_and_the_gone(api, signed_in, sam, eve, soup, block):
    gone, leaving = make_user("gone"), make_user("leaving")
    for user in (sam, eve, gone, leaving):
        like(row=soup, user=user, now=NOW)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    type(gone).objects.filter(pk=leaving.pk).update(deletion_requested_at=NOW)
    assert [each["handle"] for each in api.get(LIKES).json()["results"]] == ["eve", "sam"]
    block(eve, sam)
    for viewer, seen in ((sam, ["sam"]), (eve, ["eve"])):
        assert [each["handle"] for each in signed_in(viewer).get(LIKES).json()["results"]] == seen
    assert api.get("/api/v1/meals/red-lentil-soup").json()["likes"] == 4


def test_likes_of_what_one_may_not_see_are_not_there(api, draft):
    assert api.get(f"/api/v1/meals/{draft.slug}/likes").status_code == 404


def test_likes_are_paged_by_cursor(api, soup):
    for number in range(3):
        like(row=soup, user=make_user(f"p{number}"), now=NOW)
    first = api.get(LIKES, {"page_size": 2}).json()
    second = api.get(first["next"]).json()
    assert [each["handle"] for each in first["results"] + second["results"]] == ["p2", "p1", "p0"]


@pytest.mark.parametrize("count", [1, 3])
def test_likes_cost_the_same_queries_however_many(api, soup, count, django_assert_num_queries):
    for _ in range(count):
        like(row=soup, user=make_user(), now=NOW)
    with django_assert_num_queries(2):
        assert len(api.get(LIKES).json()["results"]) == count


def test_comment_is_liked_and_unliked_once(signed_in, sam, eve, soup, say, said):
    comment = say(soup, sam)
    url = f"/api/v1/comments/{comment.public_id}/like"
    client = signed_in(eve)
    assert [client.put(url).status_code for _ in range(2)] == [204, 204]
    shown = client.get("/api/v1/meals/red-lentil-soup/comments").json()["results"][0]
    assert (shown["likes"], shown["liked"]) == (1, True)
    assert [client.delete(url).status_code for _ in range(2)] == [204, 204]
    comment.refresh_from_db()
    assert comment.like_count == 0
    data = {"comment_id": comment.pk, "author_id": sam.pk, "user_id": eve.pk}
    assert said("social.comment.liked", "social.comment.unliked") == [
        ("social.comment.liked", data, eve),
        ("social.comment.unliked", data, eve),
    ]


def test_comment_of_a_blocked_person_is_not_there_to_like(api, signed_in, sam, eve, soup, say, block):
    url = f"/api/v1/comments/{say(soup, sam).public_id}/like"
    assert (api.put(url).status_code, signed_in(eve).put("/api/v1/comments/nothing/like").status_code) == (401, 404)
    like_comment(comment_id=soup.pk and sam.comments.get().pk, user=eve, now=NOW)
    block(sam, eve)
    client = signed_in(eve)
    assert client.put(url).status_code == 404
    assert [client.delete(url).status_code for _ in range(2)] == [204, 404]
    assert client.delete("/api/v1/comments/nothing/like").status_code == 404
