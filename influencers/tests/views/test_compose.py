"""The composer: every door of a post without a script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from influencers.models import Post, PostPhoto
from influencers.services.post_photos import add_post_photo
from influencers.tests.factories_posts import make_post, photo_file
from meals.tests.factories import NOW, make_meal

NEW = "/studio/posts/new/"


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def typed(**more):
    return {"text": "Hello **there**", "audience": "everyone", "who_may_comment": "everyone", "then": "stay"} | more


def edit_url(post):
    return reverse("influencers:post-edit", args=[post.public_id])


def test_a_post_is_written_and_stays_a_draft(as_ada):
    answer = as_ada.post(NEW, typed())
    post = Post.objects.get()
    assert (answer.status_code, answer["Location"], post.status) == (302, edit_url(post), "draft")


def test_written_and_published_in_one_go(as_ada):
    answer = as_ada.post(NEW, typed(then="publish"), follow=True)
    assert Post.objects.get().status == "published"
    assert "<strong>there</strong>" in answer.content.decode()


def test_written_and_scheduled_in_ones_own_zone(as_ada, ada):
    ada.preferences.time_zone = "Europe/Berlin"
    ada.preferences.save()
    answer = as_ada.post(NEW, typed(then="schedule", scheduled_for="2031-07-01T18:00"), follow=True)
    post = Post.objects.get()
    assert (post.status, post.scheduled_for.isoformat()) == ("scheduled", "2031-07-01T16:00:00+00:00")
    assert "2031-07-01 18:00 (Europe/Berlin)" in answer.content.decode()
    assert 'value="2031-07-01T18:00"' in as_ada.get(edit_url(post)).content.decode()


def test_a_time_that_clocks_skip_is_said(as_ada, ada):
    ada.preferences.time_zone = "Europe/Berlin"
    ada.preferences.save()
    answer = as_ada.post(NEW, typed(then="schedule", scheduled_for="2031-03-30T02:30"), follow=True)
    assert "we take 03:30" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": " "}, "Write something first."),
        ({"then": "schedule"}, "Say when it shall be published."),
        ({"meal": "Nothing of the kind"}, "We know no single meal by this name."),
        ({"audience": "aliens"}, "aliens is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_ada, given, said):
    answer = as_ada.post(NEW, typed(**given))
    assert (answer.status_code, Post.objects.count()) == (422, 0)
    assert said in answer.content.decode()
    assert "text" in given or "Hello **there**" in answer.content.decode()


def test_the_past_is_said_and_the_draft_is_kept(as_ada):
    answer = as_ada.post(NEW, typed(then="schedule", scheduled_for="2020-01-01T10:00"), follow=True)
    assert "Choose a time that is still to come." in answer.content.decode()
    assert Post.objects.get().status == "draft"


@pytest.mark.parametrize("named", ["Lentil soup", "lentil-soup", "https://host.test/meals/lentil-soup/"])
def test_a_meal_is_linked_by_name_slug_or_address_and_unlinked(as_ada, ada, named):
    make_meal(ada, publish=True)
    as_ada.post(NEW, typed(meal=named))
    post = Post.objects.get()
    assert list(post.meals.values_list("slug", flat=True)) == ["lentil-soup"]
    as_ada.post(edit_url(post), typed(version=1))
    assert post.meals.count() == 0


def test_the_chosen_meal_wins_over_the_name_typed(as_ada, ada):
    make_meal(ada, "Twin", publish=True)
    second = make_meal(ada, "Twin", publish=True)
    as_ada.post(NEW, typed(meal="Twin", meal_slug=second.slug))
    assert list(Post.objects.get().meals.all()) == [second]


def test_suggestions_are_what_one_may_link_to(as_ada, ada, ben):
    make_meal(ben, "Soup of ben", publish=True)
    make_meal(ben, "Secret soup")
    make_meal(ada, "My soup")
    found = as_ada.get("/studio/posts/meals", {"q": "soup"}).json()["results"]
    assert [(each["label"], each["detail"]) for each in found] == [("My soup", "@ada"), ("Soup of ben", "@ben")]
    assert as_ada.get("/studio/posts/meals", {"q": " "}).json() == {"results": []}


def test_a_preview_saves_nothing(as_ada):
    answer = as_ada.post(NEW, typed(then="preview"))
    assert (answer.status_code, Post.objects.count()) == (200, 0)
    assert "<strong>there</strong>" in answer.content.decode()
    part = as_ada.post("/studio/posts/preview", {"text": "_hi_"}).content.decode()
    assert "<em>hi</em>" in part
    assert "<html" not in part


def test_an_old_version_comes_back_beside_the_new(as_ada, ada):
    post = make_post(ada, "One")
    as_ada.post(edit_url(post), typed(text="Two", version=1))
    answer = as_ada.post(edit_url(post), typed(text="Three", version=1))
    shown = answer.content.decode()
    assert (answer.status_code, Post.objects.get().text) == (412, "Two")
    assert ("Two</pre>" in shown, "Three</textarea>" in shown, 'value="2"' in shown) == (True, True, True)


def test_moves_and_deletion(as_ada, ada):
    post = make_post(ada, publish=True)
    for move, status in [
        ("unpublish", "draft"),
        ("archive", "archived"),
        ("restore", "draft"),
        ("publish", "published"),
    ]:
        as_ada.post(reverse(f"influencers:post-{move}", args=[post.public_id]))
        assert Post.objects.get().status == status
    refused = as_ada.post(reverse("influencers:post-delete", args=[post.public_id]), follow=True)
    assert "Archive it instead." in refused.content.decode()
    illegal = as_ada.post(reverse("influencers:post-restore", args=[post.public_id]), follow=True)
    assert "This cannot be done" in illegal.content.decode()
    draft = make_post(ada)
    as_ada.post(reverse("influencers:post-delete", args=[draft.public_id]))
    assert list(Post.objects.all()) == [post]


def test_photos_come_with_the_post(as_ada):
    as_ada.post(NEW, typed(photos=[photo_file(), photo_file("second.jpg")]))
    assert list(PostPhoto.objects.values_list("position", flat=True)) == [1, 2]


def test_a_bad_photo_is_said_and_the_post_is_kept(as_ada):
    bad = SimpleUploadedFile("bad.jpg", b"no photo at all", "image/jpeg")
    answer = as_ada.post(NEW, typed(photos=[bad]), follow=True)
    assert "bad.jpg:" in answer.content.decode()
    assert (Post.objects.count(), PostPhoto.objects.count()) == (1, 0)


@pytest.mark.parametrize("is_htmx", [True, False])
def test_photos_are_described_moved_and_removed(as_ada, ada, is_htmx):
    post = make_post(ada)
    first, second = (add_post_photo(post_id=post.pk, actor=ada, file=photo_file(), now=NOW) for _ in range(2))
    headers = {"HX-Request": "true"} if is_htmx else {}

    def change(photo, **data):
        url = reverse("influencers:post-photo-change", args=[post.public_id, photo.public_id])
        return as_ada.post(url, data, headers=headers)

    assert change(first, do="describe", alt="A pot").status_code == (200 if is_htmx else 302)
    change(first, do="move", order=f"{second.public_id},{first.public_id}")
    assert list(post.photos.values_list("alt", flat=True)) == ["", "A pot"]
    change(second, do="remove")
    change(first, do="dance")
    change(first, do="move", order="nothing")
    assert list(post.photos.all()) == [first]
    assert as_ada.get(reverse("influencers:post-photos", args=[post.public_id])).status_code == 200


def test_at_most_ten_photos(as_ada, ada):
    post = make_post(ada)
    PostPhoto.objects.bulk_create([PostPhoto(post=post, position=place) for place in range(10)])
    answer = as_ada.post(edit_url(post), typed(version=1, photos=[photo_file()]), follow=True)
    assert "at most 10 photos" in answer.content.decode()


def test_the_list_shows_posts_by_state(as_ada, ada):
    make_post(ada, "A draft")
    make_post(ada, "Out there", publish=True)
    shown = as_ada.get("/studio/posts/", {"status": "published"}).content.decode()
    assert ("Out there" in shown, "A draft" in shown) == (True, False)
    assert "A draft" in as_ada.get("/studio/posts/?page=1&status=x").content.decode()


@pytest.mark.parametrize("path", [NEW, "/studio/posts/"])
def test_visitors_sign_in_first(client, db, path):
    assert client.get(path).status_code == 302


@pytest.mark.parametrize(("handle", "said"), [("sam", "Posts are for creators")])
def test_readers_are_told_how_to_become_creators(client, sam, handle, said):
    client.force_login(sam)
    assert said in client.get(NEW).content.decode()
    assert said in client.get("/studio/posts/").content.decode()
    refused = client.post(NEW, typed())
    assert (refused.status_code, Post.objects.count()) == (422, 0)


def test_a_stranger_finds_nothing_to_edit(client, ada, ben):
    post = make_post(ada)
    client.force_login(ben)
    for name in ("post-edit", "post-photos"):
        assert client.get(reverse(f"influencers:{name}", args=[post.public_id])).status_code == 404
    for name in ("post-edit", "post-publish", "post-delete"):
        assert client.post(reverse(f"influencers:{name}", args=[post.public_id])).status_code == 404
