"""All creators, to look around and to search by name."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from influencers.selectors.creators import Position, directory
from influencers.views.people import creator_card

MAX_WORDS = 80


@require_safe
def creators(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "")[:MAX_WORDS]
    found, following = directory(request.user, words=words, after=Position.read(request.GET.get("after", "")))
    query = {"q": words} if words else {}
    context = {
        "words": words,
        "creators": [creator_card(page) for page in found],
        "next_url": f"?{urlencode(query | {'after': following})}" if following else "",
    }
    return render(request, "influencers/creators.html", context)
