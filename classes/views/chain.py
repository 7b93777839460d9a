"""The pages of hosts: the chains they work for, and what there is of one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from classes.selectors.hosts import NEXT_LENGTH, chains_of, figures_of, upcoming
from classes.views.host_frame import host_frame, host_of
from meals.views.requests import MemberRequest


@require_safe
@login_required
def host(request: MemberRequest) -> HttpResponse:
    """Whoever works for several chains switches here; one account, many chains (N125)."""
    return render(request, "classes/host.html", {"chains": chains_of(request.user)})


@require_safe
@login_required
def host_chain(request: MemberRequest, chain: str) -> HttpResponse:
    found = host_of(request, chain)
    now = timezone.now()
    own = None if found.sees_all_classes else request.user
    coming = list(upcoming(found.chain, now=now, instructor=own)[:NEXT_LENGTH])
    for session in coming:
        session.may_check_in = found.may_check_in(session, request.user)  # type: ignore[attr-defined]  # for the link
    context = {
        **host_frame(request, found),
        "figures": figures_of(found.chain, now=now),
        "is_own": own is not None,
        "next": coming,
    }
    return render(request, "classes/host_chain.html", context)
