"""The page of one studio: where it is, and what is on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from classes.models import Studio
from classes.selectors.ratings import held_in, standing_of_studio
from classes.selectors.timetable import upcoming
from classes.views.cards import cards_of
from classes.views.ratings_read import ratings_part

SHOWN = 24


@require_safe
def studio_page(request: HttpRequest, chain: str, studio: str) -> HttpResponse:
    found = Studio.objects.open_to_all().select_related("chain").filter(chain__slug=chain, slug=studio, is_active=True)
    place = found.first()
    if place is None:
        raise Http404
    now = timezone.now()
    sessions = cards_of(upcoming(now).filter(studio=place), request.user, now=now, limit=SHOWN)
    said = ratings_part(request, held_in(place), standing_of_studio(place), is_mixed=True)
    return render(request, "classes/studio.html", {"studio": place, "sessions": sessions, **said})
