"""The cover in the studio: a form of its own, so that it works without scripts and loses nothing typed beside it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fitfoodie.common.errors import DomainError
from influencers.services.cover import describe_cover, remove_cover, set_cover
from influencers.views.requests import MemberRequest


@require_POST
@login_required
def edit_cover(request: MemberRequest) -> HttpResponse:
    """One button: `do` says which."""
    try:
        messages.success(request, _carried_out(request))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("influencers:studio-page")


def _carried_out(request: MemberRequest) -> str:
    now, alt = timezone.now(), request.POST.get("alt", "")
    if request.POST.get("do") == "remove":
        is_gone = remove_cover(user=request.user, actor=request.user, now=now)
        return _("The cover photo is removed.") if is_gone else _("There was no cover photo.")
    file = request.FILES.get("photo")
    if file is not None:
        set_cover(user=request.user, file=file, alt=alt, now=now)
        return _("We check the photo; it shows in a moment.")
    describe_cover(user=request.user, alt=alt)
    return _("Saved.")
