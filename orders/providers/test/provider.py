"""The test bank itself. A card decides what happens, as with a real bank's test cards."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from orders.enums import OPEN_PAYMENTS, PaymentStatus, RefundStatus
from orders.models import TrialCharge
from orders.providers.base import (
    NextStep,
    PaymentRequest,
    ProviderEventData,
    ProviderRefusedError,
    ProviderState,
    Refunded,
    Started,
)
from orders.providers.test import events


@dataclass(frozen=True)
class Card:
    number: str
    label: str | Promise
    help: str | Promise
    outcome: PaymentStatus
    failure: str | Promise = ""
    # The message about it comes later, or is never sent; the page has to cope.
    is_late: bool = False


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242", _("Pays"), _("The payment goes through at once."), PaymentStatus.SUCCEEDED),
        Card(
            "4000002500003155",
            _("Asks for confirmation"),
            _("The bank wants to know that it is you (3-D Secure)."),
            PaymentStatus.REQUIRES_ACTION,
        ),
        Card(
            "4000000000009995",
            _("Declined"),
            _("There is not enough money on it."),
            PaymentStatus.FAILED,
            failure=_("The bank declined: insufficient funds."),
        ),
        Card(
            "5555555555554444",
            _("Pays, told late"),
            _("The payment goes through, but the bank’s message takes its time."),
            PaymentStatus.SUCCEEDED,
            is_late=True,
        ),
    )
}


class TestBank:
    # The name says what it is; pytest shall not collect it.
    __test__ = False
    name: ClassVar[str] = "test"

    def start(self, payment: PaymentRequest) -> Started:
        charge, _created = TrialCharge.objects.get_or_create(
            key=payment.key,
            defaults={
                "reference": f"test_{new_public_id()}",
                "order_number": payment.order_number,
                "amount": payment.amount,
                "currency": payment.currency,
            },
        )
        return Started(charge.reference, PaymentStatus(charge.status))

    def next_step(self, reference: str, *, order_number: str) -> NextStep:
        return NextStep(url=reverse("orders:test-bank", kwargs={"reference": reference}))

    def fetch(self, reference: str) -> ProviderState:
        return state_of(_charge(reference))

    @transaction.atomic
    def cancel(self, reference: str) -> ProviderState:
        charge = _locked(reference)
        if charge.status in OPEN_PAYMENTS:
            charge.status = PaymentStatus.CANCELLED
            charge.save(update_fields=["status", "updated_at"])
        return state_of(charge)

    @transaction.atomic
    def refund(self, reference: str, amount: Decimal, key: str, *, currency: str) -> Refunded:
        charge = _locked(reference)
        if key not in charge.refunds:
            if amount > charge.captured - charge.refunded:
                return Refunded("", RefundStatus.FAILED, "More than was paid.")
            charge.refunded += amount
            charge.refunds[key] = str(amount)
            charge.save(update_fields=["refunded", "refunds", "updated_at"])
        return Refunded(f"refund_{key}", RefundStatus.SUCCEEDED)

    def fetch_refund(self, refund_reference: str) -> Refunded:
        return Refunded(refund_reference, RefundStatus.SUCCEEDED)

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> ProviderEventData:
        return events.read(body, headers)


PROVIDER = TestBank()


@transaction.atomic
def use_card(reference: str, number: str) -> Card:
    """What the customer does on the bank's page. Raises ProviderRefusedError for a card or charge that is no use."""
    charge = _open(reference)
    card = CARDS.get(number)
    if card is None:
        raise ProviderRefusedError("This bank does not know that card.", field="card")
    charge.card = number
    _settle(charge, card.outcome, str(card.failure))
    return card


@transaction.atomic
def confirm(reference: str, *, is_me: bool) -> None:
    """The answer to 3-D Secure. Raises ProviderRefusedError when none was asked for."""
    charge = _open(reference)
    if charge.status != PaymentStatus.REQUIRES_ACTION:
        raise ProviderRefusedError("There is nothing to confirm.")
    failure = "" if is_me else "The bank declined: not confirmed."
    _settle(charge, PaymentStatus.SUCCEEDED if is_me else PaymentStatus.FAILED, failure)


def state_of(charge: TrialCharge) -> ProviderState:
    return ProviderState(
        reference=charge.reference,
        status=PaymentStatus(charge.status),
        amount=charge.amount,
        captured=charge.captured,
        currency=charge.currency,
        fingerprint=fingerprint_of(charge.card) if charge.card else "",
        failure=charge.failure,
    )


def fingerprint_of(number: str) -> str:
    """One per card number: two people with one card are seen to have one (AFF-6)."""
    return f"test_{hashlib.sha256(number.encode()).hexdigest()[:24]}"


def _settle(charge: TrialCharge, status: PaymentStatus, failure: str) -> None:
    charge.status, charge.failure = status, failure
    charge.captured = charge.amount if status == PaymentStatus.SUCCEEDED else Decimal(0)
    charge.save(update_fields=["status", "failure", "captured", "card", "updated_at"])


def _open(reference: str) -> TrialCharge:
    charge = _locked(reference)
    if charge.status not in OPEN_PAYMENTS:
        raise ProviderRefusedError("This payment is closed.")
    return charge


def _charge(reference: str) -> TrialCharge:
    return _of(TrialCharge.objects.all(), reference)


def _locked(reference: str) -> TrialCharge:
    return _of(TrialCharge.objects.select_for_update(no_key=True), reference)


def _of(charges: Any, reference: str) -> TrialCharge:
    try:
        found: TrialCharge = charges.get(reference=reference)
    except TrialCharge.DoesNotExist as error:
        raise ProviderRefusedError("The bank knows nothing of this payment.") from error
    return found
