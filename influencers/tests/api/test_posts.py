import pytest
from rest_framework.test import APIClient

from influencers.models import Post
from influencers.services import post_life as life
from influencers.tests.factories_posts import make_post, photo_file
from meals.tests.factories import NOW, make_creator, make_meal

ADA = "/api/v1/influencers/ada/posts"


@pytest.fixture
def as_ada(ada):
    client = APIClient()
    client.force_login(ada)
    return client


@pytest.fixture
def visitor(db):
    return APIClient()


def url(post, tail=""):
    return f"{ADA}/{post.public_id}{tail}"


def test_a_post_in_the_words_of_the_api(visitor, ada, ben):
    soup = make_meal(ben, "Soup", publish=True)
    secret = make_meal(ada, "Secret")
    post = make_post(ada, "# Sunday\n\n[deal](/r/abc)", publish=True, meals=(soup.slug, secret.slug))
    paid = '<a href="/r/abc" rel="nofollow ugc noopener">deal</a> <span class="paid-link">(Paid link)</span>'
    assert visitor.get(url(post)).json() == {
        "id": post.public_id,
        "author": {"handle": "ada", "name": "Ada", "avatar": None, "verified": False},
        "headline": "Sunday",
        "text": "# Sunday\n\n[deal](/r/abc)",
        "html": f"<h3>Sunday</h3>\n<p>{paid}</p>\n",
        "language": "en",
        "photos": [],
        "meals": [{"slug": "soup", "title": "Soup"}],
        "status": "published",
        "audience": "everyone",
        "who_may_comment": "everyone",
        "likes": 0,
        "comments": 0,
        "shares": 0,
        "published_at": "2026-05-04T12:00:00Z",
        "updated_at": visitor.get(url(post)).json()["updated_at"],
        "version": 1,
        "url": visitor.get(url(post)).json()["url"],
    }


def test_the_list_is_paged_newest_first_and_the_same_for_a_second_read(visitor, ada):
    for number in range(3):
        make_post(ada, f"Post {number}", publish=True)
    first = visitor.get(ADA, {"page_size": 2}).json()
    second = visitor.get(first["next"]).json()
    assert [post["text"] for post in first["results"] + second["results"]] == ["Post 2", "Post 1", "Post 0"]
    etag = visitor.get(ADA)["ETag"]
    assert visitor.get(ADA, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(visitor, ada, count, django_assert_num_queries):
    soup = make_meal(ada, publish=True)
    for _number in range(count):
        make_post(ada, publish=True, meals=(soup.slug,))
    with django_assert_num_queries(4):
        assert len(visitor.get(ADA).json()["results"]) == count


def test_states_are_for_the_author(visitor, as_ada, ada):
    make_post(ada, "Draft")
    assert [visitor.get(ADA, {"status": "draft"}).json()["results"], visitor.get(ADA).json()["results"]] == [[], []]
    found = as_ada.get(ADA, {"status": "draft"}).json()["results"]
    assert [(post["text"], post["scheduled_for"], post["taken_down_reason"]) for post in found] == [("Draft", None, "")]
    assert as_ada.get(ADA, {"status": "x"}).status_code == 400


def test_writing(as_ada, ada):
    soup = make_meal(ada, publish=True)
    body = {"text": "Hello", "audience": "followers", "who_may_comment": "nobody", "meals": [soup.slug]}
    answer = as_ada.post(ADA, body, format="json")
    post = Post.objects.get()
    assert (answer.status_code, answer["Location"], answer["ETag"][:3]) == (201, url(post), '"1.')
    assert {name: answer.json()[name] for name in body} == body | {"meals": [{"slug": soup.slug, "title": soup.title}]}


@pytest.mark.parametrize(
    ("body", "status"), [({}, 400), ({"text": "x", "likes": 5}, 400), ({"text": "x", "meals": ["nope"]}, 400)]
)
def test_what_cannot_be_written(as_ada, body, status):
    assert as_ada.post(ADA, body, format="json").status_code == status
    assert Post.objects.count() == 0


def test_only_under_ones_own_handle(as_ada, ben, visitor):
    assert as_ada.post("/api/v1/influencers/ben/posts", {"text": "x"}, format="json").status_code == 403
    assert as_ada.post("/api/v1/influencers/nobody/posts", {"text": "x"}, format="json").status_code == 404
    assert visitor.post(ADA, {"text": "x"}, format="json").status_code == 401


def test_unverified_people_cannot_write(db):
    client = APIClient()
    client.force_login(make_creator("eve", verified=False))
    answer = client.post("/api/v1/influencers/eve/posts", {"text": "x"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "email_unverified")


def test_an_edit_needs_the_version_it_is_of(as_ada, ada):
    post = make_post(ada)
    assert as_ada.patch(url(post), {"text": "x"}, format="json").status_code == 428
    etag = as_ada.get(url(post))["ETag"]
    edited = as_ada.patch(url(post), {"who_may_comment": "nobody"}, format="json", headers={"If-Match": etag})
    assert (edited.status_code, edited.json()["version"], edited.json()["who_may_comment"]) == (200, 2, "nobody")
    stale = as_ada.patch(url(post), {"text": "x"}, format="json", headers={"If-Match": etag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert stale.json()["current"]["version"] == 2


def test_strangers_get_404_for_what_is_not_theirs_and_403_for_what_they_only_may_read(ada, ben):
    draft, shown = make_post(ada), make_post(ada, publish=True)
    client = APIClient()
    client.force_login(ben)
    headers = {"If-Match": "*"}
    assert client.get(url(draft)).status_code == 404
    assert client.patch(url(draft), {"text": "x"}, format="json", headers=headers).status_code == 404
    assert client.patch(url(shown), {"text": "x"}, format="json", headers=headers).status_code == 403
    assert client.delete(url(shown)).status_code == 403
    assert client.post(url(shown, "/transition"), {"to": "archived"}, format="json").status_code == 403
    assert client.get(f"/api/v1/influencers/ben/posts/{shown.public_id}").status_code == 404


def test_moves(as_ada, ada):
    post = make_post(ada)
    states = ["published", "draft", "archived", "draft"]
    moved = [as_ada.post(url(post, "/transition"), {"to": to}, format="json").json()["status"] for to in states]
    assert moved == states
    refused = as_ada.post(url(post, "/transition"), {"to": "draft"}, format="json")
    assert (refused.status_code, refused.json()["legal"]) == (409, ["archived", "published", "scheduled"])


@pytest.mark.parametrize(
    ("given", "stored", "note"),
    [
        ("2031-07-01T18:00", "2031-07-01T16:00:00Z", None),
        ("2031-07-01T18:00+00:00", "2031-07-01T18:00:00Z", None),
        (
            "2031-03-30T02:30",
            "2031-03-30T01:30:00Z",
            "Clocks go forward that night and your time is skipped; we take 03:30.",
        ),
        (
            "2031-10-26T02:30",
            "2031-10-26T00:30:00Z",
            "Clocks go back that night and your time comes twice; we take the first.",
        ),
    ],
)
def test_a_time_without_an_offset_is_the_authors(as_ada, ada, given, stored, note):
    ada.preferences.time_zone = "Europe/Berlin"
    ada.preferences.save()
    post = make_post(ada)
    answer = as_ada.post(url(post, "/transition"), {"to": "scheduled", "scheduled_for": given}, format="json").json()
    assert (answer["scheduled_for"], answer.get("note")) == (stored, note)


def test_a_schedule_needs_a_time_to_come(as_ada, ada):
    post = make_post(ada)
    for body in ({"to": "scheduled"}, {"to": "scheduled", "scheduled_for": "2020-01-01T10:00"}):
        assert as_ada.post(url(post, "/transition"), body, format="json").status_code == 400


def test_a_draft_is_deleted_and_what_was_published_is_not(as_ada, ada):
    draft, shown = make_post(ada), make_post(ada, publish=True)
    assert [as_ada.delete(url(draft)).status_code, as_ada.delete(url(shown)).status_code] == [204, 409]
    assert list(Post.objects.all()) == [shown]


def test_photos(as_ada, ada):
    post = make_post(ada)
    answers = [
        as_ada.post(url(post, "/photos"), {"photo": photo_file(), "alt": "A pot"}, format="multipart") for _ in range(2)
    ]
    first, second = (answer.json()["id"] for answer in answers)
    assert [answer.status_code for answer in answers] == [201, 201]
    ordered = as_ada.patch(url(post, "/photos"), {"order": [second, first]}, format="json").json()["photos"]
    assert [photo["id"] for photo in ordered] == [second, first]
    changed = as_ada.patch(url(post, f"/photos/{first}"), {"alt": "A pan"}, format="json").json()
    assert (changed["alt"], changed["position"]) == ("A pan", 2)
    assert as_ada.delete(url(post, f"/photos/{second}")).status_code == 204
    assert [photo["id"] for photo in as_ada.get(url(post)).json()["photos"]] == [first]
    assert as_ada.delete(url(post, f"/photos/{second}")).status_code == 404
    assert as_ada.post(url(post, "/photos"), {"alt": "x"}, format="multipart").status_code == 400


def test_a_photo_that_is_not_checked_is_for_the_author_alone(as_ada, visitor, ada):
    post = make_post(ada, publish=True)
    as_ada.post(url(post, "/photos"), {"photo": photo_file()}, format="multipart")
    assert [len(client.get(url(post)).json()["photos"]) for client in (as_ada, visitor)] == [1, 0]


def test_what_staff_took_down_is_gone_for_others_and_explained_to_its_author(as_ada, visitor, ada, mod):
    post = make_post(ada, publish=True)
    life.take_down_post(post_id=post.pk, actor=mod, reason="An advert", now=NOW)
    assert visitor.get(url(post)).status_code == 404
    assert as_ada.get(url(post)).json()["taken_down_reason"] == "An advert"
