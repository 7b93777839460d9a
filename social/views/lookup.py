"""From an address to what it names, or a 404 for what one may not see (SEC-9)."""

from typing import Any

from django.http import Http404, HttpRequest

from accounts.models import User
from social.models import Comment
from social.selectors.comments import comment_for
from social.subjects import all_subjects


def seen_row(request: HttpRequest, kind: str, key: str, *, by: Any = None) -> Any:
    subject = next((each for each in all_subjects() if each.name == kind), None)
    found = subject.visible(by or request.user).filter(public_id=key).first() if subject else None
    if found is None:
        raise Http404
    return found


def seen_comment(request: HttpRequest, public_id: str) -> Comment:
    try:
        return comment_for(request.user, public_id=public_id)
    except Comment.DoesNotExist:
        raise Http404 from None


def member(request: HttpRequest) -> User:
    """Whoever is signed in. For views behind `login_required`."""
    if not isinstance(request.user, User):
        raise TypeError("This view must be behind login_required.")
    return request.user
