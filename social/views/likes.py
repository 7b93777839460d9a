"""The heart, and the people behind its number."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fitfoodie.common.errors import DomainError
from social.selectors.likes import likes_of
from social.services.like import like, like_comment, unlike, unlike_comment
from social.subjects import subject_named, subject_of
from social.views.lookup import member, seen_comment, seen_row
from social.views.panels import address, is_part, like_panel, person

PAGE_SIZE = 24


@require_POST
@login_required
def like_row(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    row = seen_row(request, kind, key)
    try:
        like(row=row, user=member(request), now=timezone.now())
    except DomainError as error:
        return _refused(request, error, subject_of(row).address(row))
    return _heart(request, row)


@require_POST
@login_required
def unlike_row(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    row = seen_row(request, kind, key)
    unlike(row=row, user=member(request))
    return _heart(request, row)


def _heart(request: HttpRequest, row: Any) -> HttpResponse:
    if not is_part(request):
        return redirect(f"{subject_of(row).address(row)}#like")
    row.refresh_from_db(fields=["like_count"])
    return render(request, "social/_like_button.html", like_panel(row, request.user))


@require_POST
@login_required
def like_one_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    comment = seen_comment(request, public_id)
    try:
        like_comment(comment_id=comment.pk, user=member(request), now=timezone.now())
    except DomainError as error:
        return _refused(request, error, _page_of(request, comment))
    return _comment_heart(request, comment, liked=True)


@require_POST
@login_required
def unlike_one_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    comment = seen_comment(request, public_id)
    unlike_comment(comment_id=comment.pk, user=member(request))
    return _comment_heart(request, comment, liked=False)


def _comment_heart(request: HttpRequest, comment: Any, *, liked: bool) -> HttpResponse:
    if not is_part(request):
        return redirect(_page_of(request, comment))
    comment.refresh_from_db(fields=["like_count"])
    return render(request, "social/_comment_heart.html", {"comment": comment, "liked": liked, "user": request.user})


def _page_of(request: HttpRequest, comment: Any) -> str:
    row = subject_named(comment.subject_type).visible(request.user).get(pk=comment.subject_id)
    return f"{subject_of(row).address(row)}#comment-{comment.public_id}"


def _refused(request: HttpRequest, error: DomainError, back: str) -> HttpResponse:
    messages.error(request, error.message)
    if not is_part(request):
        return redirect(back)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = back
    return response


@require_safe
def likes(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The latest first; `?before=` is the place reached."""
    row = seen_row(request, kind, key)
    rows = _before(likes_of(row, request.user), request.GET.get("before", "")).order_by("-id")
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    context = {
        "title": subject_of(row).title(row),
        "back_url": subject_of(row).address(row),
        "count": row.like_count,
        "people": [person(each.user) for each in shown],
        "next_url": f"{address('likes', row)}?before={shown[-1].pk}" if len(found) > PAGE_SIZE else "",
    }
    return render(request, "social/_people.html" if is_part(request) else "social/likes.html", context)


def _before(found: Any, text: str) -> Any:
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    return found.filter(pk__lt=int(text)) if is_number else found
