"""Reading and writing below a thing. Everything works as a page of its own, without scripts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fitfoodie.common.errors import DomainError
from social.forms import CommentForm, HideForm
from social.models import Comment
from social.selectors.comments import answers_to, thread_shown
from social.services.comment import delete_comment, edit_comment, set_who_may_comment, write_comment
from social.services.comment_care import hide_comment, pin_comment, show_comment, unpin_comment
from social.subjects import subject_named, subject_of
from social.views.lookup import member, seen_comment, seen_row
from social.views.panels import comments_panel, is_part, replies_panel

MAX_REPLIES = 200


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    row = seen_row(request, kind, key)
    if request.method == "POST":
        return _written(request, row)
    panel = comments_panel(row, request.user, after=request.GET.get("after", "")[:12])
    template = "social/_threads.html" if is_part(request) else "social/comments.html"
    return render(request, template, panel | {"form": CommentForm(initial={"reply_to": request.GET.get("reply_to")})})


@login_required
def _written(request: HttpRequest, row: Any) -> HttpResponse:
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            comment = write_comment(row=row, author=member(request), now=timezone.now(), **form.cleaned_data)
        except Comment.DoesNotExist:
            form.add_error(None, _("The comment you answered is no longer there."))
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Your comment is on the page."))
            return redirect(_place(request, comment))
    return render(request, "social/comments.html", comments_panel(row, request.user) | {"form": form}, status=422)


@require_safe
def replies(request: HttpRequest, public_id: str) -> HttpResponse:
    """A thread with all its answers."""
    try:
        thread, row = thread_shown(public_id, request.user)
    except Comment.DoesNotExist:
        raise Http404 from None
    found = list(answers_to(thread, row, request.user).order_by("id")[:MAX_REPLIES])
    panel = replies_panel(thread, found, row, request.user)
    template = "social/_replies.html" if is_part(request) else "social/replies.html"
    return render(request, template, panel | {"form": CommentForm(initial={"reply_to": public_id})})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    comment = _own(request, public_id)
    form = CommentForm(request.POST or None, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            edit_comment(comment_id=comment.pk, author=member(request), text=text, now=timezone.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Changed."))
            return redirect(_place(request, comment))
    context = {"comment": comment, "form": form, "back_url": _place(request, comment)}
    return render(request, "social/comment_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET asks: the words are gone for good."""
    comment = _own(request, public_id)
    if request.method != "POST":
        return render(request, "social/comment_delete.html", {"comment": comment, "back_url": _place(request, comment)})
    back = _page(request, comment)
    delete_comment(comment_id=comment.pk, author=member(request), now=timezone.now())
    messages.success(request, _("Your comment is gone."))
    return redirect(f"{back}#comments")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hide(request: HttpRequest, public_id: str) -> HttpResponse:
    """The owner hides at once; staff are first asked why."""
    comment = seen_comment(request, public_id)
    form = HideForm(request.POST or None)
    reason = form.cleaned_data["reason"] if request.method == "POST" and form.is_valid() else ""
    is_theirs = subject_named(comment.subject_type).owner_id(_row(request, comment)) == request.user.pk
    if request.method == "POST" and (reason or is_theirs):
        return _done(request, comment, hide_comment, _("Hidden. Only its author and you still see it."), reason=reason)
    context = {"comment": comment, "form": form, "is_theirs": is_theirs, "back_url": _place(request, comment)}
    return render(request, "social/comment_hide.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    comment = seen_comment(request, public_id)
    reason = request.POST.get("reason", "") or _("Shown again on the page.")
    return _done(request, comment, show_comment, _("Everybody sees it again."), reason=reason)


def _done(request: HttpRequest, comment: Comment, verb: Any, said: str, *, reason: str) -> HttpResponse:
    try:
        verb(comment_id=comment.pk, actor=member(request), now=timezone.now(), reason=reason)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
    return redirect(_place(request, comment))


@require_POST
@login_required
def pin(request: HttpRequest, public_id: str) -> HttpResponse:
    return _pinned(request, public_id, pin_comment, _("Pinned: it stands first."))


@require_POST
@login_required
def unpin(request: HttpRequest, public_id: str) -> HttpResponse:
    return _pinned(request, public_id, unpin_comment, _("No longer pinned."))


def _pinned(request: HttpRequest, public_id: str, verb: Any, said: str) -> HttpResponse:
    comment = seen_comment(request, public_id)
    try:
        verb(comment_id=comment.pk, owner=member(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
    return redirect(_place(request, comment))


@require_POST
@login_required
def who_may_comment(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    row = seen_row(request, kind, key)
    try:
        set_who_may_comment(row=row, owner=member(request), who=request.POST.get("who_may_comment", ""))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Saved. It holds from now on; what was said stays."))
    return redirect(f"{subject_of(row).address(row)}#comments")


def _own(request: HttpRequest, public_id: str) -> Comment:
    comment = seen_comment(request, public_id)
    if comment.author_id != request.user.pk:
        raise Http404
    return comment


def _row(request: HttpRequest, comment: Comment) -> Any:
    return subject_named(comment.subject_type).visible(request.user).get(pk=comment.subject_id)


def _page(request: HttpRequest, comment: Comment) -> str:
    row = _row(request, comment)
    return subject_of(row).address(row)


def _place(request: HttpRequest, comment: Comment) -> str:
    return f"{_page(request, comment)}#comment-{comment.public_id}"
