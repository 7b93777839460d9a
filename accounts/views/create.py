from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.enums import Role
from accounts.forms import StartCreatingForm, add_domain_error
from accounts.models import User
from accounts.selectors import has_verified_email
from accounts.services.roles import become_creator
from accounts.views.signed_in import person_of
from fitfoodie.common.errors import DomainError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start_creating(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    form = StartCreatingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _started(user, form):
        messages.success(request, _("You are a creator now. Publish your first meal."))
        return redirect("accounts:start-creating")
    context = {"form": form, "is_creator": user.has_role(Role.CREATOR), "is_verified": has_verified_email(user)}
    return render(request, "accounts/creator_start.html", context)


def _started(user: User, form: StartCreatingForm) -> bool:
    if not form.is_valid():
        return False
    try:
        become_creator(user=user, accepts_guidelines=form.cleaned_data["accepts_guidelines"], now=timezone.now())
    except DomainError as error:
        add_domain_error(form, error)
        return False
    user.forget_roles()
    return True
