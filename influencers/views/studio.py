"""The creator's side of things: what there is, in which state, on which day, and one change to many."""

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from fitfoodie.common.errors import DomainError
from influencers import rules
from influencers.forms.studio import BulkForm
from influencers.selectors.creators import page_of
from influencers.selectors.studio import (
    MAX_PAGE,
    OVERVIEW_LENGTH,
    counts_of,
    items_of,
    month_named,
    month_of,
    next_scheduled,
    totals_of,
)
from influencers.services.bulk import Outcome, Target, change_many
from influencers.studio_items import STATES, studio_kinds
from influencers.views.requests import MemberRequest
from influencers.views.studio_frame import studio_tabs

_STATE_LABELS = {
    "draft": gettext_lazy("Drafts"),
    "scheduled": gettext_lazy("Scheduled"),
    "published": gettext_lazy("Published"),
    "archived": gettext_lazy("Archived"),
}
_FIGURE_LABELS = {
    "likes": gettext_lazy("Likes"),
    "comments": gettext_lazy("Comments"),
    "saves": gettext_lazy("Saved"),
    "shares": gettext_lazy("Shared"),
    "views": gettext_lazy("Views"),
}


@require_safe
@login_required
def overview(request: MemberRequest) -> HttpResponse:
    owner = request.user
    counts = counts_of(owner)
    drafts, _more = items_of(owner, state="draft", size=OVERVIEW_LENGTH)
    published, _more = items_of(owner, state="published", size=OVERVIEW_LENGTH)
    context = {
        **_frame(request),
        "counts": [{"label": _STATE_LABELS[state], "url": _content_url(state), "n": counts[state]} for state in STATES],
        "has_any": any(counts.values()),
        "followers": page_of(owner).follower_count,
        "totals": [{"label": _FIGURE_LABELS[name], "n": n} for name, n in totals_of(owner).items()],
        "drafts": drafts,
        "published": published,
        "scheduled": next_scheduled(owner),
    }
    return render(request, "influencers/studio.html", context)


@require_safe
@login_required
def content(request: MemberRequest) -> HttpResponse:
    return _content_page(request, BulkForm(zone=request.user.preferences.time_zone))


@require_POST
@login_required
def bulk(request: MemberRequest) -> HttpResponse:
    """Says of each of the chosen ones what became of it."""
    form = BulkForm(request.POST, zone=request.user.preferences.time_zone)
    chosen = [Target.read(text) for text in request.POST.getlist("items")]
    if not form.is_valid():
        return _content_page(request, form, status=422)
    now = timezone.now()
    try:
        outcomes = change_many(
            user=request.user, action=form.cleaned_data["action"], targets=chosen, value=form.value(), now=now
        )
    except DomainError as error:
        field = {"value": form.cleaned_data["action"]}.get(error.field or "", error.field)
        form.add_error(field if field in form.fields else None, error.message)
        return _content_page(request, form, status=422)
    return _answered(request, outcomes)


@require_safe
@login_required
def calendar(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    zone = request.user.preferences.time_zone
    first = month_named(request.GET.get("month", ""), today=now.astimezone(ZoneInfo(zone)).date())
    month = month_of(request.user, first, now=now)
    context = {**_frame(request), "month": month, "zone": zone}
    return render(request, "influencers/studio_calendar.html", context)


def _answered(request: MemberRequest, outcomes: list[Outcome]) -> HttpResponse:
    """All went well: back to the list with a word. Else the list with what did not, and why."""
    done = sum(outcome.is_done for outcome in outcomes)
    if done:
        text = ngettext("%(n)d thing changed.", "%(n)d things changed.", done)
        messages.success(request, text % {"n": done})
    failed = [outcome for outcome in outcomes if not outcome.is_done]
    if not failed:
        return redirect(_content_url(_state(request), request.POST.get("kind", "")))
    form = BulkForm(request.POST, zone=request.user.preferences.time_zone)
    return _content_page(request, form, failed=failed, status=409 if not done else 200)


def _content_page(
    request: MemberRequest, form: BulkForm, *, failed: list[Outcome] | None = None, status: int = 200
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    state, kind, page = _state(request), given.get("kind", ""), _page_number(given.get("page", ""))
    items, has_more = items_of(request.user, state=state, kind=kind, page=page)
    following = urlencode({"state": state, "kind": kind, "page": page + 1})
    context = {
        **_frame(request),
        "state": state,
        "kind": kind,
        "state_tabs": _state_tabs(request, state, kind),
        "kind_chips": _kind_chips(state, kind),
        "items": items,
        "chosen": set(request.POST.getlist("items")),
        "next_url": f"{reverse('influencers:studio-content')}?{following}" if has_more and page < MAX_PAGE else "",
        "form": form,
        "failed": failed or [],
    }
    return render(request, "influencers/studio_content.html", context, status=status)


def _frame(request: MemberRequest) -> dict[str, Any]:
    return {
        "tabs": studio_tabs(request),
        "kinds": [{"label": kind.label, "url": kind.new_url()} for kind in studio_kinds()],
        "is_creator": rules.is_creator(request.user),
    }


def _state(request: MemberRequest) -> str:
    given = (request.POST if request.method == "POST" else request.GET).get("state", "")
    return given if given in STATES else ""


def _state_tabs(request: MemberRequest, current: str, kind: str) -> list[dict[str, Any]]:
    counts = counts_of(request.user)
    tabs: list[dict[str, Any]] = [{"label": _("All"), "url": _content_url("", kind), "current": not current}]
    for state in STATES:
        tab = {"label": _STATE_LABELS[state], "url": _content_url(state, kind), "current": state == current}
        tabs.append(tab | {"count": counts[state]})
    return tabs


def _kind_chips(state: str, current: str) -> list[dict[str, Any]]:
    kinds = studio_kinds()
    if len(kinds) < 2:
        return []
    return [
        {
            "label": kind.label,
            "url": _content_url(state, "" if kind.name == current else kind.name),
            "on": kind.name == current,
        }
        for kind in kinds
    ]


def _content_url(state: str, kind: str = "") -> str:
    query = urlencode({name: value for name, value in (("state", state), ("kind", kind)) if value})
    return reverse("influencers:studio-content") + (f"?{query}" if query else "")


def _page_number(text: str) -> int:
    return min(max(int(text), 1), MAX_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1
