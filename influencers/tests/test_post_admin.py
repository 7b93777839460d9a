import pytest
from django.contrib.admin.sites import site
from django.test import RequestFactory

from fitfoodie.events.models import Event
from influencers.models import Post, PostPhoto
from influencers.services import post_life as life
from influencers.services.own_data import documents_of, photos_of
from influencers.services.post_photos import add_post_photo
from influencers.tests.factories_posts import make_post, photo_file
from meals.tests.factories import NOW, make_user


@pytest.fixture
def staff(db):
    return make_user("chief", is_staff=True, is_superuser=True)


@pytest.fixture
def office(client, staff):
    client.force_login(staff)
    return client


def act(office, model, action, row, reason="An advert"):
    data = {"action": action, "_selected_action": [row.pk], "reason": reason}
    return office.post(f"/admin/influencers/{model}/", data)


def test_posts_are_taken_down_and_put_back_with_a_reason(office, ada):
    post = make_post(ada, publish=True)
    act(office, "post", "take_down", post)
    assert Post.objects.get().taken_down_reason == "An advert"
    act(office, "post", "restore", post, "Appeal")
    assert (Post.objects.get().status, Post.objects.get().taken_down_reason) == ("draft", "")
    reasons = Event.objects.filter(name__in=["influencers.post.taken_down", "influencers.post.restored"]).order_by("pk")
    assert [event.data["reason"] for event in reasons] == ["An advert", "Appeal"]


def test_photos_are_removed_with_a_reason(office, ada):
    photo = add_post_photo(post_id=make_post(ada).pk, actor=ada, file=photo_file(), now=NOW, alt="A pot")
    assert "A pot" in office.get("/admin/influencers/postphoto/").content.decode()
    act(office, "postphoto", "remove", photo)
    assert not PostPhoto.objects.exists()
    assert Event.objects.get(name="influencers.photo.removed").data["reason"] == "An advert"


def test_the_pages_of_the_office(office, ada):
    post = make_post(ada, "**Hello**", publish=True)
    assert "Hello" in office.get("/admin/influencers/post/?q=ada").content.decode()
    assert "<strong>Hello</strong>" in office.get(f"/admin/influencers/post/{post.pk}/change/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(staff, ada, count, django_assert_num_queries):
    for _number in range(count):
        make_post(ada)
    request = RequestFactory().get("/admin/influencers/post/")
    request.user = staff
    listed = site._registry[Post].get_queryset(request).select_related("author")
    with django_assert_num_queries(1):
        assert [str(post.author.handle) for post in listed] == ["ada"] * count


def test_the_download_holds_ones_posts_and_their_photos(ada, ben):
    post = make_post(ada, "Mine")
    make_post(ben, "Not mine")
    life.publish_post(post_id=post.pk, actor=ada, now=NOW)
    photo = add_post_photo(post_id=post.pk, actor=ada, file=photo_file(), now=NOW)
    (document,) = documents_of(ada)
    assert [(row["text"], row["status"], row["meals"]) for row in document.data] == [("Mine", "published", [])]
    assert [file.path for file in photos_of(ada)] == [f"photos/posts/{post.public_id}/{photo.public_id}"]
