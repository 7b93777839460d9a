"""What the owner of a thing and the staff do with comments under it: hide, show again, pin."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from social import rules
from social.events.reactions import CommentHidden, CommentPinned, CommentShown, CommentUnpinned
from social.models import Comment, about
from social.selectors.comments import comment_for
from social.services.comment import count_comment, locked_comment
from social.services.subject_rows import lock, named, owner_of
from social.subjects import subject_named


@transaction.atomic
def hide_comment(*, comment_id: int, actor: User, now: datetime, reason: str = "") -> Comment:
    """Out of sight and out of the counts at once; its author still sees it, with the reason.

    The owner of the thing may, and staff with a reason; what was hidden already, staff hide with their reason, so that
    they alone show it again. Locks the thing and the comment. Raises Comment.DoesNotExist, NotAllowedError, DomainError
    without a reason, ConflictError for what was taken back.
    """
    comment, row, is_staff = _taken_care_of(comment_id, actor)
    if comment.hidden_at is not None and not is_staff:
        return comment
    said = clean_reason(reason) if is_staff else ""
    if comment.hidden_at is not None and comment.hidden_because == said:
        return comment
    _hide(comment, row, by=actor, because=said, now=now)
    record(CommentHidden(**_facts(comment, row), is_by_staff=is_staff, reason=said), actor=actor, subject=comment)
    return comment


@transaction.atomic
def hold_comment(*, comment_id: int, reason: str, now: datetime) -> bool:
    """Hidden by the house, by nobody in person, until a moderator has looked. Whether it was in sight before.

    Locks the thing and the comment. Raises Comment.DoesNotExist.
    """
    row = _locked_row(Comment.objects.get(pk=comment_id))
    comment = locked_comment(comment_id)
    if not comment.is_shown:
        return False
    _hide(comment, row, by=None, because=clean_reason(reason), now=now)
    fact = CommentHidden(**_facts(comment, row), is_by_staff=True, reason=comment.hidden_because)
    record(fact, actor=None, subject=comment)
    return True


@transaction.atomic
def show_comment(*, comment_id: int, actor: User, now: datetime, reason: str = "") -> Comment:
    """Back in sight and in the counts. What staff hid with a reason, staff alone show. Raises as `hide_comment`."""
    comment, row, is_staff = _taken_care_of(comment_id, actor)
    if comment.hidden_at is None:
        return comment
    if comment.hidden_because and not is_staff:
        raise NotAllowedError(_("Our moderators hid it; they alone can show it again."))
    said = clean_reason(reason) if is_staff else ""
    count_comment(comment, row, by=1)
    comment.hidden_at, comment.hidden_by, comment.hidden_because = None, None, ""
    comment.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
    record(CommentShown(**_facts(comment, row), is_by_staff=is_staff, reason=said), actor=actor, subject=comment)
    return comment


@transaction.atomic
def pin_comment(*, comment_id: int, owner: User) -> Comment:
    """First under the thing; the one that was pinned before no longer is. The owner alone, one of the first level.

    Locks the thing and the comment. Raises Comment.DoesNotExist, NotAllowedError, ConflictError.
    """
    comment, row = _own(comment_id, owner)
    if comment.parent_id is not None or not comment.is_shown:
        raise ConflictError(_("Only a comment that everybody sees, and no reply, can be pinned."), code="not_pinnable")
    if not comment.is_pinned:
        Comment.objects.filter(about(row), is_pinned=True).update(is_pinned=False)
        comment.is_pinned = True
        comment.save(update_fields=["is_pinned"])
        record(CommentPinned(**_facts(comment, row)), actor=owner, subject=comment)
    return comment


@transaction.atomic
def unpin_comment(*, comment_id: int, owner: User) -> Comment:
    """Raises as `pin_comment`."""
    comment, row = _own(comment_id, owner)
    if comment.is_pinned:
        comment.is_pinned = False
        comment.save(update_fields=["is_pinned"])
        record(CommentUnpinned(**_facts(comment, row)), actor=owner, subject=comment)
    return comment


def _taken_care_of(comment_id: int, actor: User) -> tuple[Comment, Any, bool]:
    """Both locked, and whether the actor acts as staff: not under what is theirs."""
    row = _locked_row(_seen(comment_id, actor))
    is_owner = owner_of(row) == actor.pk
    if not is_owner and not rules.is_comment_staff(actor):
        raise NotAllowedError(_("Only whose it is, or a moderator, may hide comments."))
    comment = locked_comment(comment_id)
    if comment.deleted_at is not None:
        raise ConflictError(_("Its author has taken it back."), code="comment_deleted")
    return comment, row, not is_owner


def _hide(comment: Comment, row: Any, *, by: User | None, because: str, now: datetime) -> None:
    if comment.hidden_at is None:
        count_comment(comment, row, by=-1)
    comment.hidden_at, comment.hidden_by, comment.hidden_because, comment.is_pinned = now, by, because, False
    comment.save(update_fields=["hidden_at", "hidden_by", "hidden_because", "is_pinned"])


def _own(comment_id: int, owner: User) -> tuple[Comment, Any]:
    row = _locked_row(comment_for(owner, pk=comment_id))
    if owner_of(row) != owner.pk:
        raise NotAllowedError(_("Only whose it is may pin comments."))
    return locked_comment(comment_id), row


def _seen(comment_id: int, actor: User) -> Comment:
    """Staff see all; a strict filter for them would hide what they are there to hide."""
    if rules.is_comment_staff(actor):
        return Comment.objects.get(pk=comment_id)
    return comment_for(actor, pk=comment_id)


def _locked_row(comment: Comment) -> Any:
    return lock(subject_named(comment.subject_type).rows.get(pk=comment.subject_id))


def _facts(comment: Comment, row: Any) -> dict[str, Any]:
    return named(row) | {"comment_id": comment.pk, "author_id": comment.author_id}
