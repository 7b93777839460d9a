"""What stands behind a share link: the thing, read-only, for whoever has the address, until it runs out (F36)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from social.models import ShareLink
from social.selectors.shares import opened_by
from social.subjects import subject_named


@require_safe
@never_cache
def shared(request: HttpRequest, token: str) -> HttpResponse:
    link = ShareLink.objects.filter(token=token).first()
    if link is None:
        raise Http404
    subject = subject_named(link.subject_type)
    row = opened_by(link, request.user, now=timezone.now())
    if row is None or subject.guest_page is None:
        return _kept_private(render(request, "social/share_over.html", status=410))
    if subject.visible(request.user).filter(pk=row.pk).exists():
        return redirect(subject.address(row))
    answer: Any = subject.guest_page(request, row, token)
    return _kept_private(answer)


def _kept_private(response: HttpResponse) -> HttpResponse:
    """The address is a key: not for search engines, and not to be told to the sites one goes on to."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
