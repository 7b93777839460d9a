"""The page of the one search box."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fitfoodie.search import groups
from fitfoodie.search.across import (
    MAX_PAGE,
    PAGE_SIZE,
    SHOWN,
    Answer,
    cleaned,
    search_everything,
    single_words,
)
from fitfoodie.search.groups import Group


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Some of every group, or with `in` all of one, page by page. What is unknown in the address is not refused."""
    text, group = cleaned(request.GET.get("q", "")), groups.get(request.GET.get("in", ""))
    number = _number(request.GET.get("page", "")) if group else 1
    size = PAGE_SIZE if group else SHOWN
    answers = search_everything(
        text,
        request.user,
        now=timezone.now(),
        only=[group.name] if group else [],
        limit=size,
        offset=(number - 1) * size,
    )
    # What was found as typed stands before what was meant: "yoga" is a class before it is yogurt.
    answers.sort(key=lambda answer: answer.found.corrected_text is not None)
    context = {
        "words": text,
        "only": group,
        "tabs": _tabs(text, group),
        "found": [_section(answer, text, group, number) for answer in answers if answer.found.results],
        "missing": [answer.group for answer in answers if not answer.found.results],
        "tries": [{"word": word, "url": _url(word)} for word in single_words(text)],
        "ways": [{"group": each, "url": each.page("")} for each in groups.every() if each.page("")],
    }
    return render(request, "search/everything.html", context)


def _section(answer: Answer, text: str, only: Group | None, number: int) -> dict[str, Any]:
    """`all_url` leads to the list that the group has of its own, or to this page with the group alone."""
    group, found = answer.group, answer.found
    goes_on = only is not None and found.has_more and number < MAX_PAGE
    return {
        "group": group,
        "found": found,
        "all_url": "" if only else group.page(text) or _url(text, group),
        "next_url": _url(text, group, number + 1) if goes_on else "",
    }


def _tabs(text: str, only: Group | None) -> list[dict[str, Any]]:
    """Everything, and each group alone."""
    if not text:
        return []
    return [
        {"label": each.label if each else _("Everything"), "url": _url(text, each), "current": only == each}
        for each in (None, *groups.every())
    ]


def _url(text: str, group: Group | None = None, page: int = 1) -> str:
    query = {"q": text, **({"in": group.name} if group else {}), **({"page": str(page)} if page > 1 else {})}
    return f"{reverse('search:all')}?{urlencode(query)}"


def _number(text: str) -> int:
    return min(max(int(text), 1), MAX_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
