"""Pages of people: one's own friends, follows and requests in one place; the lists of others; whom one blocked."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.selectors import find_person
from accounts.settings_parts import SettingsPage, SettingsPart
from accounts.views.settings import nav
from accounts.views.signed_in import person_of
from social.selectors import people
from social.services.privacy import change_privacy
from social.views.rows import PeoplePage, page_of

TABS = ("friends", "following", "followers", "requests")
LABELS = {
    "friends": gettext_lazy("Friends"),
    "following": gettext_lazy("Following"),
    "followers": gettext_lazy("Followers"),
    "requests": gettext_lazy("Requests"),
}


@login_required
@require_safe
def my_people(request: HttpRequest) -> HttpResponse:
    """`?tab=` chooses; requests are those to follow, and those for friendship that came in or went out."""
    me = person_of(request)
    tab = request.GET.get("tab", "friends")
    tab = tab if tab in TABS else "friends"
    context = {"tab": tab, "tabs": _tabs(tab, me)}
    if tab == "requests":
        return render(request, "social/people_mine.html", context | {"waiting": _waiting(request, me)})
    return _render_page(request, "social/people_mine.html", context, _OWN[tab](request, me))


@require_safe
def followers(request: HttpRequest, handle: str) -> HttpResponse:
    return _list_of(request, handle, "followers")


@require_safe
def following(request: HttpRequest, handle: str) -> HttpResponse:
    return _list_of(request, handle, "following")


@login_required
@require_safe
def blocked(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    page = page_of(request, people.blocked_by(me), side="blocked", viewer=me)
    context = {"nav": nav("blocked"), "section": BLOCKED_PAGE, "person": me, "page": page}
    return render(request, "social/settings_blocked.html", context)


@require_POST
@login_required
def privacy_change(request: HttpRequest) -> HttpResponse:
    is_private = request.POST.get("is_private") == "on"
    if change_privacy(person=person_of(request), is_private=is_private, now=timezone.now()):
        closed, opened = _("Your profile is private now."), _("Your profile is public now.")
        messages.success(request, closed if is_private else opened)
    return redirect("accounts:settings-privacy")


BLOCKED_PAGE = SettingsPage(
    name="blocked",
    title=gettext_lazy("Blocked"),
    icon="shield",
    detail=gettext_lazy("People I do not want to meet"),
    route="social:blocked",
    after="privacy",
)
PRIVACY_PART = SettingsPart(
    "social.private", "privacy", "social/_privacy_part.html", lambda person: {"is_private": person.profile.is_private}
)

# How the list of that name is found, and on which side of the tie its people stand.
LISTS: dict[str, tuple[Callable[[User, Any], Any], str]] = {
    "followers": (people.followers_of, "follower"),
    "following": (people.followees_of, "followee"),
}
_OWN: dict[str, Callable[[HttpRequest, User], PeoplePage]] = {
    "friends": lambda request, me: page_of(request, people.connections_of(me), side="", viewer=me),
    "following": lambda request, me: page_of(request, people.followees_of(me, me), side="followee", viewer=me),
    "followers": lambda request, me: page_of(request, people.followers_of(me, me), side="follower", viewer=me),
}


def _waiting(request: HttpRequest, me: User) -> dict[str, PeoplePage]:
    """Two kinds that wait for an answer, one that waits for others."""
    page = partial(page_of, request, viewer=me, with_follows=False)
    return {
        "follow": page(people.requests_to_follow(me), side="follower"),
        "received": page(people.connections_of(me, kind="received"), side=""),
        "sent": page(people.connections_of(me, kind="sent"), side=""),
    }


def _tabs(current: str, me: User) -> list[dict[str, Any]]:
    totals = people.totals_of(me)
    counts = {"friends": totals.friends, "following": totals.following, "followers": totals.followers}
    counts["requests"] = people.requests_waiting(me)
    address = reverse("social:people")
    return [
        {"label": LABELS[tab], "url": f"{address}?tab={tab}", "current": tab == current, "count": counts[tab]}
        for tab in TABS
    ]


def _list_of(request: HttpRequest, handle: str, name: str) -> HttpResponse:
    person = find_person(handle, viewer=request.user)
    if person.handle != handle:
        return redirect(f"social:{name}", handle=person.handle, permanent=True)
    find, side = LISTS[name]
    page = page_of(request, find(person, request.user), side=side, viewer=request.user)
    tabs = [
        {"label": LABELS[tab], "url": reverse(f"social:{tab}", args=[person.handle]), "current": tab == name}
        for tab in ("followers", "following")
    ]
    context = {"owner": person, "tab": name, "tabs": tabs}
    return _render_page(request, "social/people_of.html", context, page)


def _render_page(request: HttpRequest, template: str, context: dict[str, Any], page: PeoplePage) -> HttpResponse:
    is_next = getattr(request, "htmx", False) and "before" in request.GET
    return render(request, "social/_people_rows.html" if is_next else template, context | {"page": page})
