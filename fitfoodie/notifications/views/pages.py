"""The bell: a list, its badge, and reading."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from fitfoodie.notifications.models import Notification
from fitfoodie.notifications.selectors.messages import MOST_COUNTED, lines_of, unread_count
from fitfoodie.notifications.services.read import mark_all_read, mark_read
from meals.views.requests import MemberRequest

PAGE_SIZE = 30


@require_safe
@login_required
def notification_list(request: MemberRequest) -> HttpResponse:
    asked = request.GET.get("page", "1")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 5 else 1
    start = (number - 1) * PAGE_SIZE
    notes = Notification.objects.filter(user=request.user).select_related("event").order_by("-created_at", "-id")
    found = list(notes[start : start + PAGE_SIZE + 1])
    context = {
        "lines": lines_of(found[:PAGE_SIZE], request.user),
        "has_unread": unread_count(request.user) > 0,
        "before": timezone.now().isoformat(),
        "next_page": number + 1 if len(found) > PAGE_SIZE else None,
    }
    return render(request, "notifications/notification_list.html", context)


@require_safe
@login_required
def notification_badge(request: MemberRequest) -> HttpResponse:
    count = unread_count(request.user)
    context = {"count": count, "shown": f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or "")}
    return render(request, "notifications/_badge.html", context)


@require_safe
@login_required
def notification_open(request: MemberRequest, public_id: str) -> HttpResponse:
    """Jump to the thing; the way there reads it."""
    note = Notification.objects.select_related("event").filter(user=request.user, public_id=public_id).first()
    if note is None:
        raise Http404
    mark_read(user=request.user, ids=[note.public_id], now=timezone.now())
    return redirect(lines_of([note], request.user)[0].message.address)


@require_POST
@login_required
def read_all(request: MemberRequest) -> HttpResponse:
    mark_all_read(user=request.user, before=_before(request), now=timezone.now())
    return redirect("notifications:list")


def _before(request: Any) -> datetime:
    """When the list was drawn; what is no instant counts as now."""
    now = timezone.now()
    try:
        given = parse_datetime(request.POST.get("before", ""))
    except ValueError:
        return now
    return min(given, now) if given and given.tzinfo else now
