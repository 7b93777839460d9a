"""From a cart to an order: everything is looked at again under locks, taken, and written down, or nothing is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import is_verified_email
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.common.scarce import SoldOutError
from fitfoodie.events.services import Fact, record_all
from orders.enums import CartState, Fulfilment, OrderStatus
from orders.errors import InsufficientStockError, PriceChangedError, UnavailableError
from orders.events import OrderPlaced
from orders.models import Cart, CartItem, DailyPortions, Kitchen, Order, OrderLine, Slot
from orders.pricing.shapes import Quote
from orders.services import commissions, quoting
from orders.services.allergies import Concern, concerns_about, require_confirmed
from orders.services.availability import orderable, why_not
from orders.services.cart import DETAILS, put_details, to_change
from orders.services.cart_count import note_change
from orders.services.kitchens import local_day
from orders.services.moves import about, add_step, mark_paid
from orders.services.slots import require_open
from orders.services.snapshots import snapshot_of
from orders.services.stock import take_stock
from orders.validators import require_deliverable


@dataclass(frozen=True)
class _Checkout:
    """What has been looked at and found good."""

    cart: Cart
    kitchen: Kitchen
    slot: Slot
    items: list[CartItem]
    quote: Quote


@transaction.atomic
def place_order(
    *,
    cart_id: int,
    customer: User,
    now: datetime,
    delivery: Mapping[str, Any] | None = None,
    note: str | None = None,
    confirmed_allergens: Iterable[str] = (),
    seen_total: Decimal | None = None,
) -> Order:
    """Makes the order of a cart: prices of this moment, a place in the slot, portions, codes, attribution.

    `delivery` may hold `fulfilment`, `slot` and `address`; with `note` they go over what the cart holds. A cart that
    was ordered already answers with its order (ORD-4). `seen_total` is what the customer was shown, if anything.

    Locks the cart, then portions, slot and codes. Raises Cart.DoesNotExist for another's cart, NotAllowedError without
    a verified address, DomainError for what is missing, UnavailableError or InsufficientStockError naming the line,
    PriceChangedError, AllergyError, ConflictError `slot_closed` or `slot_full`, and what codes raise.
    """
    cart = to_change().select_related("owner__profile").filter(owner_id=customer.pk).get(pk=cart_id)
    if cart.state == CartState.ORDERED:
        return Order.objects.get(cart=cart)
    if not is_verified_email(customer):
        raise NotAllowedError(_("Verify your e-mail address first, then order."), code="email_unverified")
    put_details(cart=cart, changes=dict(delivery or {}) | ({} if note is None else {"note": note}), now=now)
    checkout = _checked(cart, customer, now)
    require_confirmed(_concerns(checkout), confirmed=confirmed_allergens)
    _require_seen_total(checkout.quote, seen_total)
    if not checkout.kitchen.is_test:
        _take(checkout, now)
    return _written(checkout, customer, now)


def _checked(cart: Cart, customer: User, now: datetime) -> _Checkout:
    is_there = Exists(orderable(customer).filter(pk=OuterRef("meal_id")))
    items: list[Any] = list(cart.items.select_related("meal__creator", "meal__cover").annotate(is_there=is_there))
    if not items or cart.kitchen is None:
        raise ConflictError(_("Your cart is empty."), code="cart_empty")
    _require_kitchen(cart.kitchen, cart.fulfilment)
    slot = _require_slot(cart, now)
    _require_available(items, cart.kitchen)
    if cart.fulfilment == Fulfilment.DELIVERY:
        require_deliverable(cart.address)
    return _Checkout(cart, cart.kitchen, slot, items, _quote(cart, items, customer, now))


def _quote(cart: Cart, items: list[CartItem], customer: User, now: datetime) -> Quote:
    return quoting.quote_cart(cart=cart, customer=customer, now=now, items=items)


def _require_kitchen(kitchen: Kitchen, fulfilment: str) -> None:
    is_offered = kitchen.delivers if fulfilment == Fulfilment.DELIVERY else kitchen.offers_pickup
    if not kitchen.is_active:
        raise ConflictError(_("The kitchen takes no orders at the moment."), code="no_kitchen")
    if not is_offered:
        raise ConflictError(_("This kitchen does not offer that."), code="not_offered", field="fulfilment")


def _require_slot(cart: Cart, now: datetime) -> Slot:
    if cart.slot is None:
        raise DomainError(_("Choose a time first."), code="slot_needed", field="slot")
    require_open(cart.slot, now=now)
    return cart.slot


def _require_available(items: Sequence[Any], kitchen: Kitchen) -> None:
    there = {item.meal_id for item in items if item.is_there}
    for item in items:
        reason = why_not(meal=item.meal, there=there, kitchen=kitchen)
        if reason:
            raise UnavailableError(f"“{item.meal.title}”: {reason}", item=item.public_id, title=item.meal.title)


def _concerns(checkout: _Checkout) -> list[Concern]:
    profile = getattr(checkout.cart.owner, "profile", None)
    severe = profile.severe_allergies if profile else ()
    return concerns_about(meals=[item.meal for item in checkout.items], severe=severe)


def _require_seen_total(quote: Quote, seen: Decimal | None) -> None:
    if seen is not None and seen != quote.total:
        raise PriceChangedError(_("The price has changed. Look at the new total, then order."), quote=quote)


def _take(checkout: _Checkout, now: datetime) -> None:
    try:
        take_stock(
            wanted=[(item.meal, item.quantity) for item in checkout.items],
            slot=checkout.slot,
            day=_day(checkout),
            now=now,
        )
    except SoldOutError as error:
        raise _sold_out(checkout, error) from error


def _day(checkout: _Checkout) -> Any:
    return local_day(checkout.kitchen, checkout.slot.starts_at)


def _sold_out(checkout: _Checkout, error: SoldOutError) -> ConflictError:
    if not isinstance(error.row, DailyPortions):
        return ConflictError(_("This time is full. Choose another."), code="slot_full", field="slot")
    item = next(item for item in checkout.items if item.meal_id == error.row.meal_id)
    left = error.row.left or 0
    message = _("“%(meal)s” is sold out that day.") if not left else _("Only %(left)d left of “%(meal)s” that day.")
    said = message % {"meal": item.meal.title, "left": left}
    return InsufficientStockError(said, item=item.public_id, title=item.meal.title, left=left)


def _written(checkout: _Checkout, customer: User, now: datetime) -> Order:
    order = _order_row(checkout, customer, now)
    lines = _line_rows(order, checkout)
    add_step(order, before="", to=OrderStatus.PENDING_PAYMENT, actor=customer, reason="", now=now)
    used = quoting.redeem_codes(order=order, quote=checkout.quote, lines=lines, customer=customer, now=now)
    commissions.attribute_order(order=order, cart=checkout.cart, lines=list(lines.values()), used=used, now=now)
    checkout.cart.state = CartState.ORDERED
    checkout.cart.save(update_fields=["state", *DETAILS, "updated_at"])
    note_change(checkout.cart)
    record_all([*used.facts, _placed(order, lines, customer)])
    if not order.total:
        mark_paid(order=order, now=now)
    return order


def _order_row(checkout: _Checkout, customer: User, now: datetime) -> Order:
    cart, kitchen, slot, quote = checkout.cart, checkout.kitchen, checkout.slot, checkout.quote
    cut = quote.delivery_cut
    return Order.objects.create(
        customer=customer,
        customer_name=customer.name or customer.handle,
        customer_email=customer.email,
        kitchen=kitchen,
        cart=cart,
        is_test=kitchen.is_test,
        fulfilment=cart.fulfilment,
        slot=slot,
        slot_starts_at=slot.starts_at,
        slot_ends_at=slot.ends_at,
        day=_day(checkout),
        address=cart.address if cart.fulfilment == Fulfilment.DELIVERY else {},
        note=cart.note,
        currency=quote.currency,
        subtotal=quote.subtotal,
        discount=quote.discount,
        delivery=quote.delivery,
        delivery_discount=quote.delivery_discount,
        delivery_discount_funder=cut.funder if cut else "",
        tax=quote.tax,
        tax_rate=kitchen.tax_rate,
        total=quote.total,
        placed_at=now,
        expires_at=now + timedelta(minutes=settings.ORDER_EXPIRES_MINUTES),
    )


def _line_rows(order: Order, checkout: _Checkout) -> dict[int, OrderLine]:
    """By the key of the quoted line, as codes are redeemed against them."""
    meals = {item.meal_id: item.meal for item in checkout.items}
    lines = {
        quoted.line.key: OrderLine(
            order=order,
            position=position,
            meal=meals[quoted.line.meal_id],
            creator_id=quoted.line.creator_id,
            title=quoted.line.title,
            snapshot=snapshot_of(meals[quoted.line.meal_id]),
            unit_price=quoted.line.unit_price,
            quantity=quoted.line.quantity,
            discount=quoted.discount,
            tax=quoted.tax,
            total=quoted.total,
        )
        for position, quoted in enumerate(checkout.quote.lines, start=1)
    }
    OrderLine.objects.bulk_create(lines.values())
    return lines


def _placed(order: Order, lines: Mapping[int, OrderLine], customer: User) -> Fact:
    portions = sum(line.quantity for line in lines.values())
    return Fact(OrderPlaced(**about(order), line_count=len(lines), portions=portions), customer, order)
