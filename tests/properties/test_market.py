"""A market driven at random: carts, codes, clicks, payments, cancellations, refunds, expiry, approvals, payouts.

Whatever happens, in whatever order: totals are the sum of their lines, the ledger sums to zero, no code is used beyond
its limit and no portion sold twice, an illegal move is a conflict and changes nothing, and what a creator's statement
says is what the books owe them, to the cent.
"""

import os
from collections import Counter
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck
from hypothesis import settings as machine_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from fitfoodie.common.errors import DomainError, IllegalTransitionError
from orders.enums import (
    DEAD,
    OPEN_PAYMENTS,
    ORDER_TRANSITIONS,
    PREPARED,
    CommissionStatus,
    OrderStatus,
    PaymentStatus,
    PayoutStatus,
    RefundStatus,
)
from orders.models import (
    Cart,
    CartCode,
    Commission,
    DailyPortions,
    Entry,
    Order,
    OrderLine,
    Payment,
    Payout,
    PromoCode,
    Redemption,
    Refund,
    Slot,
)
from orders.providers.test.provider import CARDS, confirm, use_card
from orders.selectors.earnings import balances, owed_by_the_books, statement_lines
from orders.selectors.ledger import verify_ledger
from orders.services import cart as carts
from orders.services import payouts
from orders.services.clicks import bind_click
from orders.services.commission_decisions import release_commission, void_commission
from orders.services.commissions import approve_due_commissions
from orders.services.expiry import expire_orders
from orders.services.moves import move_order
from orders.services.payments import refresh_payment, start_payment
from orders.services.placing import place_order
from orders.services.refunds import refund_order
from orders.services.slots import make_slots
from orders.tests.factories import ADDRESS
from tests.properties.world import PORTIONS, Market

pytestmark = pytest.mark.django_db

# So many worlds of at most so many steps; MARKET_WORLDS=100 looks longer. Each world leaves out some of the rules, so
# many short ones see more than few long ones.
WORLDS, STEPS = int(os.environ.get("MARKET_WORLDS", "16")), 50
CORNERS = (
    "place",
    "pay",
    "refund",
    "pay_out",
    "approved",
    "place: insufficient_stock",
    "move: illegal_transition",
)
_numbers = iter(range(10**6))
counted = Counter()

# Every refusal is one of these: never an accident.
REFUSALS = {400, 403, 409}
some = st.integers(0, 10**6)
small = st.integers(1, 4)


class MarketMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.market = Market(next(_numbers))
        # Portions that refunds put back on sale before the kitchen began (ORD-15), by line.
        self.restocked = Counter()

    def teardown(self) -> None:
        self.everything_ties_out()
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    # --- What people do

    @rule(who=some, dish=some, quantity=small)
    def put_in_cart(self, who, dish, quantity):
        cart = self.cart_of(who)
        with self.doing("put_in_cart"):
            carts.add_to_cart(
                cart_id=cart.pk,
                meal_id=self.pick(self.market.dishes, dish).pk,
                quantity=quantity,
                person=self.customer(who),
                now=self.market.now,
            )

    @rule(who=some, code=some)
    def type_code(self, who, code):
        """Whether it holds is seen when the order is placed."""
        promo = self.pick(self.market.codes, code)
        CartCode.objects.get_or_create(cart=self.cart_of(who), promo=promo, defaults={"typed_at": self.market.now})
        counted["type_code"] += 1

    @rule(who=some, link=some)
    def click_link(self, who, link):
        click = self.market.click(self.pick(self.market.links, link), None)
        bind_click(public_id=click.public_id, person=self.customer(who), now=self.market.now)
        counted["click_link"] += 1

    @rule(who=some, by_delivery=st.booleans())
    def place(self, who, by_delivery):
        cart, customer = self.cart_of(who), self.customer(who)
        slot = self.open_slot("delivery" if by_delivery else "pickup")
        if slot is None or not cart.items.exists():
            return
        details = {"fulfilment": slot.fulfilment, "slot": slot.public_id, "address": ADDRESS}
        with self.doing("place"):
            order = place_order(cart_id=cart.pk, customer=customer, delivery=details, now=self.market.now)
            again = place_order(cart_id=cart.pk, customer=customer, delivery=details, now=self.market.now)
            assert again == order

    @rule(who=some, dishes=st.lists(some, min_size=1, max_size=3), quantity=small, codes=st.lists(some, max_size=3))
    def shop(self, who, dishes, quantity, codes):
        """The usual way, so that many orders come to be."""
        for dish in dishes:
            self.put_in_cart(who, dish, quantity)
        for code in codes:
            self.type_code(who, code)
        self.place(who, by_delivery=bool(quantity % 2))

    @rule(who=some, dish=some, link=some)
    def shop_after_a_click(self, who, dish, link):
        self.click_link(who, link)
        self.put_in_cart(who, dish, 1)
        self.place(who, by_delivery=True)

    @precondition(lambda self: self.unpaid().exists())
    @rule()
    def pay_all(self):
        for order in list(self.unpaid()):
            with self.doing("pay"):
                payment = start_payment(order_id=order.pk, actor=order.customer, now=self.market.now, provider="test")
                if refresh_payment(payment_id=payment.pk, now=self.market.now).status in OPEN_PAYMENTS:
                    use_card(payment.reference, "4242424242424242")
                    refresh_payment(payment_id=payment.pk, now=self.market.now)

    @precondition(lambda self: self.unpaid().exists())
    @rule(which=some, card=st.sampled_from(sorted(CARDS)), is_me=st.booleans(), is_told=st.booleans())
    def pay(self, which, card, is_me, is_told):
        order = self.pick(self.unpaid(), which)
        with self.doing("pay"):
            payment = start_payment(order_id=order.pk, actor=order.customer, now=self.market.now, provider="test")
            if use_card(payment.reference, card).outcome == PaymentStatus.REQUIRES_ACTION:
                confirm(payment.reference, is_me=is_me)
            if is_told:
                refresh_payment(payment_id=payment.pk, now=self.market.now)

    @precondition(lambda self: self.payments().exists())
    @rule(which=some, times=st.integers(1, 3))
    def hear_from_bank(self, which, times):
        """Late, out of order, and more than once."""
        payment = self.pick(self.payments(), which)
        for _time in range(times):
            with self.doing("hear_from_bank"):
                refresh_payment(payment_id=payment.pk, now=self.market.now)

    @precondition(lambda self: self.orders().exists())
    @rule(which=some, to=st.sampled_from(OrderStatus), by_customer=st.booleans())
    def move(self, which, to, by_customer):
        order = self.pick(self.orders(), which)
        actor = order.customer if by_customer else self.market.cook
        before = (order.status, order.version)
        is_legal = to in ORDER_TRANSITIONS[OrderStatus(order.status)]
        with self.doing("move") as outcome:
            move_order(order_id=order.pk, to=to, actor=actor, reason="Because", now=self.market.now)
        order.refresh_from_db()
        if outcome.error:
            assert (order.status, order.version) == before
            assert is_legal or outcome.error.status in (403, 409)
            if isinstance(outcome.error, IllegalTransitionError):
                assert set(outcome.error.legal) <= {move.value for move in ORDER_TRANSITIONS[OrderStatus(order.status)]}
        else:
            assert is_legal
            assert order.status == to

    @precondition(lambda self: self.orders().filter(status=OrderStatus.PAID).exists())
    @rule(which=some)
    def go_on(self, which):
        """The usual way, so that many orders get far."""
        order = self.pick(self.orders().filter(status=OrderStatus.PAID), which)
        way = (OrderStatus.ACCEPTED, OrderStatus.PREPARING, OrderStatus.READY)
        last = OrderStatus.OUT_FOR_DELIVERY if order.fulfilment == "delivery" else OrderStatus.PICKED_UP
        for step in (*way, last, OrderStatus.COMPLETED):
            with self.doing("go_on"):
                move_order(order_id=order.pk, to=step, actor=self.market.cook, now=self.market.now)

    @precondition(lambda self: self.orders().exclude(paid_at=None).exists())
    @rule(
        which=some, line=some, quantity=small, cents=st.one_of(st.none(), st.integers(1, 2000)), delivery=st.booleans()
    )
    def refund(self, which, line, quantity, cents, delivery):
        order = self.pick(self.orders().exclude(paid_at=None), which)
        row = self.pick(order.lines.all(), line)
        part = {"line": row.pk, "quantity": quantity}
        if cents is not None:
            part = {"line": row.pk, "amount": Decimal(cents) / 100}
        with self.doing("refund") as outcome:
            refund_order(
                order_id=order.pk,
                lines=[part],
                delivery=delivery,
                actor=self.market.cook,
                reason="Cold",
                now=self.market.now,
            )
        if not outcome.error and cents is None and order.status not in PREPARED and order.released_at is None:
            self.restocked[row.pk] += quantity

    @rule(minutes=st.sampled_from([1, 5, 40, 600]))
    def wait(self, minutes):
        self.market.pass_time(minutes)
        expire_orders(now=self.market.now)
        counted["wait"] += 1

    @rule()
    def wait_for_approvals(self):
        self.market.now = self.market.after_holding
        expire_orders(now=self.market.now)
        counted["approved"] += approve_due_commissions(now=self.market.now)

    @rule(who=some, dish=some, link=some)
    def good_month(self, who, dish, link):
        """From a click to the money in the bank of the creators, the usual way."""
        self.shop_after_a_click(who, dish, link)
        self.pay_all()
        for number in range(self.orders().filter(status=OrderStatus.PAID).count()):
            self.go_on(number)
        self.wait_for_approvals()
        for creator in range(len(self.market.creators)):
            self.pay_out(creator, is_paid=True)

    @rule(dish=some)
    def rush(self, dish):
        """Everybody wants most of one dish at once."""
        for who in range(len(self.market.customers)):
            self.put_in_cart(who, dish, quantity=PORTIONS // 2)
            self.place(who, by_delivery=False)

    @precondition(lambda self: self.held().exists())
    @rule(which=some, is_fine=st.booleans())
    def look_at_what_is_held(self, which, is_fine):
        commission = self.pick(self.held(), which)
        decide = release_commission if is_fine else void_commission
        with self.doing("judge"):
            decide(commission_id=commission.pk, actor=self.market.cashier, reason="Looked", now=self.market.now)

    @rule(who=st.integers(0, 1), is_paid=st.booleans())
    def pay_out(self, who, is_paid):
        creator = self.market.creators[who]
        with self.doing("pay_out"):
            payout = payouts.request_payout(creator=creator, currency="EUR", now=self.market.now)
            if is_paid:
                payouts.mark_paid(
                    payout_id=payout.pk, actor=self.market.cashier, reference="Bank 1", now=self.market.now
                )
            else:
                payouts.refuse_payout(
                    payout_id=payout.pk, actor=self.market.cashier, reason="Wait", now=self.market.now
                )

    # --- What must hold after each step

    @invariant()
    def totals_are_sums_of_lines(self):
        for order in self.orders().prefetch_related("lines__discounts", "redemptions"):
            lines = list(order.lines.all())
            assert order.subtotal == sum(line.unit_price * line.quantity for line in lines)
            assert order.discount == sum(line.discount for line in lines) + order.delivery_discount
            assert order.total == sum(line.total for line in lines) + order.delivery - order.delivery_discount
            assert sum(use.amount for use in order.redemptions.all()) == order.discount
            for line in lines:
                assert line.discount == sum(cut.amount for cut in line.discounts.all())
                assert 0 <= line.refunded <= line.total

    @invariant()
    def nothing_scarce_is_taken_twice(self):
        held = self.orders().filter(released_at=None)
        for portions in DailyPortions.objects.filter(meal__in=self.market.dishes):
            lines = OrderLine.objects.filter(order__in=held.filter(day=portions.day), meal_id=portions.meal_id)
            sold = sum(line.quantity - self.restocked[line.pk] for line in lines)
            assert portions.taken == sold <= portions.capacity
        for slot in Slot.objects.filter(kitchen=self.market.kitchen).exclude(taken=0):
            assert slot.taken == held.filter(slot=slot).count() <= slot.capacity

    @invariant()
    def no_code_is_over_its_limit(self):
        for promo in PromoCode.objects.filter(pk__in=[code.pk for code in self.market.codes]):
            uses = list(Redemption.objects.filter(promo=promo, released_at=None))
            assert promo.taken == len(uses) <= (promo.capacity or len(uses))
            assert promo.spent == sum(use.amount for use in uses) <= (promo.budget or promo.spent)
            if promo.per_customer:
                most = Counter(use.customer_id for use in uses).most_common(1)
                assert not most or most[0][1] <= promo.per_customer

    @invariant()
    def refunds_stay_within_what_was_captured(self):
        for payment in Payment.objects.filter(order__in=self.orders()):
            promised = Refund.objects.filter(payment=payment).exclude(status=RefundStatus.FAILED)
            assert payment.refunded == sum(refund.amount for refund in promised) <= payment.captured

    @invariant()
    def ledger_sums_to_zero(self):
        by_order = Counter()
        for entry in Entry.objects.filter(movement__order__in=self.orders()).select_related("movement"):
            by_order[entry.movement.order_id] += entry.amount
        assert set(by_order.values()) <= {0}

    @invariant()
    def statement_equals_ledger(self):
        for creator in self.market.creators:
            owed = owed_by_the_books(creator=creator)
            for balance in balances(creator=creator):
                assert balance.owed == owed.get(balance.currency, Decimal(0))

    def everything_ties_out(self):
        assert verify_ledger() == []
        for payout in Payout.objects.filter(creator__in=self.market.creators):
            assert (
                payout.status == PayoutStatus.REFUSED
                or sum(line.amount for line in statement_lines(payout)) == payout.amount
            )
        dead = self.orders().filter(status__in=DEAD, released_at=None, is_test=False)
        assert not dead.exclude(moves__from_status__in=["preparing", "ready"]).exists()

    # --- Words

    def customer(self, number):
        return self.pick(self.market.customers, number)

    def cart_of(self, number) -> Cart:
        return carts.open_cart(person=self.customer(number), now=self.market.now)

    def orders(self):
        return Order.objects.filter(kitchen=self.market.kitchen).order_by("pk")

    def held(self):
        return Commission.objects.filter(order__in=self.orders(), status=CommissionStatus.HOLD).order_by("pk")

    def unpaid(self):
        return self.orders().filter(status=OrderStatus.PENDING_PAYMENT, total__gt=0)

    def payments(self):
        return Payment.objects.filter(order__in=self.orders()).exclude(reference="").order_by("pk")

    def open_slot(self, fulfilment):
        make_slots(kitchen=self.market.kitchen, now=self.market.now)
        slots = Slot.objects.filter(kitchen=self.market.kitchen, fulfilment=fulfilment, closes_at__gt=self.market.now)
        return slots.order_by("starts_at").first()

    def pick(self, rows, number):
        found = list(rows)
        return found[number % len(found)]

    @contextmanager
    def doing(self, name):
        """With what the background does after it; a refusal undoes the step and is counted."""
        outcome = Outcome()
        try:
            with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
                yield outcome
            counted[name] += 1
        except DomainError as error:
            outcome.error = error
            counted[f"{name}: {error.code}"] += 1
        if outcome.error:
            assert outcome.error.status in REFUSALS


class Outcome:
    error: DomainError | None = None


@pytest.fixture(autouse=True)
def program(settings):
    """Everybody pays with the same test card: that alone is no burst. And any amount is worth a payout."""
    settings.AFFILIATE_BURST_SAME_BUYER = 10**6
    settings.AFFILIATE_BURST_ORDERS = 4
    settings.PAYOUT_MINIMUM = Decimal("0.01")


def test_market_stays_right_whatever_happens():
    counted.clear()
    how = machine_settings(
        max_examples=WORLDS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    run_state_machine_as_test(MarketMachine, settings=how)
    print(f"{sum(counted.values())} steps: {dict(counted.most_common())}")
    # What the machine did reaches every corner: otherwise it shows nothing.
    assert [corner for corner in CORNERS if not counted[corner]] == []
