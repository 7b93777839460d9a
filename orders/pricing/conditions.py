"""Whether a code may be used on a basket at all; each condition is asked in turn, and the first that fails is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import formats
from django.utils import timezone as zones
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fitfoodie.common.money import ZERO
from orders.enums import PromoKind
from orders.pricing.eligibility import eligible_lines
from orders.pricing.item_codes import free_portions, portions_missing
from orders.pricing.shapes import Basket, CustomerFacts, Terms
from orders.pricing.words import money


@dataclass(frozen=True)
class Refusal:
    """`reason` is stable, `text` is for people; `missing` is money, for `minimum_not_met` alone."""

    reason: str
    text: str
    missing: Decimal | None = None


OfCode = Callable[[Terms, CustomerFacts, datetime], Refusal | None]
OfBasket = Callable[[Terms, Basket], Refusal | None]


def refusal(terms: Terms, basket: Basket, now: datetime) -> Refusal | None:
    """None when the code may be used. What depends on the code comes before what depends on the basket (ORD-8)."""
    found = refusal_of_code(terms, basket.customer, now)
    return found or next(filter(None, (condition(terms, basket) for condition in OF_BASKET)), None)


def refusal_of_code(terms: Terms, customer: CustomerFacts, now: datetime) -> Refusal | None:
    """As far as the basket does not matter: what is asked once more when the code is used up (ORD-5)."""
    return next(filter(None, (condition(terms, customer, now) for condition in OF_CODE)), None)


def _inactive(terms: Terms, customer: CustomerFacts, now: datetime) -> Refusal | None:
    return None if terms.is_active else Refusal("inactive", _("This code is not in use at the moment."))


def _not_yet(terms: Terms, customer: CustomerFacts, now: datetime) -> Refusal | None:
    if terms.starts_at is None or now >= terms.starts_at:
        return None
    return Refusal("not_yet", _("This code can be used from %(day)s on.") % {"day": _instant(terms.starts_at)})


def _expired(terms: Terms, customer: CustomerFacts, now: datetime) -> Refusal | None:
    if terms.ends_at is None or now < terms.ends_at:
        return None
    return Refusal("expired", _("This code ended on %(day)s.") % {"day": _instant(terms.ends_at)})


def _already_used(terms: Terms, customer: CustomerFacts, now: datetime) -> Refusal | None:
    uses = customer.uses.get(terms.key, 0)
    if terms.per_customer is None or uses < terms.per_customer:
        return None
    return Refusal("already_used", _("You have used this code already."))


def _used_up(terms: Terms, customer: CustomerFacts, now: datetime) -> Refusal | None:
    if terms.uses_left is None or terms.uses_left > 0:
        return None
    return Refusal("used_up", _("This code has been used as often as it may be."))


def _budget_spent(terms: Terms, customer: CustomerFacts, now: datetime) -> Refusal | None:
    if terms.budget_left is None or terms.budget_left > 0:
        return None
    return Refusal("budget_spent", _("All that was set aside for this code has been given."))


def _first_order(terms: Terms, customer: CustomerFacts, now: datetime) -> Refusal | None:
    if not terms.is_first_order_only:
        return None
    if not customer.is_known:
        return Refusal("sign_in_first", _("This code is for a first order: sign in to use it."))
    if customer.has_ordered:
        return Refusal("first_order_only", _("This code is for a first order, and you have ordered before."))
    return None


def _other_currency(terms: Terms, basket: Basket) -> Refusal | None:
    """A percentage has no currency; amounts, minimums and budgets do."""
    names_money = terms.kind == PromoKind.FIXED or terms.min_subtotal is not None or terms.budget_left is not None
    if not names_money or terms.currency == basket.currency:
        return None
    words = {"own": terms.currency, "other": basket.currency}
    return Refusal("other_currency", _("This code is in %(own)s, and your meals are in %(other)s.") % words)


def _not_for_these(terms: Terms, basket: Basket) -> Refusal | None:
    if eligible_lines(terms, basket.lines):
        return None
    if terms.creator_id is not None and terms.creator_name:
        text = _("This code is for meals by %(creator)s that are not in your cart.") % {"creator": terms.creator_name}
        return Refusal("not_for_these_items", text)
    return Refusal("not_for_these_items", _("This code is not for the meals in your cart."))


def _minimum(terms: Terms, basket: Basket) -> Refusal | None:
    """Asked of the lines the code is about, before any discount."""
    if terms.min_subtotal is None:
        return None
    missing = terms.min_subtotal - sum((line.gross for line in eligible_lines(terms, basket.lines)), ZERO)
    if missing <= 0:
        return None
    words = {"missing": money(missing, basket.currency), "minimum": money(terms.min_subtotal, basket.currency)}
    text = _("Add %(missing)s more: this code needs %(minimum)s of meals it is for.") % words
    return Refusal("minimum_not_met", text, missing)


def _enough_portions(terms: Terms, basket: Basket) -> Refusal | None:
    if terms.kind != PromoKind.BUY_X_GET_Y:
        return None
    lines = eligible_lines(terms, basket.lines)
    if free_portions(terms, lines):
        return None
    count = portions_missing(terms, lines)
    text = ngettext("Add %(count)d more portion.", "Add %(count)d more portions.", count) % {"count": count}
    return Refusal("minimum_not_met", text)


def _delivery(terms: Terms, basket: Basket) -> Refusal | None:
    if terms.kind != PromoKind.FREE_DELIVERY or basket.delivery_fee > 0:
        return None
    return Refusal("no_delivery_to_waive", _("There is no delivery fee to waive."))


def _instant(at: datetime) -> str:
    return formats.date_format(zones.localtime(at), "DATETIME_FORMAT")


OF_CODE: tuple[OfCode, ...] = (_inactive, _not_yet, _expired, _already_used, _used_up, _budget_spent, _first_order)
OF_BASKET: tuple[OfBasket, ...] = (_other_currency, _not_for_these, _minimum, _enough_portions, _delivery)
