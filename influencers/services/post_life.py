"""The life of a post: draft, scheduled, published, archived. One table says which moves there are."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError, IllegalTransitionError, NotAllowedError
from fitfoodie.common.wall_time import WallTime, as_instant
from fitfoodie.common.why import clean_reason
from influencers import rules
from influencers.enums import POST_TRANSITIONS, PostStatus
from influencers.events import (
    PostArchived,
    PostDeleted,
    PostPublished,
    PostRestored,
    PostScheduled,
    PostScheduleLapsed,
    PostTakenDown,
    PostUnpublished,
)
from influencers.models import Post
from influencers.services.posts import locked_post, own_post, require_poster, tell

_STATE = ["status", "scheduled_for", "published_at", "taken_down_reason", "updated_at"]


@transaction.atomic
def publish_post(*, post_id: int, actor: User, now: datetime) -> Post:
    """Put it before its audience. `published_at` is that of the first time.

    Locks the post. Raises NotAllowedError, IllegalTransitionError.
    """
    post = own_post(post_id, actor)
    require_poster(actor)
    _publish(post, actor=actor, now=now)
    return post


@transaction.atomic
def schedule_post(*, post_id: int, actor: User, at: datetime, now: datetime) -> Post:
    """Publish it by itself at `at`: an aware instant, or what clocks show in the author's zone. A scheduled post may
    be moved. Raises as publish, and DomainError for a time that is over."""
    post = own_post(post_id, actor)
    require_poster(actor)
    _require_not_taken_down(post)
    instant = wall_time_of(actor, at).instant
    if instant <= now:
        raise DomainError(_("Choose a time that is still to come."), code="in_the_past", field="scheduled_for")
    _move(post, PostStatus.SCHEDULED)
    post.scheduled_for = instant
    post.save(update_fields=_STATE)
    tell(PostScheduled, post, actor, scheduled_for=instant.isoformat())
    return post


def wall_time_of(author: User, at: datetime) -> WallTime:
    """What `schedule_post` makes of a time, with what there is to say of it."""
    return as_instant(at, ZoneInfo(author.preferences.time_zone))


@transaction.atomic
def unpublish_post(*, post_id: int, actor: User, now: datetime) -> Post:
    """Back to a draft, from published or scheduled. Raises as publish."""
    post = own_post(post_id, actor)
    if post.status == PostStatus.ARCHIVED:
        raise _illegal(post)
    was_scheduled = post.status == PostStatus.SCHEDULED
    _move(post, PostStatus.DRAFT)
    post.save(update_fields=_STATE)
    tell(PostUnpublished, post, actor, was_scheduled=was_scheduled)
    return post


@transaction.atomic
def archive_post(*, post_id: int, actor: User, now: datetime) -> Post:
    """Out of every list, kept for its author. Raises as publish."""
    post = own_post(post_id, actor)
    was_published = post.status == PostStatus.PUBLISHED
    _move(post, PostStatus.ARCHIVED)
    post.save(update_fields=_STATE)
    tell(PostArchived, post, actor, was_published=was_published)
    return post


@transaction.atomic
def restore_post(*, post_id: int, actor: User, now: datetime, reason: str = "") -> Post:
    """From the archive back to a draft. What staff took down, staff alone put back, saying why. Raises as publish."""
    post = locked_post(post_id)
    is_own = rules.is_author(actor, post)
    if not (is_own or rules.may_take_down_post(actor)):
        raise NotAllowedError(_("Only its author may do this."))
    if post.status != PostStatus.ARCHIVED:
        raise _illegal(post)
    if not rules.may_take_down_post(actor):
        _require_not_taken_down(post)
    said = reason.strip() if is_own else clean_reason(reason)
    _move(post, PostStatus.DRAFT)
    post.taken_down_reason = ""
    post.save(update_fields=_STATE)
    tell(PostRestored, post, actor, reason=said)
    return post


@transaction.atomic
def take_down_post(*, post_id: int, actor: User, reason: str, now: datetime) -> Post:
    """Staff take it out of sight, whatever state it is in, with a reason that its author reads. Raises
    NotAllowedError, DomainError without a reason."""
    post = locked_post(post_id)
    if not rules.may_take_down_post(actor):
        raise NotAllowedError(_("Only staff may take a post down."))
    post.taken_down_reason = clean_reason(reason)
    post.status = PostStatus.ARCHIVED
    post.scheduled_for = None
    post.save(update_fields=_STATE)
    tell(PostTakenDown, post, actor, reason=post.taken_down_reason)
    return post


@transaction.atomic
def delete_post(*, post_id: int, actor: User, now: datetime) -> None:
    """Only what nobody else has seen. Raises ConflictError for what was ever published: it can be archived."""
    post = own_post(post_id, actor)
    if post.published_at is not None:
        raise ConflictError(_("It was published once. Archive it instead."), code="was_published")
    tell(PostDeleted, post, actor)
    post.delete()


def publish_due_posts(*, now: datetime) -> int:
    """Publish what is due, each in its own transaction; returns how many (CRE-4).

    Two runs at once share the work (SKIP LOCKED) and the state is read again under the lock: late, not lost, never
    twice. An author who may no longer post gets the draft back, with the reason in the log.
    """
    due = list(Post.objects.due(now).order_by("scheduled_for", "pk").values_list("pk", flat=True))
    return sum(_publish_if_due(post_id, now) for post_id in due)


@transaction.atomic
def _publish_if_due(post_id: int, now: datetime) -> bool:
    post = Post.objects.due(now).filter(pk=post_id).select_for_update(skip_locked=True, no_key=True).first()
    if post is None:
        return False
    try:
        require_poster(post.author)
        _publish(post, actor=post.author, now=now)
    except DomainError as error:
        _lapse(post, str(error))
        return False
    return True


def _publish(post: Post, *, actor: User, now: datetime) -> None:
    _require_not_taken_down(post)
    was_scheduled = post.status == PostStatus.SCHEDULED
    is_first_time = post.published_at is None
    _move(post, PostStatus.PUBLISHED)
    post.published_at = post.published_at or now
    post.save(update_fields=_STATE)
    tell(
        PostPublished,
        post,
        actor,
        audience=str(post.audience),
        is_first_time=is_first_time,
        was_scheduled=was_scheduled,
    )


def _lapse(post: Post, reason: str) -> None:
    _move(post, PostStatus.DRAFT)
    post.save(update_fields=_STATE)
    tell(PostScheduleLapsed, post, None, reason=reason)


def _require_not_taken_down(post: Post) -> None:
    if post.taken_down_reason:
        message = _("Staff took this post down: “%(reason)s”. Only they can put it back.")
        raise NotAllowedError(message % {"reason": post.taken_down_reason}, code="taken_down")


def _move(post: Post, to: PostStatus) -> None:
    if to not in POST_TRANSITIONS[PostStatus(post.status)]:
        raise _illegal(post)
    post.status = to
    post.scheduled_for = None


def _illegal(post: Post) -> IllegalTransitionError:
    status = PostStatus(post.status)
    return IllegalTransitionError(
        _("This cannot be done with a post that is “%(status)s”.") % {"status": status.label},
        legal=[move.value for move in POST_TRANSITIONS[status]],
    )
