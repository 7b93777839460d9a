"""Handing a thing on: the count, links that run out, the QR code, and the picture beside a shared address."""

from hashlib import sha256
from io import BytesIO
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from fitfoodie.common.errors import DomainError
from social.card import Face, draw_card
from social.services.share import make_share_link, revoke_share_links, share
from social.subjects import subject_of
from social.views.lookup import member, seen_row
from social.views.panels import absolute

_HOUR = 60 * 60
_DAY = 24 * _HOUR


@require_POST
@login_required
def count_share(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What the copy and share buttons say when they were used; the answer interests nobody."""
    row = seen_row(request, kind, key)
    try:
        share(row=row, user=member(request), channel=request.POST.get("channel", ""), now=timezone.now())
    except DomainError as error:
        return HttpResponse(error.message, status=error.status, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@require_POST
@login_required
def share_links(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    row = seen_row(request, kind, key)
    try:
        make_share_link(row=row, creator=member(request), now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("A link for seven days is made. You find it under Share."))
    return redirect(f"{subject_of(row).address(row)}#share")


@require_POST
@login_required
def share_links_revoke(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    row = seen_row(request, kind, key)
    try:
        revoke_share_links(row=row, creator=member(request), now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("No link opens it any more."))
    return redirect(f"{subject_of(row).address(row)}#share")


@require_safe
@cache_control(public=True, max_age=_DAY)
def qr(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The address as a code to photograph: dark on light in either theme, or phones cannot read it."""
    row = _public_row(request, kind, key)
    drawing = BytesIO()
    code = segno.make(absolute(subject_of(row).address(row)), error="m")
    code.save(drawing, kind="svg", scale=8, border=3, dark="#1E241F", light="#FFFFFF", title=subject_of(row).title(row))
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=_HOUR)
def card(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """1200 × 630: what a chat or a network shows beside the address. Only what a stranger sees is on it."""
    face = _face(_public_row(request, kind, key))
    name = sha256(repr(face).encode()).hexdigest()[:24]
    if request.headers.get("If-None-Match") == f'"{name}"':
        return HttpResponseNotModified(headers={"ETag": f'"{name}"'})
    picture = cache.get_or_set(f"social.card:{name}", lambda: draw_card(face), _DAY)
    return HttpResponse(picture, content_type="image/png", headers={"ETag": f'"{name}"'})


def _public_row(request: HttpRequest, kind: str, key: str) -> Any:
    """As a visitor sees it, whoever asks: the answer may be kept by caches. Raises Http404 for what is private."""
    row = seen_row(request, kind, key, by=AnonymousUser())
    if not subject_of(row).is_public(row):
        raise Http404
    return row


def _face(row: Any) -> Face:
    subject = subject_of(row)
    owner = User.objects.only("name").get(pk=subject.owner_id(row))
    with override(getattr(row, "language", None) or "en"):
        return Face(title=subject.title(row), person=owner.name, figures=tuple(subject.figures(row))[:3])
