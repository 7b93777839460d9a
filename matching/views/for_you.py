"""Classes ordered for whoever looks, alone or with somebody (N7)."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.views.signed_in import person_of
from classes.views.cards import cards
from matching.selectors.class_ranking import RankedClass, rank_classes, rank_classes_for_pair
from matching.selectors.company import companion
from matching.selectors.trainees import trainee_of

SHOWN = 20


@login_required
@never_cache
@require_safe
def classes_for_you(request: HttpRequest) -> HttpResponse:
    """`?with=handle` for two; 404 unless the two are a match or friends."""
    me, now = person_of(request), timezone.now()
    other = _companion(request, me)
    ranked = _ranked(me, other, now)
    drawn = cards([one.session for one in ranked], me, now=now)
    context = {
        "other": other,
        "lines": [line(one, card) for one, card in zip(ranked, drawn, strict=True)],
        "knows_sports": bool(trainee_of(me, now=now).skills) if not ranked else True,
        "list_url": reverse("classes:list"),
    }
    return render(request, "matching/classes_for_you.html", context)


def _ranked(me: User, other: User | None, now: datetime) -> list[RankedClass]:
    if other is None:
        return rank_classes(me, limit=SHOWN, now=now)
    return rank_classes_for_pair(me, other, limit=SHOWN, now=now)


def _companion(request: HttpRequest, me: User) -> User | None:
    handle = request.GET.get("with", "").removeprefix("@")
    if not handle:
        return None
    other = companion(me, handle)
    if other is None:
        raise Http404
    return other


def line(ranked: RankedClass, card: dict[str, Any]) -> dict[str, Any]:
    return {
        "card": card,
        "public_id": ranked.session.public_id,
        "score": ranked.score,
        "reasons": ranked.reasons,
        "is_full": ranked.is_full,
        "clashes_with": ranked.clashes_with,
    }
