"""Who works for a chain: the list, giving a role, taking one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import add_domain_error
from accounts.models import User
from accounts.selectors import find_person
from classes import rules
from classes.enums import StaffRole
from classes.forms.host import ReasonForm, StaffForm
from classes.models import ChainStaff, Studio
from classes.services.staff import grant_staff, remove_staff
from classes.views.host_frame import Host, host_frame, manager_of
from fitfoodie.common.errors import DomainError
from meals.views.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def staff(request: MemberRequest, chain: str) -> HttpResponse:
    host = manager_of(request, chain)
    studios = list(Studio.objects.in_chain(host.chain).filter(is_active=True).order_by("name", "id"))
    form = StaffForm(request.POST or None, studios=studios, may_grant=_may_grant(host))
    if request.method == "POST" and form.is_valid() and _granted(request, host, form, studios):
        messages.success(request, _("The role counts from now on."))
        return redirect("classes:host-staff", chain)
    rows = ChainStaff.objects.in_chain(host.chain).filter(is_active=True, user__is_active=True)
    rows = rows.select_related("user__profile__photo", "studio").order_by("user__name", "user_id", "id")
    context = {
        **host_frame(request, host),
        "form": form,
        "staff": [(row, rules.RANKS[row.role] <= host.rank) for row in rows],
    }
    return render(request, "classes/host_staff.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def staff_remove(request: MemberRequest, chain: str, staff_id: int) -> HttpResponse:
    host = manager_of(request, chain)
    row = get_object_or_404(ChainStaff.objects.in_chain(host.chain).select_related("user"), pk=staff_id)
    form = ReasonForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        remove_staff(actor=request.user, staff_id=row.pk, reason=reason, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%(name)s no longer has this role.") % {"name": row.user.name})
    # Whoever laid down their own role may have no way in any more.
    is_own = row.user_id == request.user.pk
    return redirect("classes:host") if is_own else redirect("classes:host-staff", chain)


def _granted(request: MemberRequest, host: Host, form: StaffForm, studios: list[Studio]) -> ChainStaff | None:
    given = form.cleaned_data
    person = _person(request, form)
    if person is None:
        return None
    where = next((studio.pk for studio in studios if studio.public_id == given["studio"]), None)
    try:
        return grant_staff(
            actor=request.user,
            chain_id=host.chain.pk,
            user=person,
            role=StaffRole(given["role"]),
            studio_id=where,
            reason=given["reason"],
            now=timezone.now(),
        )
    except DomainError as error:
        add_domain_error(form, error)
        return None


def _person(request: MemberRequest, form: StaffForm) -> User | None:
    try:
        return find_person(form.cleaned_data["handle"], viewer=request.user)
    except Http404:
        form.add_error("handle", _("Nobody with this handle is here."))
        return None


def _may_grant(host: Host) -> list[StaffRole]:
    return [role for role in StaffRole if rules.RANKS[role] <= host.rank]
