"""The way from a seat that is held to an order that is paid: what classes know of money (`classes.booking_doors`)."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import formats

from classes.booking_doors import PaidBooking
from classes.models import Chain, Rsvp, Session
from fitfoodie.common.money import rounded, tax_within
from fitfoodie.events.services import record
from orders.enums import OrderFulfilment, OrderStatus
from orders.events import OrderPlaced
from orders.models import Kitchen, Order, OrderLine
from orders.services.moves import about, add_step


def begin_booking(rsvp: Rsvp, now: datetime) -> None:
    """An order of one seat, to be paid as long as the seat is held. Runs in the transaction that holds the seat; the
    rows are new, so nothing is locked."""
    session = rsvp.session
    till = till_of(session.chain)
    price = rounded(Decimal(rsvp.price or 0), till.currency)
    tax = tax_within(price, Decimal(till.tax_rate), till.currency)
    order = _order_row(rsvp, session, till, price=price, tax=tax, now=now)
    OrderLine.objects.create(
        order=order,
        position=1,
        seat=rsvp,
        title=_title(session),
        snapshot={"url": session.get_absolute_url(), "class": session.public_id},
        unit_price=price,
        quantity=1,
        tax=tax,
        total=price,
    )
    add_step(order, before="", to=OrderStatus.PENDING_PAYMENT, actor=rsvp.user, reason="", now=now)
    record(OrderPlaced(**about(order), line_count=1, portions=0), actor=rsvp.user, subject=order)


def till_of(chain: Chain) -> Kitchen:
    """Who sells the seats of a chain; made when it first sells one. Name and address on documents are the till's."""
    till, _is_new = Kitchen.objects.get_or_create(
        chain=chain,
        defaults={
            "name": chain.name,
            "email": chain.email,
            "time_zone": chain.time_zone,
            "currency": chain.currency,
            "tax_rate": Decimal(settings.CLASS_TAX_RATE),
            "delivers": False,
            "offers_pickup": False,
        },
    )
    return till


def pay_address(rsvp: Rsvp) -> str:
    """The page on which the seat is paid; the class itself when there is nothing to pay."""
    line = rsvp.order_lines.select_related("order").order_by("-pk").first()
    if line is None:
        return rsvp.session.get_absolute_url()
    return reverse("orders:pay", kwargs={"number": line.order.number})


def _order_row(rsvp: Rsvp, session: Session, till: Kitchen, *, price: Decimal, tax: Decimal, now: datetime) -> Order:
    customer: Any = rsvp.user
    return Order.objects.create(
        customer=customer,
        customer_name=customer.name or customer.handle,
        customer_email=customer.email,
        kitchen=till,
        is_test=till.is_test,
        fulfilment=OrderFulfilment.CLASS,
        slot_starts_at=session.starts_at,
        slot_ends_at=session.ends_at,
        day=session.starts_at.astimezone(ZoneInfo(session.time_zone)).date(),
        currency=till.currency,
        subtotal=price,
        tax=tax,
        tax_rate=till.tax_rate,
        total=price,
        placed_at=now,
        expires_at=rsvp.reserved_until or now,
    )


def _title(session: Session) -> str:
    local = session.starts_at.astimezone(ZoneInfo(session.time_zone))
    return f"{session.title}, {formats.date_format(local, 'SHORT_DATETIME_FORMAT')}"


DOOR = PaidBooking(begin=begin_booking, address=pay_address)
