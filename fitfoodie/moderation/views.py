"""Reporting a thing and seeing what became of it. Two taps from the thing; everything works without scripts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import add_domain_error
from accounts.views.signed_in import person_of
from fitfoodie.common.client_ip import client_ip
from fitfoodie.common.errors import DomainError
from fitfoodie.moderation.forms import ReportForm, VisitorReportForm
from fitfoodie.moderation.models import Report
from fitfoodie.moderation.selectors import decisions_about, report_for, reports_of, shown_to
from fitfoodie.moderation.services.report import file_report, find_target
from fitfoodie.moderation.targets import Target, target_named

PAGE_SIZE = 20
MAX_DECISIONS = 20


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """`?type=comment&id=…`: the form, and with POST the receipt. 404 for what the viewer does not see (SEC-9)."""
    target, row = _target(request)
    kind = ReportForm if request.user.is_authenticated else VisitorReportForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            filed, _is_new = file_report(
                reporter=request.user,
                target=target,
                row=row,
                complaint=form.complaint(),
                address=client_ip(request),
                now=timezone.now(),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect("moderation:receipt", filed.public_id)
    context = {"form": form, "label": target.label, "title": target.title(row), "back_url": target.address(row)}
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


@require_safe
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """The receipt, then the outcome."""
    try:
        found = report_for(request.user, public_id)
    except Report.DoesNotExist:
        raise Http404 from None
    is_own = found.reporter_id is not None
    context = {"report": found, "is_own": is_own, "thing": shown_to(request.user, [found])[found.pk]}
    if is_own and not found.case.is_decided:
        context["to_block"] = _to_block(request, found)
    response = render(request, "moderation/receipt.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@login_required
def reports(request: HttpRequest) -> HttpResponse:
    """What I reported, and what was decided about things of mine."""
    me = person_of(request)
    page = Paginator(reports_of(me).order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    found = list(page)
    things = shown_to(me, found)
    decisions = list(decisions_about(me)[:MAX_DECISIONS])
    context = {
        "page": page,
        "rows": [{"report": each, "thing": things[each.pk]} for each in found],
        "decisions": [{"case": case, "label": target_named(case.target_type).label} for case in decisions],
    }
    return render(request, "moderation/reports.html", context)


def _target(request: HttpRequest) -> tuple[Target, Any]:
    try:
        return find_target(request.user, request.GET.get("type", ""), {"id": request.GET.get("id", "")[:64]})
    except LookupError:
        raise Http404 from None


def _to_block(request: HttpRequest, found: Report) -> Any:
    """Whom the reporter may want to see no more: of a thing they still see."""
    rows = target_named(found.case.target_type).rows(request.user, [found.case.target_id])
    return found.case.owner if rows else None
