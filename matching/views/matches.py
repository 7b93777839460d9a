"""Matches, super likes that wait, and the page two people share."""

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
from classes.views.cards import cards as class_cards
from matching.models import FitnessProfile, Match
from matching.selectors.class_ranking import rank_classes_for_pair
from matching.selectors.deck import profile_of, shared_sports
from matching.selectors.matches import match_of, matches_of, other_of, super_likes_to
from matching.selectors.ranking import pair
from matching.selectors.slots import common_slots, next_common_slot
from matching.services.matches import unmatch
from matching.views.cards import match_of_two
from matching.views.news import news_for
from matching.views.places import address, tabs
from social.views.rows import card as person_row

LISTED = 50
CLASSES = 6


@login_required
@never_cache
@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """With htmx only the list, asked again every few seconds."""
    me, now = person_of(request), timezone.now()
    profile = profile_of(me)
    rows = matches_of(me).order_by("-matched_at", "-pk")[:LISTED]
    lines = [_line(row, me, profile, now) for row in rows]
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
            "next_slot": next_common_slot(mine, theirs, now=now),
            "classes": _classes(me, other, now),
        }
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


def _classes(me: User, other: User, now: Any) -> list[dict[str, Any]]:
    """Cards of classes that suit both, with why."""
    ranked = rank_classes_for_pair(me, other, limit=CLASSES, now=now)
    drawn = class_cards([one.session for one in ranked], me, now=now)
    return [
        {"card": shown, "reasons": one.reasons, "session": one.session}
        for one, shown in zip(ranked, drawn, strict=True)
    ]


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


def _line(row: Match, me: User, mine: FitnessProfile | None, now: Any) -> dict[str, Any]:
    other = other_of(row, me)
    theirs = _profile(other)
    return {
        "id": row.public_id,
        "person": person_row(other),
        "matched_at": row.matched_at,
        "sports": _sports(mine, other),
        "next_slot": next_common_slot(mine, theirs, now=now) if mine and theirs else None,
    }
