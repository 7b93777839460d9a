"""Matches, super likes that wait, and the page two people share."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.views.signed_in import person_of
from classes.selectors.outings import open_with
from matching.models import FitnessProfile, Match
from matching.selectors.deck import profile_of, shared_sports
from matching.selectors.matches import match_of, matches_of, other_of, super_likes_to
from matching.selectors.pair_plan import PairPlan, plan_of, plans_of
from matching.selectors.ranking import pair
from matching.selectors.slots import common_slots
from matching.services.matches import unmatch
from matching.views.cards import match_of_two
from matching.views.news import news_for
from matching.views.places import address, tabs
from matching.views.together import plan_parts
from social.views.rows import card as person_row

LISTED = 50


@login_required
@never_cache
@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """Each with the next time both are free and the class that suits both best in it."""
    me, now = person_of(request), timezone.now()
    profile = profile_of(me)
    rows = list(matches_of(me).order_by("-matched_at", "-pk")[:LISTED])
    plans = plans_of(me, [other_of(row, me) for row in rows], now=now)
    arranged = open_with(me, now=now)
    lines = [_line(row, me, profile, plans[other_of(row, me).pk], arranged) for row in rows]
    context = {"tabs": tabs(request), "lines": lines, "news": news_for(me, now)}
    return render(request, "matching/matches.html", context)


@login_required
@never_cache
@require_safe
def likes(request: HttpRequest) -> HttpResponse:
    me, now = person_of(request), timezone.now()
    profile = profile_of(me)
    rows = super_likes_to(me, now=now).order_by("-acted_at", "-pk")[:LISTED]
    lines = [
        {"person": person_row(row.actor), "liked_at": row.acted_at, "sports": _sports(profile, row.actor)}
        for row in rows
    ]
    context = {"tabs": tabs(request), "lines": lines, "news": news_for(me, now)}
    return render(request, "matching/likes.html", context)


@login_required
@never_cache
@require_safe
def together(request: HttpRequest, public_id: str) -> HttpResponse:
    """What two people need to train together. 404 for everybody else, and when one of the two is away."""
    me, now = person_of(request), timezone.now()
    match = _match(me, public_id)
    other, mine = other_of(match, me), profile_of(me)
    theirs = _profile(other)
    context: dict[str, Any] = {
        "tabs": tabs(request),
        "match": match,
        "person": person_row(other),
        "other": other,
        "sports": _sports(mine, other),
        "classes_url": address("classes:list") or "/",
        "news": news_for(me, now),
    }
    if mine and theirs:
        ranked = pair(mine, theirs, now=now)
        context |= {
            "pair": match_of_two(ranked) if ranked else None,
            "times": common_slots(bytes(mine.week), bytes(theirs.week)),
        }
    context |= plan_parts(plan_of(me, other, now=now), me, other, now)
    return render(request, "matching/together.html", context)


@require_POST
@login_required
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    me = person_of(request)
    match = _match(me, public_id)
    unmatch(user=me, match_id=match.pk, now=timezone.now())
    text = _("You and %(name)s are no match any more. Neither of you finds the other in the deck.")
    messages.success(request, text % {"name": other_of(match, me).name})
    return redirect("matching:matches")


def _match(me: User, public_id: str) -> Match:
    try:
        return match_of(me, public_id)
    except Match.DoesNotExist:
        raise Http404("No such match.") from None


def _profile(person: User) -> FitnessProfile | None:
    found: FitnessProfile | None = getattr(person, "fitness", None)
    return found


def _sports(mine: FitnessProfile | None, other: User) -> Any:
    theirs = _profile(other)
    return shared_sports(mine.skills, theirs.skills) if mine and theirs else ()


def _line(
    row: Match, me: User, mine: FitnessProfile | None, plan: PairPlan, arranged: Mapping[tuple[int, int], str]
) -> dict[str, Any]:
    other, best = other_of(row, me), plan.best
    session = best.classes[0].session if best and best.classes else None
    return {
        "id": row.public_id,
        "person": person_row(other),
        "matched_at": row.matched_at,
        "sports": _sports(mine, other),
        "next_slot": best.slot if best else None,
        "class": session,
        "outing": arranged.get((session.pk, other.pk)) if session else None,
    }
