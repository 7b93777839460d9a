"""Who sees which posts, on every surface (REC-8, CRE-3)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from fitfoodie.search import services as search
from influencers.models import Post
from influencers.services import post_life as life
from influencers.studio_items import kind_named
from influencers.tests.factories_posts import index_posts, make_post
from meals.tests.factories import NOW, make_meal
from social.models import Block, Follow
from social.subjects import subject_named

VISITOR = AnonymousUser()


@pytest.fixture
def posts(ada):
    """One of each kind, by name."""
    found = {name: make_post(ada, name, publish=True) for name in ("everyone", "unpublished", "archived")}
    found |= {name: make_post(ada, name, publish=True, audience=name) for name in ("followers", "private")}
    found["draft"] = make_post(ada, "draft")
    life.unpublish_post(post_id=found["unpublished"].pk, actor=ada, now=NOW)
    life.archive_post(post_id=found["archived"].pk, actor=ada, now=NOW)
    return found


def follow(follower, followee):
    Follow.objects.create(follower=follower, followee=followee, requested_at=NOW, accepted_at=NOW)


def seen(viewer):
    return sorted(Post.objects.visible_to(viewer).values_list("text", flat=True))


def test_strangers_see_what_is_for_everyone(posts, sam):
    assert [seen(VISITOR), seen(sam)] == [["everyone"], ["everyone"]]


def test_followers_see_what_is_for_them(posts, ada, sam):
    follow(sam, ada)
    assert seen(sam) == ["everyone", "followers"]


def test_the_author_sees_all_of_it_but_lists_show_what_is_published(posts, ada):
    assert seen(ada) == sorted(posts)
    shown = Post.objects.shown_to(ada).values_list("text", flat=True)
    assert sorted(shown) == ["everyone", "followers", "private"]


def test_the_blocked_see_nothing_either_way(posts, ada, sam):
    follow(sam, ada)
    Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    assert seen(sam) == []


def test_a_private_person_is_seen_by_followers_alone(posts, ada, sam, ben):
    ada.profile.is_private = True
    ada.profile.save()
    follow(sam, ada)
    assert [seen(VISITOR), seen(ben), seen(sam)] == [[], [], ["everyone", "followers"]]


def test_search_finds_what_strangers_may_see(posts):
    index_posts()
    found = {name: [hit.id for hit in search.search("posts", name).hits] for name in posts}
    assert found == {name: [posts[name].pk] if name == "everyone" else [] for name in posts}


def test_search_asks_again_who_may_see(posts, ada):
    index_posts()
    ada.profile.is_private = True
    ada.profile.save()
    assert search.search("posts", "everyone").hits == []
    assert search.suggest("posts", "every") == []


@pytest.mark.parametrize("name", ["everyone", "followers", "private", "draft", "unpublished", "archived"])
def test_the_page_is_there_for_whom_it_is(client, posts, ada, name):
    url = posts[name].get_absolute_url()
    assert client.get(url).status_code == (200 if name == "everyone" else 404)
    client.force_login(ada)
    assert client.get(url).status_code == 200


def test_a_meal_that_is_not_for_the_viewer_is_not_in_the_post_either(client, ada):
    soup, secret = make_meal(ada, "Open soup", publish=True), make_meal(ada, "Secret stew")
    post = make_post(ada, meals=(secret.slug, soup.slug), publish=True)
    text = client.get(post.get_absolute_url()).content.decode()
    assert ("Open soup" in text, "Secret stew" in text) == (True, False)


def test_the_sitemap_lists_what_strangers_may_see(client, posts, ada):
    shown = client.get("/sitemap-posts.xml").content.decode()
    assert [name for name, post in posts.items() if post.public_id in shown] == ["everyone"]
    ada.preferences.is_listed_in_search_engines = False
    ada.preferences.save()
    assert posts["everyone"].public_id not in client.get("/sitemap-posts.xml").content.decode()


def test_lists_and_the_profile_show_what_is_for_the_viewer(client, posts, ada):
    for url in ("/@ada/posts/", "/@ada"):
        text = client.get(url).content.decode()
        assert [name for name, post in posts.items() if post.get_absolute_url() in text] == ["everyone"]


def test_a_post_is_liked_commented_and_shared_as_everything_is(posts, sam):
    subject = subject_named("influencers.post")
    assert [name for name, post in posts.items() if subject.is_public(post)] == ["everyone"]
    assert list(subject.visible(sam)) == [posts["everyone"]]
    assert (subject.title(posts["everyone"]), subject.owner_id(posts["everyone"])) == (
        "everyone",
        posts["everyone"].author_id,
    )
    pk = posts["everyone"].pk
    assert subject.cards([pk], sam)[pk]["url"] == posts["everyone"].get_absolute_url()
    assert subject.shapes([pk], sam)[pk]["headline"] == "everyone"


def test_the_studio_knows_posts(client, ada):
    post = make_post(ada, "In the studio", publish=True)
    client.force_login(ada)
    assert "In the studio" in client.get("/studio/content/").content.decode()
    kind = kind_named("post")
    kind.actions["comments"](post.pk, ada, NOW, "nobody")
    kind.actions["audience"](post.pk, ada, NOW, "followers")
    kind.actions["archive"](post.pk, ada, NOW, None)
    kind.actions["restore"](post.pk, ada, NOW, None)
    kind.actions["schedule"](post.pk, ada, NOW, NOW + timedelta(days=1))
    kind.actions["publish"](post.pk, ada, NOW, None)
    post.refresh_from_db()
    assert (post.who_may_comment, post.audience, post.status) == ("nobody", "followers", "published")
    assert kind.totals(ada) == {"likes": 0, "comments": 0, "shares": 0}
