"""What creators earned: approved when it was held long enough, asked for once, and paid."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import User
from orders.models import CommissionRate, Payout
from orders.services.commission_decisions import set_rate
from orders.services.commissions import approve_due_commissions
from orders.services.payouts import mark_paid, request_payout

_PAID_AFTER = timedelta(days=2)
_RATE = Decimal("0.15")


def make_rate(people: Mapping[str, User], *, now: datetime) -> None:
    """Before the first order: what was ordered keeps its rate (AFF-7)."""
    if CommissionRate.objects.exists():
        return
    at = now - timedelta(days=52)
    reason = "Agreed with her when the kitchen took on her dinners."
    set_rate(creator=people["chef"], rate=_RATE, valid_from=at, actor=people["admin"], reason=reason, now=at)


def make_earnings(people: Mapping[str, User], *, now: datetime) -> None:
    """One payout from the orders of weeks ago; what came after waits for the creator to ask for it."""
    if Payout.objects.exists():
        return
    approve_due_commissions(now=now - timedelta(days=25))
    _pay_out(people["chef"], by=people["admin"], at=now - timedelta(days=25))
    approve_due_commissions(now=now)


@transaction.atomic
def _pay_out(creator: User, *, by: User, at: datetime) -> None:
    """Payouts take a second factor (SEC-11). Both sides have one for this moment only: everybody knows the
    password of these people, and it shall be all that signs them in."""
    factors = [_second_factor(person) for person in (creator, by)]
    payout = request_payout(creator=creator, currency="EUR", now=at)
    mark_paid(payout_id=payout.pk, actor=by, reference="SEPA 2207-4471 Basil Kitchen", now=at + _PAID_AFTER)
    for factor in factors:
        factor.delete()


def _second_factor(person: User) -> Authenticator:
    made: Authenticator = Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return made
