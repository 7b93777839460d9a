from datetime import UTC, datetime, timedelta

import pytest

from fitfoodie.common.errors import ConflictError, DomainError, IllegalTransitionError, NotAllowedError
from influencers.enums import POST_TRANSITIONS, PostStatus
from influencers.models import Post
from influencers.services import post_life as life
from influencers.tests.factories_posts import make_post
from meals.tests.factories import NOW

SOON = NOW + timedelta(hours=1)


@pytest.fixture
def post(ada):
    return make_post(ada)


def schedule(post, at=SOON, now=NOW):
    return life.schedule_post(post_id=post.pk, actor=post.author, at=at, now=now)


def move(verb, post, now=NOW):
    return getattr(life, f"{verb}_post")(post_id=post.pk, actor=post.author, now=now)


def test_published_keeps_the_time_of_the_first_time(post):
    move("publish", post)
    move("unpublish", post)
    assert move("publish", post, now=SOON).published_at == NOW


@pytest.mark.parametrize("start", PostStatus)
@pytest.mark.parametrize(
    ("verb", "to"), [("publish", "published"), ("unpublish", "draft"), ("archive", "archived"), ("restore", "draft")]
)
def test_only_the_moves_of_the_table_are_possible(post, start, verb, to):
    scheduled_for = SOON if start == PostStatus.SCHEDULED else None
    Post.objects.filter(pk=post.pk).update(status=start, published_at=NOW, scheduled_for=scheduled_for)
    is_legal = to in POST_TRANSITIONS[start] and (to != "draft" or (verb == "restore") == (start == "archived"))
    if is_legal:
        assert move(verb, post).status == to
    else:
        with pytest.raises(IllegalTransitionError) as refused:
            move(verb, post)
        assert refused.value.legal == sorted(POST_TRANSITIONS[start])


def test_a_scheduled_post_may_be_moved_and_taken_back(post):
    schedule(post)
    assert schedule(post, at=SOON + timedelta(days=1)).scheduled_for == SOON + timedelta(days=1)
    taken_back = move("unpublish", post)
    assert (taken_back.status, taken_back.scheduled_for) == ("draft", None)


def test_the_past_cannot_be_scheduled(post):
    with pytest.raises(DomainError) as refused:
        schedule(post, at=NOW)
    assert (refused.value.code, refused.value.field) == ("in_the_past", "scheduled_for")


@pytest.mark.parametrize(
    ("wall", "instant", "note"),
    [
        ("2026-05-05T18:00", datetime(2026, 5, 5, 16, 0, tzinfo=UTC), ""),
        ("2027-03-28T02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "skipped; we take 03:30"),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "comes twice; we take the first"),
    ],
)
def test_a_wall_time_is_that_of_the_author(post, wall, instant, note):
    post.author.preferences.time_zone = "Europe/Berlin"
    post.author.preferences.save()
    wall = datetime.fromisoformat(wall)
    assert schedule(post, at=wall).scheduled_for == instant
    assert note in life.wall_time_of(post.author, wall).note


def test_what_is_due_is_published_late_but_not_lost_and_once(post):
    schedule(post)
    assert life.publish_due_posts(now=NOW) == 0
    late = SOON + timedelta(hours=9)
    assert [life.publish_due_posts(now=late), life.publish_due_posts(now=late)] == [1, 0]
    post.refresh_from_db()
    assert (post.status, post.published_at, post.scheduled_for) == ("published", late, None)


def test_who_may_no_longer_post_gets_the_draft_back(post):
    schedule(post)
    post.author.groups.clear()
    assert life.publish_due_posts(now=SOON) == 0
    post.refresh_from_db()
    assert (post.status, post.scheduled_for) == ("draft", None)


def test_only_what_nobody_saw_is_deleted(post):
    move("publish", post)
    move("unpublish", post)
    with pytest.raises(ConflictError) as refused:
        life.delete_post(post_id=post.pk, actor=post.author, now=NOW)
    assert refused.value.code == "was_published"
    fresh = make_post(post.author)
    life.delete_post(post_id=fresh.pk, actor=post.author, now=NOW)
    assert list(Post.objects.all()) == [post]


def test_what_staff_took_down_staff_alone_put_back(post, mod):
    move("publish", post)
    life.take_down_post(post_id=post.pk, actor=mod, reason="An advert", now=NOW)
    with pytest.raises(NotAllowedError) as refused:
        move("restore", post)
    assert refused.value.code == "taken_down"
    with pytest.raises(DomainError) as unreasoned:
        life.restore_post(post_id=post.pk, actor=mod, now=NOW)
    assert unreasoned.value.code == "reason_needed"
    put_back = life.restore_post(post_id=post.pk, actor=mod, now=NOW, reason="Appeal")
    assert (put_back.status, put_back.taken_down_reason) == ("draft", "")
    assert move("publish", post).status == "published"


def test_a_taken_down_schedule_does_not_publish(post, mod):
    schedule(post)
    life.take_down_post(post_id=post.pk, actor=mod, reason="An advert", now=NOW)
    assert life.publish_due_posts(now=SOON) == 0


def test_taking_down_is_for_staff_and_needs_a_reason(post, ben, mod):
    with pytest.raises(NotAllowedError):
        life.take_down_post(post_id=post.pk, actor=ben, reason="Envy", now=NOW)
    with pytest.raises(DomainError):
        life.take_down_post(post_id=post.pk, actor=mod, reason=" ", now=NOW)


@pytest.mark.parametrize("verb", ["publish", "unpublish", "archive", "restore", "delete"])
def test_a_stranger_moves_nothing(post, ben, verb):
    with pytest.raises(NotAllowedError):
        getattr(life, f"{verb}_post")(post_id=post.pk, actor=ben, now=NOW)
