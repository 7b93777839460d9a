"""Each fact with exactly what it says, recorded by the verb that makes it true."""

from datetime import timedelta

import pytest

from fitfoodie.events.models import Event
from influencers.content import PostContent
from influencers.services import post_life as life
from influencers.services.posts import edit_post
from influencers.tests.factories_posts import make_post
from meals.tests.factories import NOW

SOON = NOW + timedelta(hours=1)


@pytest.fixture
def said(db):
    """(verb, data, actor) of the events after those already there."""

    def read(skip=0):
        events = Event.objects.filter(name__startswith="influencers.post.").order_by("pk")[skip:]
        return [(event.name.removeprefix("influencers.post."), event.data, event.actor) for event in events]

    return read


def base(post):
    return {"post_id": post.pk, "author_id": post.author_id, "public_id": post.public_id}


def test_created_edited_published_unpublished(ada, said):
    post = make_post(ada)
    content = PostContent(text="Two", who_may_comment="nobody")
    edit_post(post_id=post.pk, editor=ada, content=content, expected_version=1, now=NOW)
    life.publish_post(post_id=post.pk, actor=ada, now=NOW)
    life.unpublish_post(post_id=post.pk, actor=ada, now=NOW)
    assert said() == [
        ("created", base(post), ada),
        ("edited", base(post) | {"version": 2, "changed": "text,who_may_comment", "status": "draft"}, ada),
        ("published", base(post) | {"audience": "everyone", "is_first_time": True, "was_scheduled": False}, ada),
        ("unpublished", base(post) | {"was_scheduled": False}, ada),
    ]


def test_scheduled_then_published_by_itself(ada, said):
    post = make_post(ada)
    life.schedule_post(post_id=post.pk, actor=ada, at=SOON, now=NOW)
    life.publish_due_posts(now=SOON)
    assert said(1) == [
        ("scheduled", base(post) | {"scheduled_for": SOON.isoformat()}, ada),
        ("published", base(post) | {"audience": "everyone", "is_first_time": True, "was_scheduled": True}, ada),
    ]


def test_schedule_lapsed(ada, said):
    post = make_post(ada)
    life.schedule_post(post_id=post.pk, actor=ada, at=SOON, now=NOW)
    ada.groups.clear()
    life.publish_due_posts(now=SOON)
    reason = "Posts are for creators. Become one in your studio."
    assert said(2) == [("schedule_lapsed", base(post) | {"reason": reason}, None)]


def test_archived_restored_deleted(ada, said):
    post = make_post(ada)
    life.archive_post(post_id=post.pk, actor=ada, now=NOW)
    life.restore_post(post_id=post.pk, actor=ada, now=NOW)
    gone = base(post)
    life.delete_post(post_id=post.pk, actor=ada, now=NOW)
    assert said(1) == [
        ("archived", gone | {"was_published": False}, ada),
        ("restored", gone | {"reason": ""}, ada),
        ("deleted", gone, ada),
    ]


def test_taken_down_and_put_back(ada, mod, said):
    post = make_post(ada, publish=True)
    life.take_down_post(post_id=post.pk, actor=mod, reason="An advert", now=NOW)
    life.restore_post(post_id=post.pk, actor=mod, now=NOW, reason="Appeal")
    assert said(2) == [
        ("taken_down", base(post) | {"reason": "An advert"}, mod),
        ("restored", base(post) | {"reason": "Appeal"}, mod),
    ]
