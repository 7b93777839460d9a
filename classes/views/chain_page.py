"""The public page of a chain: who they are, where they are, what is on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from classes.models import Chain, ClassType, Studio
from classes.selectors.timetable import upcoming
from classes.tenancy import chain_here
from classes.views.cards import cards_of

SHOWN = 12


@require_safe
def chain_page(request: HttpRequest, chain: str) -> HttpResponse:
    """404 for a chain that is closed, and under the domain of another one."""
    found = Chain.objects.filter(slug=chain, is_active=True).first()
    if found is None or chain_here() not in (None, found.pk):
        raise Http404
    now = timezone.now()
    context = {
        "chain": found,
        "studios": Studio.objects.in_chain(found).filter(is_active=True).order_by("name", "id"),
        "kinds": ClassType.objects.in_chain(found).filter(is_active=True).order_by("title", "id"),
        "sessions": cards_of(upcoming(now).filter(chain=found), request.user, now=now, limit=SHOWN),
    }
    return render(request, "classes/chain.html", context)
