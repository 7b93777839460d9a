from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms import DeleteAccountForm, add_domain_error
from accounts.models import DataExport
from accounts.services.data_export import fetch_export, start_export
from accounts.services.deletion import GRACE_PERIOD, request_deletion
from accounts.views.settings import render_section
from accounts.views.signed_in import person_of
from fitfoodie.common.errors import DomainError
from fitfoodie.common.media import private_download


@login_required
@require_POST
@reauthentication_required
def data_export(request: HttpRequest) -> HttpResponse:
    """To the progress of the download, new or already being made."""
    return redirect(start_export(user=person_of(request), now=timezone.now()).job)


@login_required
@require_safe
def export_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Nobody is asked to confirm themselves for what is not theirs: that is not found."""
    get_object_or_404(DataExport, user=person_of(request), job__public_id=public_id)
    answer: HttpResponseBase = _confirmed_file(request, public_id)
    return answer


@reauthentication_required
def _confirmed_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    try:
        name, file = fetch_export(user=person_of(request), public_id=public_id, now=timezone.now())
    except DataExport.DoesNotExist as error:
        raise Http404("This download is no longer kept. Ask for a new one in the settings.") from error
    return private_download(file, name, "application/zip")


@login_required
@require_POST
@reauthentication_required
def account_delete(request: HttpRequest) -> HttpResponse:
    form = DeleteAccountForm(request.POST)
    if not form.is_valid() or not _is_requested(request, form):
        return render_section(request, "data", person_of(request), {"delete": form})
    last_day = date_format(timezone.localtime(timezone.now() + GRACE_PERIOD))
    logout(request)
    message = _("Your account is closed. Until %(date)s you can come back by signing in; then everything is erased.")
    messages.success(request, message % {"date": last_day})
    return redirect("home")


def _is_requested(request: HttpRequest, form: DeleteAccountForm) -> bool:
    try:
        request_deletion(user=person_of(request), handle=form.cleaned_data["handle"], now=timezone.now())
    except DomainError as error:
        add_domain_error(form, error)
        return False
    return True
