"""Comments as one viewer sees them. What is hidden from them leaves a placeholder where others have answered it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber

from social import rules
from social.models import Comment, Like, Mention, about
from social.models.comment import CommentQuerySet
from social.policy import there_for
from social.subjects import subject_named, subject_of

PAGE_SIZE = 10
FIRST_REPLIES = 2
_IS_COMMENT = Comment._meta.label_lower


def readable(viewer: Any, *, is_caretaker: bool = False) -> Q:
    """Comments whose words the viewer reads. Blocks work both ways and silently; the suspended and the leaving are
    not there. A hidden one is read by its author and by those who take care of the page."""
    is_shown = Q(hidden_at=None) | Q(author_id=viewer.pk) if viewer.pk is not None else Q(hidden_at=None)
    if is_caretaker:
        is_shown = Q()
    return Q(deleted_at=None, author__isnull=False) & is_shown & there_for(viewer, "author")


def comment_for(viewer: Any, **lookup: Any) -> Comment:
    """One comment under a thing the viewer sees. Raises Comment.DoesNotExist for what is hidden from them."""
    comment = Comment.objects.select_related("parent").get(**lookup)
    row = subject_named(comment.subject_type).visible(viewer).filter(pk=comment.subject_id).first()
    if row is None or not _reads(viewer, comment, row):
        raise Comment.DoesNotExist(str(lookup))
    return comment


def _reads(viewer: Any, comment: Comment, row: Any) -> bool:
    reads = readable(viewer, is_caretaker=is_caretaker(viewer, row))
    return Comment.objects.filter(reads, pk=comment.pk).exists()


def is_caretaker(viewer: Any, row: Any) -> bool:
    """The owner, and staff."""
    return viewer.pk is not None and (subject_of(row).owner_id(row) == viewer.pk or rules.is_comment_staff(viewer))


def threads_of(row: Any, viewer: Any) -> CommentQuerySet:
    """Comments of the first level, annotated with `is_readable` and `is_liked`; order them by `-is_pinned`, `-id`."""
    reads = readable(viewer, is_caretaker=is_caretaker(viewer, row))
    answers = Comment.objects.filter(reads, parent_id=OuterRef("pk"))
    threads = Comment.objects.filter(about(row), parent=None)
    found: CommentQuerySet = _for_reading(threads.filter(reads | Exists(answers)), reads, viewer)
    return found


def thread_shown(public_id: str, viewer: Any) -> tuple[Comment, Any]:
    """A comment of the first level, or its placeholder, and the thing it stands under. Raises Comment.DoesNotExist."""
    comment = Comment.objects.get(public_id=public_id)
    row = subject_named(comment.subject_type).visible(viewer).filter(pk=comment.subject_id).first()
    thread = threads_of(row, viewer).filter(pk=comment.pk).first() if row else None
    if thread is None:
        raise Comment.DoesNotExist(public_id)
    return thread, row


def replies_of(public_id: str, viewer: Any) -> CommentQuerySet:
    """Those the viewer reads below a thread, itself readable or a placeholder; order them by `id`.

    Raises Comment.DoesNotExist for a thread under what the viewer does not see, and for one they know nothing of.
    """
    thread, row = thread_shown(public_id, viewer)
    return answers_to(thread, row, viewer)


def answers_to(thread: Comment, row: Any, viewer: Any) -> CommentQuerySet:
    reads = readable(viewer, is_caretaker=is_caretaker(viewer, row))
    found: CommentQuerySet = _for_reading(Comment.objects.filter(reads, parent=thread), reads, viewer)
    return found


def thread_row(comment: Comment, viewer: Any) -> Comment:
    """The comment with all that showing it needs, for a viewer who is known to read it."""
    everything = Q(pk=comment.pk)
    found: Comment = _for_reading(Comment.objects.filter(everything), everything, viewer).get()
    return found


def first_replies(threads: Sequence[Comment], row: Any, viewer: Any) -> dict[int, list[Comment]]:
    """The first two of each thread and one more, by which one knows that there are more: one query for the page."""
    reads = readable(viewer, is_caretaker=is_caretaker(viewer, row))
    answers = Comment.objects.filter(reads, parent__in=[thread.pk for thread in threads])
    numbered = answers.annotate(place=Window(RowNumber(), partition_by=[F("parent_id")], order_by=F("id").asc()))
    chosen = numbered.filter(place__lte=FIRST_REPLIES + 1).values("pk")
    found: dict[int, list[Comment]] = {thread.pk: [] for thread in threads}
    for reply in _for_reading(Comment.objects.filter(pk__in=chosen), reads, viewer).order_by("id"):
        found[int(reply.parent_id or 0)].append(reply)
    return found


def page_of_threads(row: Any, viewer: Any, *, after: str = "") -> tuple[list[Comment], str]:
    """Ten of them, the pinned one first, and the id after which the next page begins; empty at the end."""
    threads = threads_of(row, viewer).order_by("-is_pinned", "-id")
    if after:
        reached = Comment.objects.filter(about(row), parent=None, public_id=after).values_list("pk", flat=True).first()
        threads = threads.filter(pk__lt=reached or 0, is_pinned=False)
    found = list(threads[: PAGE_SIZE + 1])
    more = [comment for comment in found[:PAGE_SIZE] if not comment.is_pinned]
    return found[:PAGE_SIZE], more[-1].public_id if len(found) > PAGE_SIZE else ""


def _for_reading(comments: "QuerySet[Comment, Any]", reads: Q, viewer: Any) -> Any:
    mentions = Mention.objects.filter(there_for(viewer, "person")).select_related("person").order_by("id")
    liked: Any = Value(False)
    if viewer.pk is not None:
        liked = Exists(Like.objects.filter(user_id=viewer.pk, subject_type=_IS_COMMENT, subject_id=OuterRef("pk")))
    return (
        comments.annotate(is_readable=Exists(Comment.objects.filter(reads, pk=OuterRef("pk"))), is_liked=liked)
        .select_related("author__profile__photo")
        .prefetch_related(Prefetch("mentions", mentions, to_attr="shown_mentions"))
    )
