"""Posts stand in the feed of those who may see them, and leave it with the creator's own moves."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from fitfoodie.events.models import Event
from influencers.services.post_life import archive_post
from influencers.tests.factories_posts import make_post
from meals.tests.factories import make_user
from social.services import feed
from social.services.follow import follow_person

pytestmark = pytest.mark.django_db


def catch_up():
    for event in Event.objects.filter(name__startswith="influencers.post.").order_by("pk"):
        for item in feed.take_up(event):
            feed.spread(item_id=item.pk)


@pytest.fixture
def sam(ada):
    sam = make_user("sam_reads")
    follow_person(follower=sam, person_id=ada.pk, now=timezone.now())
    return sam


def test_post_stands_in_the_feed_on_page_and_api(ada, sam, client):
    post = make_post(ada, "Soup is *ready*", publish=True)
    catch_up()
    api = APIClient()
    api.force_login(sam)
    [line] = api.get("/api/v1/feed").json()["results"]
    assert (line["kind"], line["subject"]["id"], line["why"]["code"]) == ("post", post.public_id, "following")
    [ranked] = api.get("/api/v1/feed?kind=for-you").json()["results"]
    assert ranked["subject"] == line["subject"]
    client.force_login(sam)
    text = client.get("/feed/").content.decode()
    assert "Soup is <em>ready</em>" in text
    assert "wrote a post" in text


def test_archived_post_is_gone_from_the_next_request_on(ada, sam, client):
    post = make_post(ada, "Soup is ready", publish=True)
    catch_up()
    archive_post(post_id=post.pk, actor=ada, now=timezone.now())
    client.force_login(sam)
    assert "Soup is ready" not in client.get("/feed/").content.decode()
