"""Asking for the badge, seeing what became of it, objecting to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import add_domain_error
from fitfoodie.common.errors import DomainError
from influencers import rules
from influencers.forms.verification import AppealForm, ApplicationForm
from influencers.selectors.verification import story_of, timeline_of
from influencers.services.appeals import appeal
from influencers.services.verification import apply_for_badge, withdraw_application
from influencers.views.requests import MemberRequest
from influencers.views.studio_frame import studio_tabs


@require_safe
def what_it_means(request: HttpRequest) -> HttpResponse:
    """What the badge says and what it does not."""
    return render(request, "influencers/verified.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verification(request: MemberRequest) -> HttpResponse:
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _applied(request, form):
        messages.success(request, _("Thank you. We look at it and tell you here."))
        return redirect("influencers:verification")
    return _page(request, form=form)


@require_POST
@login_required
def withdraw(request: MemberRequest) -> HttpResponse:
    application = story_of(request.user).application
    if application is None:
        raise Http404
    try:
        withdraw_application(application_id=application.pk, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your request is taken back."))
    return redirect("influencers:verification")


@require_POST
@login_required
def file_appeal(request: MemberRequest) -> HttpResponse:
    decision = story_of(request.user).appealable
    if decision is None:
        messages.error(request, _("There is nothing to object to."))
        return redirect("influencers:verification")
    form = AppealForm(request.POST)
    if form.is_valid():
        try:
            appeal(decision_id=decision.pk, actor=request.user, text=form.cleaned_data["text"], now=timezone.now())
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Your appeal is filed. Another reviewer answers it."))
            return redirect("influencers:verification")
    return _page(request, appeal_form=form)


def _applied(request: MemberRequest, form: ApplicationForm) -> bool:
    if not form.is_valid():
        return False
    try:
        apply_for_badge(user=request.user, evidence=form.evidence(), now=timezone.now())
    except (DomainError, ValidationError) as error:
        add_domain_error(form, error)
        return False
    return True


def _page(
    request: MemberRequest, *, form: ApplicationForm | None = None, appeal_form: AppealForm | None = None
) -> HttpResponse:
    story = story_of(request.user)
    context = {
        "tabs": studio_tabs(request),
        "story": story,
        "timeline": timeline_of(story),
        "form": form or ApplicationForm(),
        "appeal_form": appeal_form or AppealForm(),
        "is_creator": rules.is_creator(request.user),
        "is_email_verified": rules.may_edit_page(request.user),
    }
    is_wrong = any(each is not None and each.errors for each in (form, appeal_form))
    return render(request, "influencers/verification.html", context, status=422 if is_wrong else 200)
