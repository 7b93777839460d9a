"""What the pieces of a page show: the like button, the comments, the share dialog. One for every kind of thing."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.selectors import public_avatar_of
from social import rules
from social.enums import WhoMayComment
from social.models import Comment
from social.policy import is_following
from social.selectors.comments import FIRST_REPLIES, first_replies, is_caretaker, page_of_threads
from social.selectors.likes import is_liked
from social.services.comment import closed_because
from social.services.share import live_links
from social.subjects import subject_of

Context = dict[str, Any]


def person(who: User) -> Context:
    """In the form the components draw; read with `profile__photo`."""
    profile = getattr(who, "profile", None)
    return {
        "name": who.name,
        "handle": who.handle,
        "url": who.get_absolute_url(),
        "avatar": public_avatar_of(who) or "",
        "verified": bool(profile and profile.is_verified),
    }


def address(name: str, row: Any) -> str:
    """Of a page about reactions to the row."""
    return reverse(f"social:{name}", kwargs={"kind": subject_of(row).name, "key": row.public_id})


def like_panel(row: Any, viewer: Any) -> Context:
    liked = is_liked(row, viewer)
    return {
        "row": row,
        "liked": liked,
        "url": address("unlike" if liked else "like", row),
        "people_url": address("likes", row),
        "sign_in_url": _sign_in(subject_of(row).address(row)),
        "is_member": viewer.is_authenticated,
    }


def comments_panel(row: Any, viewer: Any, *, after: str = "") -> Context:
    """Three queries for a page of threads, however many there are, and one or two for what the viewer may do."""
    threads, following = page_of_threads(row, viewer, after=after)
    answers = first_replies(threads, row, viewer)
    allowed = _allowed(row, viewer)
    url = address("comments", row)
    return allowed | {
        "row": row,
        "subject": subject_of(row),
        "title": subject_of(row).title(row),
        "back_url": subject_of(row).address(row),
        "threads": [_thread(thread, answers[thread.pk], allowed) for thread in threads],
        "comments_url": url,
        "next_url": f"{url}?after={following}" if following else "",
        "sign_in_url": _sign_in(subject_of(row).address(row)),
    }


def replies_panel(thread: Comment, replies: Sequence[Comment], row: Any, viewer: Any) -> Context:
    allowed = _allowed(row, viewer)
    return allowed | {
        "row": row,
        "title": subject_of(row).title(row),
        "back_url": f"{subject_of(row).address(row)}#comments",
        "thread": _thread(thread, replies, allowed, has_all=True),
        "comments_url": address("comments", row),
    }


def _allowed(row: Any, viewer: Any) -> Context:
    owner_id = subject_of(row).owner_id(row)
    may = _may_comment(row, viewer, owner_id)
    return {
        "viewer": viewer,
        "is_owner": viewer.pk == owner_id,
        "is_caretaker": is_caretaker(viewer, row),
        "may_comment": may,
        "needs_address": viewer.is_authenticated and not rules.may_react(viewer),
        "closed": "" if may or not viewer.is_authenticated else closed_because(row),
        "is_open": subject_of(row).is_open(row),
        "who_choices": WhoMayComment.choices,
        "who_url": address("who-may-comment", row),
    }


def _may_comment(row: Any, viewer: Any, owner_id: int) -> bool:
    if not viewer.is_authenticated:
        return False
    is_follower = row.who_may_comment == WhoMayComment.FOLLOWERS and is_following(viewer, owner_id)
    return rules.may_comment(viewer, row, owner_id=owner_id, is_follower=is_follower)


def _thread(thread: Comment, replies: Sequence[Comment], allowed: Context, *, has_all: bool = False) -> Context:
    shown = replies if has_all else replies[:FIRST_REPLIES]
    return _shown(thread, allowed) | {
        "replies": [_shown(reply, allowed) for reply in shown],
        "has_more": len(replies) > len(shown),
    }


def _shown(comment: Comment, allowed: Context) -> Context:
    reads: bool = comment.is_readable  # type: ignore[attr-defined]  # annotated by the selector
    viewer = allowed["viewer"]
    return {
        "comment": comment,
        "reads": reads,
        "liked": reads and comment.is_liked,  # type: ignore[attr-defined]  # annotated by the selector
        "author": person(comment.author) if reads and comment.author else None,
        "is_mine": viewer.pk is not None and comment.author_id == viewer.pk,
        "can_hide": allowed["is_caretaker"] and reads,
        "can_pin": allowed["is_owner"] and reads and comment.parent_id is None and comment.is_shown,
    }


def share_panel(row: Any, viewer: Any) -> Context:
    """The owner of what is not for everyone is offered links that run out; everybody else the address."""
    subject = subject_of(row)
    is_public = subject.is_public(row)
    is_owner = viewer.pk is not None and subject.owner_id(row) == viewer.pk
    links = list(live_links(row, now=timezone.now()).order_by("-id")) if is_owner and not is_public else []
    return {
        "row": row,
        "is_public": is_public,
        "may_link": is_owner and not is_public,
        "share_url": absolute(subject.address(row)),
        "share_title": subject.title(row),
        "links": [{"url": absolute(reverse("social:shared", args=[each.token])), "link": each} for each in links],
        "links_url": address("share-links", row),
        "revoke_url": address("share-links-revoke", row),
        "qr_url": address("qr", row),
        "counted_url": address("share", row) if viewer.is_authenticated else "",
    }


def absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def card_url(row: Any) -> str:
    """Of the picture beside a shared address; empty for what is not for everyone."""
    return absolute(address("card", row)) if subject_of(row).is_public(row) else ""


def _sign_in(back: str) -> str:
    return f"{reverse('account_login')}?next={back}"


def is_part(request: HttpRequest) -> bool:
    """Whether a script asked for a piece of the page."""
    return bool(getattr(request, "htmx", False))
