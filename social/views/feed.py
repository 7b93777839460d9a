"""The feed as a page: what followed people did, or a ranking of all there is."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.selectors import public_avatar_of
from fitfoodie.common.api.exceptions import ProblemError
from fitfoodie.common.api.pagination import Position, decode_cursor, encode_cursor
from social import feed_sources
from social.selectors import feed
from social.services.feed import mute_kind, unmute_kind

FOLLOWING, FOR_YOU = "following", "for-you"
PAGE_SIZE = 12


@login_required
@require_safe
def feed_page(request: HttpRequest) -> HttpResponse:
    kind = FOR_YOU if request.GET.get("kind") == FOR_YOU else FOLLOWING
    person = cast("User", request.user)
    position = _position(request, person, kind)
    lines, following = (_following if kind == FOLLOWING else _for_you)(person, position)
    context = {
        "kind": kind,
        "tabs": _tabs(kind),
        "lines": [_shown(line) for line in lines],
        "next_url": _next_url(person, kind, following),
        "muted": _muted(person),
        "is_first": position is None,
    }
    return render(request, "social/feed.html", context)


@login_required
@require_POST
def feed_mute(request: HttpRequest, kind: str) -> HttpResponse:
    return _turned(request, kind, is_muted=True)


@login_required
@require_POST
def feed_unmute(request: HttpRequest, kind: str) -> HttpResponse:
    return _turned(request, kind, is_muted=False)


def _turned(request: HttpRequest, kind: str, *, is_muted: bool) -> HttpResponse:
    person = cast("User", request.user)
    source = {one.kind: one for one in feed_sources.all_sources()}.get(kind)
    if source is None:
        raise Http404
    if is_muted:
        mute_kind(person=person, kind=kind, now=timezone.now())
        said = _("Hidden from your feed: %(kind)s. You can bring it back at the end of the feed.")
    else:
        unmute_kind(person=person, kind=kind)
        said = _("Back in your feed: %(kind)s.")
    messages.success(request, said % {"kind": source.label})
    back = FOR_YOU if request.POST.get("back") == FOR_YOU else FOLLOWING
    return redirect(_address(back))


def _position(request: HttpRequest, person: User, kind: str) -> Position | None:
    """An address of another day or another person starts from the top."""
    cursor = request.GET.get("cursor")
    if not cursor:
        return None
    try:
        return decode_cursor(cursor, _binding(person, kind))
    except ProblemError:
        return None


def _binding(person: User, kind: str) -> str:
    return f"social.feed.page:{person.pk}:{kind}"


def _following(person: User, position: Position | None) -> tuple[list[feed.Line], Position | None]:
    after = feed.Position(*position.key) if position else None
    page = feed.following_page(person, after=after, size=PAGE_SIZE, show=feed.cards_of)
    return page.lines, Position(is_backward=False, key=page.next.key) if page.next else None


def _for_you(person: User, position: Position | None) -> tuple[list[feed.Line], Position | None]:
    as_of, rank = cast("tuple[datetime, int]", position.key) if position else (timezone.now(), 0)
    page = feed.for_you_page(person, as_of=as_of, rank=rank, size=PAGE_SIZE, show=feed.cards_of)
    return page.lines, None if page.next_rank is None else Position(is_backward=False, key=(as_of, page.next_rank))


def _next_url(person: User, kind: str, following: Position | None) -> str:
    if following is None:
        return ""
    sign = "&" if kind == FOR_YOU else "?"
    return f"{_address(kind)}{sign}cursor={encode_cursor(following, _binding(person, kind))}"


def _address(kind: str) -> str:
    return reverse("social:feed") + (f"?kind={FOR_YOU}" if kind == FOR_YOU else "")


def _tabs(kind: str) -> list[dict[str, Any]]:
    labels = {FOLLOWING: _("Following"), FOR_YOU: _("For you")}
    return [{"label": label, "url": _address(key), "current": key == kind} for key, label in labels.items()]


def _shown(line: feed.Line) -> dict[str, Any]:
    actor = line.item.actor
    return {
        "actor": {
            "name": actor.name,
            "handle": actor.handle,
            "url": actor.get_absolute_url(),
            "avatar": public_avatar_of(actor) or "",
            "verified": actor.profile.is_verified,
        },
        "did": line.source.did,
        "at": line.item.happened_at,
        "reason": line.reason,
        "template": line.source.template,
        "card": line.shown,
        "kind": line.source.kind,
        "kind_label": line.source.label,
    }


def _muted(person: User) -> list[dict[str, Any]]:
    muted = set(feed.muted_kinds(person))
    return [{"kind": one.kind, "label": one.label} for one in feed_sources.all_sources() if one.kind in muted]
