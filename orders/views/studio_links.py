"""The creator's paid links: make, share, watch, pause (F15, F46)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fitfoodie.common.errors import DomainError
from influencers.views.requests import MemberRequest
from influencers.views.studio_frame import studio_tabs
from orders import rules
from orders.forms.affiliate_links import LinkChangeForm, LinkForm
from orders.link_addresses import address_of, qr_of
from orders.models import AffiliateLink
from orders.selectors.clicks import days_of
from orders.selectors.earnings import LinkFigures, commissions_of, figures_by_link, why
from orders.services import links as service

PAGE_SIZE = 30


@require_safe
@login_required
def links(request: MemberRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    own = AffiliateLink.objects.filter(creator=request.user).select_related("meal").order_by("-pk")
    if before.isascii() and before.isdigit() and len(before) < 15:
        own = own.filter(pk__lt=int(before))
    rows = list(own[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    figures = figures_by_link(link_ids=[link.pk for link in shown])
    context = {
        "tabs": studio_tabs(request),
        "rows": [_row(link, figures.get(link.pk, LinkFigures())) for link in shown],
        "next_url": f"?before={shown[-1].pk}" if len(rows) > PAGE_SIZE else "",
        "may_earn": rules.may_earn(request.user),
    }
    return render(request, "orders/studio_links.html", context)


@login_required
def new(request: MemberRequest) -> HttpResponse:
    if not rules.is_creator(request.user):
        raise PermissionDenied
    form = LinkForm(request.POST or None, creator=request.user)
    if request.method == "POST" and form.is_valid() and (made := _made(request, form)):
        messages.success(request, _("Your link is ready to share."))
        return redirect("orders:studio-link", code=made.code)
    context = {"tabs": studio_tabs(request), "form": form}
    return render(request, "orders/studio_link_new.html", context, status=422 if form.errors else 200)


@login_required
def link(request: MemberRequest, code: str) -> HttpResponse:
    """One link: its address and QR code, clicks by day, and the commissions it brought, each with its reason."""
    found = _own(request, code)
    form = LinkChangeForm(request.POST or None, initial={"label": found.label, **found.utm})
    if request.method == "POST" and form.is_valid() and _changed(request, found, form):
        messages.success(request, _("Saved."))
        return redirect("orders:studio-link", code=found.code)
    now = timezone.now()
    rows = commissions_of(request.user).filter(link=found).order_by("-earned_at", "-pk")[:50]
    context = {
        "tabs": studio_tabs(request),
        "row": _row(found, figures_by_link(link_ids=[found.pk]).get(found.pk, LinkFigures())),
        "form": form,
        "days": days_of(link=found, now=now),
        "commissions": [{"row": row, "why": why(row, now=now)} for row in rows],
    }
    return render(request, "orders/studio_link.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def switch(request: MemberRequest, code: str) -> HttpResponse:
    """Pause or resume."""
    found = _own(request, code)
    changed = service.change_link(link_id=found.pk, actor=request.user, is_active=not found.is_active)
    said = _("The link counts again.") if changed.is_active else _("Paused: visitors still arrive, nothing is counted.")
    messages.success(request, said)
    return redirect("orders:studio-link", code=found.code)


@require_safe
@login_required
def qr(request: MemberRequest, code: str) -> HttpResponse:
    return HttpResponse(qr_of(_own(request, code).code), content_type="image/svg+xml")


def _own(request: MemberRequest, code: str) -> AffiliateLink:
    own = AffiliateLink.objects.filter(creator=request.user, code__iexact=code).select_related("meal")
    found = own.first()
    if found is None:
        raise Http404
    return found


def _row(link: AffiliateLink, figures: LinkFigures) -> dict[str, Any]:
    leads_to = link.meal.title if link.meal else link.path
    return {"link": link, "url": address_of(link.code), "leads_to": leads_to, "figures": figures}


def _made(request: MemberRequest, form: LinkForm) -> AffiliateLink | None:
    values = form.cleaned_data
    try:
        return service.create_link(
            creator=request.user,
            meal_slug=values["meal"],
            path=values["path"],
            code=values["code"],
            label=values["label"],
            utm=form.utm(),
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None


def _changed(request: MemberRequest, link: AffiliateLink, form: LinkChangeForm) -> bool:
    try:
        service.change_link(link_id=link.pk, actor=request.user, label=form.cleaned_data["label"], utm=form.utm())
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    return True
