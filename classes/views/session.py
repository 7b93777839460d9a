"""The page of one class."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from classes import rules
from classes.selectors.ratings import standing_of_type
from classes.selectors.session_page import SessionPage, find_session, page_of
from classes.services.policy import policy_for
from classes.structured_data import event_of
from classes.views.cards import card, cards, sport_labels, stars_of
from classes.views.ratings_read import ratings_part


@require_safe
def session_page(request: HttpRequest, public_id: str) -> HttpResponse:
    now = timezone.now()
    session = find_session(public_id, request.user)
    if session is None:
        raise Http404
    page = page_of(session, request.user, now=now)
    of_class = Q(class_type_id=session.class_type_id)
    said = ratings_part(request, of_class, standing_of_type(session.class_type))
    return render(request, "classes/session.html", context_of(request, page) | said)


def context_of(request: HttpRequest, page: SessionPage) -> dict[str, Any]:
    now, session = timezone.now(), page.session
    policy = policy_for(session)
    drawn = card(session, request.user, page.my_seat, now=now)
    taught = drawn["instructor"]
    return {
        "page": page,
        "session": session,
        "instructor_stars": stars_of(getattr(session.instructor, "teaching_rating", None)),
        "structured": event_of(session, teacher=taught["name"] if taught else "", base_url=settings.SITE_URL),
        "share_url": settings.SITE_URL.rstrip("/") + session.get_absolute_url(),
        "may_rate": page.may_rate(request.user),
        "may_host": request.user.is_authenticated and rules.may_take_attendance(request.user, session),
        "may_change": request.user.is_authenticated and rules.may_manage_session(request.user, session),
        "card": drawn,
        "others": cards(page.others, request.user, now=now),
        "sports": sport_labels(session.interests),
        "policy": policy,
        "free_until": policy.late_from(session.starts_at).astimezone(ZoneInfo(session.time_zone)),
    }
