"""The page of one class."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from classes.selectors.session_page import SessionPage, find_session, page_of
from classes.services.policy import policy_for
from classes.views.cards import card, cards, sport_labels


@require_safe
def session_page(request: HttpRequest, public_id: str) -> HttpResponse:
    now = timezone.now()
    session = find_session(public_id, request.user)
    if session is None:
        raise Http404
    page = page_of(session, request.user, now=now)
    return render(request, "classes/session.html", context_of(request, page))


def context_of(request: HttpRequest, page: SessionPage) -> dict[str, Any]:
    now, session = timezone.now(), page.session
    policy = policy_for(session)
    return {
        "page": page,
        "session": session,
        "card": card(session, request.user, page.my_seat, now=now),
        "others": cards(page.others, request.user, now=now),
        "sports": sport_labels(session.interests),
        "policy": policy,
        "free_until": policy.late_from(session.starts_at).astimezone(ZoneInfo(session.time_zone)),
    }
