"""Why one's earnings are frozen, and the appeal; reached by the link of the letter or the earnings page (AFF-10)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import add_domain_error
from fitfoodie.common.errors import DomainError
from orders.forms.earnings_appeal import EarningsAppealForm
from orders.freeze_links import freeze_of_token
from orders.models import EarningsFreeze
from orders.selectors.freezes import appeal_of, freeze_by_id, frozen_sums, timeline_of
from orders.services.earnings_appeals import appeal_freeze


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def frozen_earnings(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the signed address is the creator: a suspended account cannot sign in."""
    freeze = freeze_by_id(freeze_of_token(token))
    if freeze is None:
        raise Http404
    form = EarningsAppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _filed(freeze, form):
        messages.success(request, _("Your appeal is filed. Somebody else than who decided answers it."))
        return redirect(request.path)
    context = {
        "freeze": freeze,
        "sums": frozen_sums(freeze) if freeze.lifted_at is None else [],
        "timeline": timeline_of(freeze),
        "may_appeal": freeze.lifted_at is None and appeal_of(freeze) is None,
        "form": form,
    }
    response = render(request, "orders/frozen_earnings.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def _filed(freeze: EarningsFreeze, form: EarningsAppealForm) -> bool:
    if not form.is_valid():
        return False
    try:
        appeal_freeze(freeze_id=freeze.pk, text=form.cleaned_data["text"], now=timezone.now())
    except DomainError as error:
        add_domain_error(form, error)
        return False
    return True
