from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms import DeleteAccountForm, add_domain_error
from accounts.services.deletion import GRACE_PERIOD, request_deletion
from accounts.services.export import export_person
from accounts.views.settings import render_section
from accounts.views.signed_in import person_of
from fitfoodie.common.errors import DomainError


@login_required
@require_POST
def data_export(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    name = f"fitfoodie-{person.handle}-{now:%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(export_person(user=person, now=now), content_type="application/zip", headers=headers)


@login_required
@require_POST
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
