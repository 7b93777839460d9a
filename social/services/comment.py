"""Writing, changing and taking back what one says. Every verb locks the thing first and the comment then, so that
counters move one after another and never drift."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record
from social import rules
from social.enums import WhoMayComment
from social.events.reactions import CommentDeleted, CommentEdited, CommentsLimited, CommentWritten
from social.models import Comment
from social.policy import is_following
from social.selectors.comments import comment_for
from social.services.mention import mention_people
from social.services.subject_rows import lock, move_count, named, need_reacting, owner_of, seen, seen_by_name
from social.subjects import subject_named
from social.validators import clean_comment


class TooManyCommentsError(DomainError):
    status = 429
    code = "too_many_comments"


@transaction.atomic
def write_comment(*, row: Any, author: User, text: str, now: datetime, reply_to: str = "") -> Comment:
    """`reply_to` is the public id of the comment that is answered; an answer to an answer joins its thread.

    Locks the thing. Raises DoesNotExist for what the author may not see (the answered comment too), NotAllowedError
    (`email_unverified`, `not_published`, `comments_closed`), TooManyCommentsError, DomainError on a bad text.
    """
    row = lock(seen(row, by=author))
    need_reacting(author, row)
    _need_open_comments(row, author)
    parent = _answered(row, reply_to, author)
    words = clean_comment(text)
    _need_patience(author, now)
    comment = Comment.objects.create(
        subject_type=row._meta.label_lower, subject_id=row.pk, author=author, parent=parent, text=words, created_at=now
    )
    count_comment(comment, row, by=1)
    _tell_written(comment, row, author)
    mention_people(comment=comment, author=author)
    return comment


@transaction.atomic
def edit_comment(*, comment_id: int, author: User, text: str, now: datetime) -> Comment:
    """Marked as edited when it says something else. Mentions follow the words; nobody is told twice.

    Locks the comment. Raises Comment.DoesNotExist, NotAllowedError for another's, DomainError on a bad text.
    """
    comment = comment_for(author, pk=comment_id)
    row = seen_by_name(comment.subject_type, comment.subject_id, by=author)
    comment = locked_comment(comment.pk)
    _need_own(comment, author)
    words = clean_comment(text)
    if words == comment.text:
        return comment
    comment.text, comment.edited_at = words, now
    comment.save(update_fields=["text", "edited_at"])
    record(CommentEdited(**named(row), comment_id=comment.pk, author_id=author.pk), actor=author, subject=comment)
    mention_people(comment=comment, author=author)
    return comment


@transaction.atomic
def delete_comment(*, comment_id: int, author: User, now: datetime) -> bool:
    """Take one's own words back, for good; what others answered stays below a placeholder. Whether there was one.

    Locks the thing and the comment. Works when one may no longer see the thing. Raises Comment.DoesNotExist for
    another's, NotAllowedError for another's that one sees.
    """
    comment = Comment.objects.get(pk=comment_id)
    if comment.author_id != author.pk:
        comment_for(author, pk=comment_id)
        _need_own(comment, author)
    row = lock(_row_of(comment))
    comment = locked_comment(comment.pk)
    if comment.deleted_at is not None:
        return False
    if comment.hidden_at is None:
        count_comment(comment, row, by=-1)
    comment.text, comment.deleted_at, comment.is_pinned = "", now, False
    comment.save(update_fields=["text", "deleted_at", "is_pinned"])
    comment.mentions.all().delete()
    record(CommentDeleted(**named(row), comment_id=comment.pk, author_id=author.pk), actor=author, subject=comment)
    return True


@transaction.atomic
def set_who_may_comment(*, row: Any, owner: User, who: str) -> Any:
    """Holds from the next request; what was said stays. Locks the thing. Raises DoesNotExist, NotAllowedError."""
    row = lock(seen(row, by=owner))
    if owner_of(row) != owner.pk:
        raise NotAllowedError(_("Only whose it is decides who may comment."))
    if who not in WhoMayComment.values:
        raise DomainError(_("Choose who may comment."), code="invalid_choice", field="who_may_comment")
    if row.who_may_comment != who:
        row.who_may_comment = who
        row.save(update_fields=["who_may_comment"])
        record(CommentsLimited(**named(row), who_may_comment=who), actor=owner, subject=row)
    return row


def locked_comment(comment_id: int) -> Comment:
    """The comment, locked until the transaction ends. Whoever moves counters has locked the thing before."""
    return Comment.objects.select_for_update(no_key=True).get(pk=comment_id)


def count_comment(comment: Comment, row: Any, *, by: int) -> None:
    """Into the total of the thing and, for an answer, of its thread. The caller holds the lock of the thing."""
    move_count(row, "comment_count", by=by)
    if comment.parent_id is not None:
        move_count(Comment(pk=comment.parent_id), "reply_count", by=by)


def _row_of(comment: Comment) -> Any:
    return subject_named(comment.subject_type).rows.get(pk=comment.subject_id)


def _need_open_comments(row: Any, author: User) -> None:
    owner_id = owner_of(row)
    is_follower = row.who_may_comment == WhoMayComment.FOLLOWERS and is_following(author, owner_id)
    if not rules.may_comment(author, row, owner_id=owner_id, is_follower=is_follower):
        raise NotAllowedError(closed_because(row), code="comments_closed")


def closed_because(row: Any) -> str:
    if row.who_may_comment == WhoMayComment.FOLLOWERS:
        return _("Only followers may comment here.")
    return _("Comments are closed.")


def _need_own(comment: Comment, author: User) -> None:
    if not rules.may_edit_comment(author, comment):
        raise NotAllowedError(_("Only its author may change a comment."))


def _need_patience(author: User, now: datetime) -> None:
    recent = Comment.objects.filter(author=author, created_at__gt=now - timedelta(minutes=1)).count()
    if recent >= rules.COMMENTS_PER_MINUTE:
        raise TooManyCommentsError(_("That was a lot at once. Wait a minute, then go on."))


def _answered(row: Any, public_id: str, author: User) -> Comment | None:
    if not public_id:
        return None
    answered = comment_for(author, public_id=public_id)
    if (answered.subject_type, answered.subject_id) != (row._meta.label_lower, row.pk):
        raise Comment.DoesNotExist(public_id)
    return answered.parent or answered


def _tell_written(comment: Comment, row: Any, author: User) -> None:
    parent = comment.parent
    fact = CommentWritten(
        **named(row),
        comment_id=comment.pk,
        author_id=author.pk,
        parent_id=parent.pk if parent else None,
        parent_author_id=parent.author_id if parent else None,
    )
    record(fact, actor=author, subject=comment)
