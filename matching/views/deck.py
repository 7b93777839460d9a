"""The deck: one person at a time, three answers, and a way back (N1, N3, N8)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.selectors import find_person
from accounts.views.signed_in import person_of
from fitfoodie.common.errors import DomainError
from matching.enums import Verb
from matching.models import FitnessProfile
from matching.policy import has_deck
from matching.selectors import said
from matching.selectors.deck import Wishes, deck_page, profile_of
from matching.services.actions import act, undo_last
from matching.services.impressions import log_impressions
from matching.views.cards import card, has_times
from matching.views.news import news_for
from matching.views.places import address, tabs

RADII = (2, 5, 10, 15, 25, 50, 100, 200)
FILTERS = ("radius_km", "level_gap")


@login_required
@never_cache
@require_safe
def deck(request: HttpRequest) -> HttpResponse:
    """With htmx only the deck itself, for a change of the filters."""
    return _deck(request)


@require_POST
@login_required
def answer(request: HttpRequest) -> HttpResponse:
    """`do` is the verb, `handle` the person. What is asked of a form is the next card."""
    me, verb = person_of(request), _verb(request)
    person = find_person(request.POST.get("handle", ""), viewer=me)
    is_for_good = request.POST.get("for_good") == "yes"

    def say() -> None:
        try:
            act(actor=me, target_id=person.pk, verb=verb, now=timezone.now(), is_for_good=is_for_good)
        except User.DoesNotExist:
            raise DomainError(_("That person is not in your deck any more."), code="gone") from None

    return _carried_out(request, say)


@require_POST
@login_required
def undo(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    return _carried_out(request, lambda: undo_last(actor=me, now=timezone.now()))


def _carried_out(request: HttpRequest, verb: Callable[[], object]) -> HttpResponse:
    """A refusal is said where the card is; with a plain form, after the way back to the page it came from."""
    refusal = ""
    try:
        verb()
    except DomainError as error:
        refusal = error.message
    if _is_htmx(request) and request.POST.get("from") != "likes":
        return _deck(request, refusal=refusal)
    if refusal:
        messages.error(request, refusal)
    if request.POST.get("from") == "likes":
        return redirect("matching:likes")
    query = _filters(request).urlencode()
    return redirect(f"{reverse('matching:deck')}{'?' if query else ''}{query}")


def _verb(request: HttpRequest) -> Verb:
    try:
        return Verb(request.POST.get("do", ""))
    except ValueError:
        raise Http404("No such answer.") from None


def _deck(request: HttpRequest, *, refusal: str = "") -> HttpResponse:
    me, now = person_of(request), timezone.now()
    profile = profile_of(me, _wishes(request))
    page = deck_page(profile, size=1, now=now) if profile else None
    cards = page.cards if page else []
    if request.method != "HEAD":
        log_impressions(viewer=me, ranked=[one.ranked for one in cards], now=now)
    context = {
        "tabs": tabs(request),
        "person": card(cards[0]) if cards else None,
        "has_more": page.has_more if page else False,
        "state": _state(profile, now) if not cards else "",
        "refusal": refusal,
        "query": _filters(request).urlencode(),
        "last": _undoable(me, now),
        "likes": said.allowance(me.pk, Verb.LIKE, now=now),
        "super_likes": said.allowance(me.pk, Verb.SUPER_LIKE, now=now),
        "filters": _filter_choices(request, me),
        "news": news_for(me, now),
        "preferences_url": address("matching:preferences"),
    }
    template = "matching/_deck.html" if _is_htmx(request) else "matching/deck.html"
    return render(request, template, context)


def _state(profile: FitnessProfile | None, now: Any) -> str:
    """Why there is nobody: what the empty deck offers to do."""
    if profile is None or not profile.is_ready:
        return "unready"
    if profile.is_paused:
        return "paused"
    if not has_deck(profile, now):
        return "young"
    return "nobody" if has_times(profile) else "no_times"


def _undoable(me: User, now: Any) -> dict[str, Any] | None:
    last = said.last_action(me.pk)
    if last is None or last.undone_at is not None or not said.is_changeable(last, now=now):
        return None
    if said.match_between(last.actor_id, last.target_id) is not None:
        return None
    return {"name": last.target.name, "verb": last.verb, "label": Verb(last.verb).label}


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _filters(request: HttpRequest) -> QueryDict:
    """Those that narrow, from the address; whatever is no number is left out."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        value = request.GET.get(name, "")
        if value.isascii() and value.isdigit() and len(value) < 4:
            kept[name] = value
    return kept


def _wishes(request: HttpRequest) -> Wishes:
    kept = _filters(request)
    radius, gap = kept.get("radius_km"), kept.get("level_gap")
    return Wishes(int(radius) if radius else None, int(gap) if gap else None)


def _filter_choices(request: HttpRequest, me: User) -> dict[str, Any] | None:
    """Within one's own limits: the widest is what the preferences say."""
    own = profile_of(me)
    if own is None:
        return None
    kept = _filters(request)
    radius = min(int(kept.get("radius_km") or own.radius_km), own.radius_km)
    gap = min(int(kept.get("level_gap") or own.level_gap), own.level_gap)
    words = (_("Same level"), _("One level apart"), _("Any level"))
    return {
        "radii": [(km, km == radius) for km in sorted({km for km in RADII if km < own.radius_km} | {own.radius_km})],
        "gaps": [(value, words[value], value == gap) for value in range(own.level_gap + 1)],
    }
