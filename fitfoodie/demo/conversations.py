"""What people like, and what they say under it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from fitfoodie.demo.past import as_of
from social.models import Comment, Like, about
from social.services.comment import write_comment
from social.services.comment_care import pin_comment
from social.services.like import like, like_comment

People = Mapping[str, User]


def make_likes(row: Any, by: Iterable[str], people: People, *, at: datetime) -> None:
    known = _who_like(row)
    for number, name in enumerate(by):
        if people[name].pk not in known:
            with as_of(at + number * timedelta(minutes=37)):
                like(row=row, user=people[name], now=at + number * timedelta(minutes=37))


def make_thread(row: Any, thread: Mapping[str, Any], people: People, *, at: datetime) -> None:
    """A comment, its likes, and the replies to it."""
    comment = make_comment(row, people[thread["author"]], thread["text"], at=at)
    known = _who_like(comment)
    for name in thread.get("likes", ()):
        if people[name].pk not in known:
            like_comment(comment_id=comment.pk, user=people[name], now=at + timedelta(minutes=40))
    for number, reply in enumerate(thread.get("reply", ()), start=1):
        later = at + number * timedelta(hours=1)
        make_comment(row, people[reply["author"]], reply["text"], at=later, reply_to=comment.public_id)
    if thread.get("pinned") and not comment.is_pinned:
        pin_comment(comment_id=comment.pk, owner=people[thread["author"]])


def make_comment(row: Any, author: User, text: str, *, at: datetime, reply_to: str = "") -> Comment:
    found = Comment.objects.filter(about(row), author=author, text=text).first()
    if found:
        return found
    with as_of(at):
        return write_comment(row=row, author=author, text=text, now=at, reply_to=reply_to)


def _who_like(row: Any) -> set[int]:
    return set(Like.objects.filter(about(row)).values_list("user_id", flat=True))
