"""What a cart costs, and the codes typed into it. Typing a code uses nothing up; placing the order does (ORD-7)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fitfoodie.common.errors import ConflictError
from orders.enums import CartState
from orders.models import Cart, CartCode, CartItem, PromoCode
from orders.pricing.combining import MAX_CODES
from orders.pricing.engine import price
from orders.pricing.shapes import CodeOutcome, Quote
from orders.pricing.spelling import normalized
from orders.promo_errors import CodeRefusedError, for_strangers, refused, unknown_code
from orders.selectors.baskets import basket_of
from orders.selectors.codes import find_code
from orders.services.redeeming import reclaim_codes, redeem_codes, release_codes

__all__ = ["apply_code", "quote_cart", "reclaim_codes", "redeem_codes", "release_codes", "remove_code"]

# Such a code stays in the cart and says what it waits for; with every other reason it is not let in.
_STAYS = frozenset({"applied", "not_combinable", "nothing_left_to_discount"})


def quote_cart(*, cart: Cart, customer: Any, now: datetime, items: Sequence[CartItem] | None = None) -> Quote:
    """`customer` may be a visitor. Locks nothing; the keys of its lines are primary keys of the cart's items.

    `items` spares a query where the caller holds them with their meals.
    """
    return price(basket_of(cart, customer, items=items), now=now)


@transaction.atomic
def apply_code(*, cart: Cart, code: str, customer: Any, now: datetime) -> Quote:
    """Put the code into the cart; the quote that comes back holds it. A code that lies there already changes nothing.

    Locks the cart. Raises CodeRefusedError whose code is the reason, or ConflictError `cart_closed`, `too_many_codes`.
    A visitor gets one answer for every reason (ORD-8).
    """
    locked = _open(cart)
    promo = find_code(code)
    if promo is None:
        raise _as_told(unknown_code(normalized(code)), customer)
    is_new = _put(locked, promo, now)
    quote = quote_cart(cart=locked, customer=customer, now=now)
    outcome = outcome_of(quote, promo.pk)
    if is_new and outcome.reason not in _STAYS:
        raise _as_told(refused(outcome, quote.currency), customer)
    return quote


@transaction.atomic
def remove_code(*, cart: Cart, code: str, customer: Any, now: datetime) -> Quote:
    """Take it out again; one that is not there changes nothing. Locks the cart. Raises ConflictError `cart_closed`."""
    locked = _open(cart)
    promo = find_code(code)
    if promo:
        locked.typed_codes.filter(promo=promo).delete()
    return quote_cart(cart=locked, customer=customer, now=now)


def outcome_of(quote: Quote, promo_id: int) -> CodeOutcome:
    return next(outcome for outcome in quote.codes if outcome.key == promo_id)


def _open(cart: Cart) -> Cart:
    locked = Cart.objects.select_for_update(of=("self",), no_key=True).select_related("kitchen").get(pk=cart.pk)
    if locked.state != CartState.OPEN:
        raise ConflictError(_("This cart has been ordered already."), code="cart_closed")
    return locked


def _put(cart: Cart, promo: PromoCode, now: datetime) -> bool:
    """Whether it was not there yet."""
    there = set(cart.typed_codes.values_list("promo_id", flat=True))
    if promo.pk in there:
        return False
    if len(there) >= MAX_CODES:
        message = _("A cart holds %(count)d codes. Remove one to use another.") % {"count": MAX_CODES}
        raise ConflictError(message, code="too_many_codes", field="code")
    CartCode.objects.create(cart=cart, promo=promo, typed_at=now)
    return True


def _as_told(error: CodeRefusedError, customer: Any) -> CodeRefusedError:
    return for_strangers(error.typed) if customer.pk is None else error
