"""Orders of the demo world: placed, paid at the test bank and moved on by the kitchen, at the times they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from fitfoodie.demo import world
from fitfoodie.demo.market import click_by
from fitfoodie.demo.past import as_of
from meals.models import Meal
from orders.enums import Fulfilment, OrderStatus
from orders.models import Cart, Kitchen, Order, Slot
from orders.providers.test.provider import use_card
from orders.services.cart import add_to_cart, open_cart, set_details
from orders.services.expiry import expire_orders
from orders.services.moves import move_order
from orders.services.payments import refresh_payment, start_payment
from orders.services.placing import place_order
from orders.services.quoting import apply_code
from orders.services.refunds import refund_order, send_refund

People = Mapping[str, User]
Meals = Mapping[str, Meal]
_GOOD_CARD = "4242424242424242"
# What the kitchen does one after another, and how long before or after the hour of handing over.
_STEPS = {
    Fulfilment.DELIVERY: ("accepted", "preparing", "ready", "out_for_delivery", "completed"),
    Fulfilment.PICKUP: ("accepted", "preparing", "ready", "picked_up", "completed"),
}
_MINUTES = (-150, -50, -12, 4, 26)


@dataclass(frozen=True)
class Scene:
    people: People
    meals: Meals
    kitchen: Kitchen
    addresses: Mapping[str, Mapping[str, str]]
    now: datetime


def make_orders(people: People, meals: Meals, kitchen: Kitchen, *, now: datetime) -> int:
    """Those that are missing, the oldest first; returns how many that were."""
    scene = Scene(people, meals, kitchen, world.addresses(), now)
    made = 0
    for content in world.orders():
        customer = people[content["who"]]
        if not _is_there(content, customer):
            _Story(content, scene).tell()
            made += 1
    return made


def _is_there(content: Mapping[str, Any], customer: User) -> bool:
    """Or cannot be made: what somebody has in their cart is theirs."""
    if Cart.objects.filter(public_id=_cart_id(content)).exists():
        return True
    return Cart.objects.filter(owner=customer, state="open", items__isnull=False).exists()


def _cart_id(content: Mapping[str, Any]) -> str:
    return f"demo{content['number']:08d}"


class _Story:
    """One order from the first click to where it is left."""

    def __init__(self, content: Mapping[str, Any], scene: Scene) -> None:
        self.content, self.people, self.meals = content, scene.people, scene.meals
        self.kitchen, self.now = scene.kitchen, scene.now
        self.address = scene.addresses[content["who"]]
        self.customer = scene.people[content["who"]]
        self.fulfilment = Fulfilment(content.get("fulfilment", "delivery"))
        self.until = OrderStatus(content["until"])
        self.handed_over = self._hour_of_handing_over()
        self.placed = self._hour_of_placing()

    def tell(self) -> None:
        with as_of(self.placed):
            order = self._place()
            if self.until == OrderStatus.EXPIRED:
                expire_orders(now=order.expires_at)
            elif self.until != OrderStatus.PENDING_PAYMENT:
                self._pay(order)
                self._go_on(order)
            if "refund" in self.content:
                self._refund(order)

    def _hour_of_handing_over(self) -> datetime:
        if "minutes" in self.content:
            half_hour = self.now.replace(minute=self.now.minute // 30 * 30, second=0, microsecond=0)
            return half_hour + timedelta(minutes=self.content["minutes"])
        zone = ZoneInfo(self.kitchen.time_zone)
        day = (self.now - timedelta(days=self.content["days"])).astimezone(zone).date()
        return datetime.combine(day, time(self.content["at"]), tzinfo=zone)

    def _hour_of_placing(self) -> datetime:
        if self.until == OrderStatus.PENDING_PAYMENT:
            return self.now - timedelta(minutes=2)
        return self.handed_over - timedelta(minutes=200)

    def _place(self) -> Order:
        cart = open_cart(person=self.customer, now=self.placed)
        Cart.objects.filter(pk=cart.pk).update(public_id=_cart_id(self.content))
        click = self._click()
        for number, (title, quantity) in enumerate(self.content["lines"].items()):
            at = self.placed - timedelta(minutes=9 - number)
            add_to_cart(
                cart_id=cart.pk,
                meal_id=self.meals[title].pk,
                quantity=quantity,
                person=self.customer,
                now=at,
                click=click,
            )
        details = {"fulfilment": self.fulfilment, "slot": self._slot().public_id, "address": self.address}
        set_details(cart_id=cart.pk, now=self.placed, changes=details | {"note": self.content.get("note", "")})
        cart.refresh_from_db()
        for code in self.content.get("codes", ()):
            apply_code(cart=cart, code=code, customer=self.customer, now=self.placed)
        return place_order(cart_id=cart.pk, customer=self.customer, now=self.placed)

    def _click(self) -> str:
        if "link" not in self.content:
            return ""
        return click_by(self.content["link"], self.customer, at=self.placed - timedelta(minutes=11)).public_id

    def _slot(self) -> Slot:
        """That of the opening times where there is one; else the kitchen had it open that once."""
        slot, _is_new = Slot.objects.get_or_create(
            kitchen=self.kitchen,
            fulfilment=self.fulfilment,
            starts_at=self.handed_over,
            defaults={
                "ends_at": self.handed_over + timedelta(hours=1),
                "closes_at": self.handed_over - timedelta(hours=1),
                "capacity": 10,
            },
        )
        return slot

    def _pay(self, order: Order) -> None:
        at = self.placed + timedelta(minutes=1)
        payment = start_payment(order_id=order.pk, actor=self.customer, now=at, provider="test")
        use_card(payment.reference, _GOOD_CARD)
        refresh_payment(payment_id=payment.pk, now=at)

    def _go_on(self, order: Order) -> None:
        if self.until == OrderStatus.CANCELLED:
            self._move(order, self.until, by=self.customer, minutes=-170)
        elif self.until == OrderStatus.REJECTED:
            self._move(order, self.until, by=self.people["cook"], minutes=-160)
        else:
            self._cook(order)

    def _cook(self, order: Order) -> None:
        steps = _STEPS[self.fulfilment]
        if self.until == OrderStatus.PAID:
            return
        for step, minutes in zip(steps[: steps.index(self.until) + 1], _MINUTES, strict=False):
            self._move(order, OrderStatus(step), by=self._hand(), minutes=minutes)

    def _hand(self) -> User:
        """Nobody cooks for themselves."""
        return self.people["chef" if self.content["who"] == "cook" else "cook"]

    def _move(self, order: Order, to: OrderStatus, *, by: User, minutes: int) -> None:
        at = min(self.handed_over + timedelta(minutes=minutes), self.now)
        move_order(order_id=order.pk, to=to, actor=by, reason=self.content.get("reason", ""), now=at)

    def _refund(self, order: Order) -> None:
        at = self.handed_over + timedelta(hours=2)
        wanted = self.content["refund"]
        lines = [{"line": line.pk, "quantity": wanted[line.title]} for line in order.lines.filter(title__in=wanted)]
        refund = refund_order(
            order_id=order.pk,
            lines=lines,
            delivery=False,
            actor=self.people["cook"],
            reason=self.content["refund_reason"],
            now=at,
        )
        send_refund(refund_id=refund.pk, now=at)
