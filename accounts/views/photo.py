from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms import PhotoForm
from accounts.services.photo import remove_photo, set_photo
from accounts.views.settings import render_section
from accounts.views.signed_in import person_of
from fitfoodie.common.errors import DomainError


@login_required
@require_POST
def photo_change(request: HttpRequest) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid() or not _is_taken(request, form):
        return render_section(request, "profile", person_of(request), {"photo": form})
    messages.success(request, _("Your photo is being checked. It shows in a moment."))
    return redirect("accounts:settings-profile")


@login_required
@require_POST
def photo_remove(request: HttpRequest) -> HttpResponse:
    if remove_photo(user=person_of(request), now=timezone.now()):
        messages.success(request, _("Your photo is gone."))
    return redirect("accounts:settings-profile")


def _is_taken(request: HttpRequest, form: PhotoForm) -> bool:
    try:
        set_photo(user=person_of(request), file=form.cleaned_data["photo"], now=timezone.now())
    except DomainError as error:
        form.add_error("photo", error.message)
        return False
    return True
