"""What was learned from somebody's likes and passes, and the button that forgets it (MAT-10)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.views.signed_in import person_of
from matching.models import FitnessProfile
from matching.selectors.taste import learned_of
from matching.services.learning import reset_learning


@login_required
@never_cache
@require_safe
def learned(request: HttpRequest) -> HttpResponse:
    profile = FitnessProfile.objects.filter(user=person_of(request)).first()
    context = {"learned": learned_of(profile) if profile else None, "since": profile and profile.learning_from}
    return render(request, "matching/learned.html", context)


@login_required
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    if reset_learning(user=person_of(request), now=timezone.now()):
        messages.success(request, _("Forgotten: your deck is ranked as if you had not liked or passed anybody yet."))
    return redirect("matching:learned")
