"""Liking. Both verbs may be said twice; the counter moves with the row (REC-13)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from fitfoodie.events.services import record
from social.events.reactions import CommentLiked, CommentUnliked, LikeAdded, LikeRemoved
from social.models import Comment, Like, about
from social.selectors.comments import comment_for
from social.services.subject_rows import lock, move_count, named, need_reacting, seen, seen_by_name


@transaction.atomic
def like(*, row: Any, user: User, now: datetime) -> bool:
    """Whether it was not liked before. Raises DoesNotExist for what the person may not see, NotAllowedError."""
    row = seen(row, by=user)
    need_reacting(user, row)
    if not _add(row, user, now):
        return False
    record(LikeAdded(**named(row), user_id=user.pk), actor=user, subject=row)
    return True


@transaction.atomic
def unlike(*, row: Any, user: User) -> bool:
    """Whether it was liked. Works on what has meanwhile been hidden, or nobody could take their like back."""
    if not _remove(row, user):
        return False
    record(LikeRemoved(**named(row), user_id=user.pk), actor=user, subject=row)
    return True


@transaction.atomic
def like_comment(*, comment_id: int, user: User, now: datetime) -> bool:
    """Raises Comment.DoesNotExist for one the person does not see, NotAllowedError."""
    comment = comment_for(user, pk=comment_id)
    need_reacting(user, seen_by_name(comment.subject_type, comment.subject_id, by=user))
    if not _add(comment, user, now):
        return False
    fact = CommentLiked(comment_id=comment.pk, author_id=comment.author_id, user_id=user.pk)
    record(fact, actor=user, subject=comment)
    return True


@transaction.atomic
def unlike_comment(*, comment_id: int, user: User) -> bool:
    """Raises Comment.DoesNotExist for one that never was."""
    comment = Comment.objects.get(pk=comment_id)
    if not _remove(comment, user):
        return False
    fact = CommentUnliked(comment_id=comment.pk, author_id=comment.author_id, user_id=user.pk)
    record(fact, actor=user, subject=comment)
    return True


def _add(row: Any, user: User, now: datetime) -> bool:
    """Under the lock of the row: a like taken back at the same moment must neither hide this one nor trip it."""
    lock(row)
    _like, is_new = Like.objects.get_or_create(
        user=user, subject_type=row._meta.label_lower, subject_id=row.pk, defaults={"liked_at": now}
    )
    if is_new:
        move_count(row, "like_count", by=1)
    return is_new


def _remove(row: Any, user: User) -> bool:
    lock(row)
    deleted, _rows = Like.objects.filter(about(row), user=user).delete()
    if deleted:
        move_count(row, "like_count", by=-1)
    return bool(deleted)
