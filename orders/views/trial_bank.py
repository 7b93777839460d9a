"""The page of the built-in test bank: what the page of a real bank is to a payment, with every ending to choose."""

from celery import current_app
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fitfoodie.common.errors import DomainError
from fitfoodie.common.views import sent
from orders.enums import OPEN_PAYMENTS, PaymentStatus
from orders.models import Payment, TrialCharge
from orders.providers.test import events
from orders.providers.test.provider import CARDS, confirm, use_card
from orders.services.provider_events import handle_provider_event

LATE_SECONDS = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def trial_bank(request: HttpRequest, reference: str) -> HttpResponse:
    """For whoever pays; to everybody else the payment does not exist (ORD-16)."""
    payment = get_object_or_404(
        Payment.objects.select_related("order"),
        provider="test",
        reference=reference,
        order__customer_id=request.user.pk,
    )
    charge = TrialCharge.objects.filter(reference=reference).first()
    if charge is None:
        raise Http404
    if request.method != "POST":
        return _page(request, payment, charge)
    try:
        is_late = _act(request, reference)
    except DomainError as error:
        return _page(request, payment, charge, error=error.message)
    charge.refresh_from_db()
    _tell(charge, is_late=is_late)
    if charge.status == PaymentStatus.REQUIRES_ACTION:
        return redirect("orders:test-bank", reference=reference)
    return redirect("orders:payment", number=payment.order.number)


def _act(request: HttpRequest, reference: str) -> bool:
    """Whether the bank takes its time to tell."""
    if "confirm" in request.POST:
        confirm(reference, is_me=request.POST["confirm"] == "yes")
        return False
    return use_card(reference, sent(request, "card")).is_late


def _tell(charge: TrialCharge, *, is_late: bool) -> None:
    """The signed message, through the very door a real provider's comes in."""
    body, headers = events.signed(f"charge.{charge.status}", charge.reference)
    if is_late:
        message = {"body": body.decode(), "headers": headers}
        current_app.signature("orders.tell_of_test_payment", kwargs=message).apply_async(countdown=LATE_SECONDS)
        return
    handle_provider_event(provider="test", body=body, headers=headers, now=timezone.now())


def _page(request: HttpRequest, payment: Payment, charge: TrialCharge, *, error: str = "") -> HttpResponse:
    context = {
        "payment": payment,
        "order": payment.order,
        "charge": charge,
        "cards": CARDS.values(),
        "is_open": charge.status in OPEN_PAYMENTS,
        "needs_confirmation": charge.status == PaymentStatus.REQUIRES_ACTION,
        "error": error,
    }
    return render(request, "orders/trial_bank.html", context, status=400 if error else 200)
