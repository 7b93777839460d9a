"""`/r/<code>`: counts the click, then leads on (AFF-1). Sets no cookie: the click travels in the address (AFF-5)."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fitfoodie.common.client_ip import client_ip
from meals import selectors
from meals.views.cards import cards
from orders import rules
from orders.enums import ClickKind
from orders.models import AffiliateLink
from orders.robots import is_robot
from orders.services.clicks import record_click, visitor_hash

# Browsers that fetch an address before anybody asked for it say so in one of these.
_PREFETCH_HEADERS = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_PREFETCH_WORDS = ("prefetch", "prerender", "preview")


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    link = _link(code)
    target, is_there = _target(link)
    via = _counted(request, link, is_there=is_there)
    answer = HttpResponseRedirect(_with_query(target, link.utm | via if via is not None else {}))
    # A stored answer would lead on without being counted.
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "same-origin"
    return answer


@require_safe
def similar(request: HttpRequest, code: str) -> HttpResponse:
    """Where a link leads whose meal has left the menu (AFF-13)."""
    link = _link(code)
    if link.meal is None:
        raise Http404
    found = cards(selectors.similar_meals(link.meal, request.user, limit=12))
    via = request.GET.get("via", "")
    meals = [meal | {"url": _with_query(meal["url"], {"via": via})} for meal in found] if via else found
    return render(request, "orders/link_similar.html", {"meals": meals})


def _link(code: str) -> AffiliateLink:
    link = AffiliateLink.objects.select_related("creator", "meal").filter(code__iexact=code).first()
    if link is None:
        raise Http404
    return link


def _target(link: AffiliateLink) -> tuple[str, bool]:
    """Where it leads, and whether what it was made for is there. It does not depend on who asks: a block shows on the
    page itself, as for any other way there."""
    if link.path:
        return link.path, True
    if link.meal is None:
        return reverse("accounts:profile", args=[link.creator.handle]), True
    if link.meal.is_public:
        return link.meal.get_absolute_url(), True
    return reverse("orders:link-similar", args=[link.code]), False


def _counted(request: HttpRequest, link: AffiliateLink, *, is_there: bool) -> dict[str, str] | None:
    """What names the click in the address; None where the link does not attribute and only leads on (AFF-13)."""
    keeps_code = is_there or settings.AFFILIATE_ARCHIVED_KEEPS_CODE
    if not link.is_active or rules.is_suspended(link.creator) or not keeps_code:
        return None
    now, kind = timezone.now(), kind_of(request)
    person: Any = request.user if request.user.is_authenticated else None
    agent = request.headers.get("User-Agent", "")
    visitor = visitor_hash(ip=client_ip(request), user_agent=agent, now=now) if kind == ClickKind.PERSON else ""
    click = record_click(link=link, kind=kind, person=person, visitor=visitor, now=now)
    return {"via": click.public_id} if kind == ClickKind.PERSON else {}


def kind_of(request: HttpRequest) -> ClickKind:
    if request.method == "HEAD":
        return ClickKind.HEAD
    said = " ".join(request.headers.get(name, "") for name in _PREFETCH_HEADERS).lower()
    if any(word in said for word in _PREFETCH_WORDS):
        return ClickKind.PREFETCH
    return ClickKind.BOT if is_robot(request.headers.get("User-Agent", "")) else ClickKind.PERSON


def _with_query(target: str, query: dict[str, str]) -> str:
    return f"{target}?{urlencode(query)}" if query else target
