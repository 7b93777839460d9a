from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction

from fitfoodie.common.errors import (
    ConflictError,
    DomainError,
    IllegalTransitionError,
    NotAllowedError,
    StaleVersionError,
)
from fitfoodie.events.models import Event
from meals import services as meals
from orders.enums import ORDER_TRANSITIONS, OrderStatus, PromoKind
from orders.models import CartCode, DailyPortions, Order, PromoCode
from orders.promo_errors import CodeRefusedError
from orders.rules import Hand, legal_moves
from orders.services.expiry import expire_orders, revive_order
from orders.services.moves import locked_order, mark_paid, move_order
from orders.services.placing import place_order
from orders.services.slots import cancel_slot
from orders.tests.factories import NOW, filled_cart, make_cook, make_dish, make_kitchen, make_order, moved_to, pay

LATER = NOW + timedelta(minutes=5)


def move(order, to, actor, **more):
    return move_order(order_id=order.pk, to=OrderStatus(to), actor=actor, now=LATER, **more)


@pytest.fixture
def order(sam, lentils):
    return make_order(sam, [lentils], quantity=2, paid=True)


def test_the_whole_way_of_a_delivery(order, cora):
    done = moved_to(order, OrderStatus.COMPLETED, cook=cora)
    assert (done.status, done.version, done.accepted_at, done.completed_at) == ("completed", 7, LATER, LATER)
    steps = [(step.from_status, step.to_status, step.actor) for step in done.moves.all()]
    assert steps == [
        ("", "pending_payment", order.customer),
        ("pending_payment", "paid", None),
        ("paid", "accepted", cora),
        ("accepted", "preparing", cora),
        ("preparing", "ready", cora),
        ("ready", "out_for_delivery", cora),
        ("out_for_delivery", "completed", cora),
    ]


def test_each_step_is_said(order, cora, kitchen):
    moved_to(order, OrderStatus.COMPLETED, cook=cora)
    said = Event.objects.filter(name__startswith="orders.order.").order_by("pk")[1:]
    data = {
        "order_id": order.pk,
        "number": order.number,
        "customer_id": order.customer_id,
        "kitchen_id": kitchen.pk,
        "total": "18.50",
        "currency": "EUR",
        "is_test": False,
        "reason": "",
    }
    assert [(event.name, event.actor, event.data) for event in said] == [
        ("orders.order.paid", None, data | {"from_status": "pending_payment"}),
        ("orders.order.accepted", cora, data | {"from_status": "paid"}),
        ("orders.order.preparing", cora, data | {"from_status": "accepted"}),
        ("orders.order.ready", cora, data | {"from_status": "preparing"}),
        ("orders.order.dispatched", cora, data | {"from_status": "ready"}),
        ("orders.order.completed", cora, data | {"from_status": "out_for_delivery"}),
    ]


def test_what_is_picked_up_is_not_delivered(sam, lentils, cora, kitchen):
    order = pay(make_order(sam, [lentils]))
    Order.objects.update(fulfilment="pickup", status="ready")
    with pytest.raises(IllegalTransitionError) as error:
        move(order, "out_for_delivery", cora)
    assert error.value.legal == ["cancelled", "picked_up"]
    move(order, "picked_up", cora)
    assert Event.objects.last().name == "orders.order.picked_up"


@pytest.mark.parametrize(("before", "to"), list(product(OrderStatus, OrderStatus)))
def test_every_move_the_table_does_not_list_is_refused(order, cora, before, to):
    Order.objects.update(status=before, released_at=NOW)
    legal = legal_moves(status=before, fulfilment="delivery", hand=Hand.KITCHEN)
    if to in legal:
        assert move(order, to, cora, reason="Because").status == to
        return
    with pytest.raises(IllegalTransitionError) as error:
        move(order, to, cora, reason="Because")
    assert error.value.legal == sorted(legal)
    assert Order.objects.get().status == before


def test_no_hand_reaches_beyond_the_table():
    for hand, before, fulfilment in product(Hand, OrderStatus, ("delivery", "pickup")):
        assert legal_moves(status=before, fulfilment=fulfilment, hand=hand) <= ORDER_TRANSITIONS[before]


def test_a_customer_cancels_until_the_kitchen_accepts(order, sam, cora):
    assert move(order, "cancelled", sam).status == "cancelled"


def test_a_customer_cannot_cancel_what_is_accepted(order, sam, cora):
    move(order, "accepted", cora)
    with pytest.raises(IllegalTransitionError) as error:
        move(order, "cancelled", sam)
    assert error.value.legal == []


def test_a_customer_does_not_work_the_kitchen(order, sam):
    with pytest.raises(NotAllowedError):
        move(order, "accepted", sam)


def test_strangers_find_nothing(order, kim):
    other = make_cook(make_kitchen("Other", is_default=False))
    for stranger in (kim, other):
        with pytest.raises(Order.DoesNotExist):
            move(order, "accepted", stranger)


def test_an_unpaid_order_is_not_the_kitchens_yet(sam, lentils, cora):
    with pytest.raises(IllegalTransitionError) as error:
        move(make_order(sam, [lentils]), "cancelled", cora, reason="No")
    assert error.value.legal == []


def test_nobody_pays_by_hand(sam, lentils, mia):
    with pytest.raises(IllegalTransitionError):
        move(make_order(sam, [lentils]), "paid", mia, reason="Cash")


@pytest.mark.parametrize("to", ["rejected", "cancelled"])
def test_the_kitchen_says_why(order, cora, to):
    if to == "cancelled":
        move(order, "accepted", cora)
    with pytest.raises(DomainError) as error:
        move(order, to, cora, reason="  ")
    assert error.value.code == "reason_needed"
    assert move(order, to, cora, reason="No lentils left").moves.last().reason == "No lentils left"
    assert Event.objects.last().data["reason"] == "No lentils left"


def test_support_corrects_with_a_reason(order, mia):
    with pytest.raises(DomainError) as error:
        move(order, "accepted", mia)
    assert error.value.code == "reason_needed"
    assert move(order, "accepted", mia, reason="The kitchen called").status == "accepted"


def test_a_button_of_an_old_screen_is_refused(order, cora):
    move(order, "accepted", cora, version=order.version)
    with pytest.raises(StaleVersionError) as error:
        move(order, "accepted", cora, version=order.version)
    assert error.value.current == order.version + 1


def stock():
    return list(DailyPortions.objects.values_list("taken", flat=True)), Order.objects.get().slot.taken


@pytest.mark.parametrize(("before", "to", "left"), [("paid", "rejected", 0), ("accepted", "cancelled", 0)])
def test_what_is_not_begun_goes_back_on_sale(order, cora, before, to, left):
    Order.objects.update(status=before)
    move(order, to, cora, reason="No lentils")
    assert stock() == ([left], left)
    assert Order.objects.get().released_at == LATER


def test_food_that_was_begun_does_not(order, cora):
    Order.objects.update(status="preparing")
    move(order, "cancelled", cora, reason="Burnt")
    assert stock() == ([2], 1)


def test_an_unpaid_order_expires_once(sam, lentils, kitchen):
    order = make_order(sam, [lentils])
    assert expire_orders(now=order.expires_at - timedelta(seconds=1)) == 0
    assert expire_orders(now=order.expires_at) == 1
    assert expire_orders(now=order.expires_at) == 0
    assert stock() == ([0], 0)
    said = Event.objects.last()
    assert (said.name, said.data["from_status"], said.data["reason"]) == (
        "orders.order.expired",
        "pending_payment",
        "It was not paid in time.",
    )


def test_a_paid_order_does_not_expire(order):
    assert expire_orders(now=order.expires_at) == 0


def expired(customer, dishes):
    order = make_order(customer, dishes)
    expire_orders(now=order.expires_at)
    return order


def revive(order):
    with transaction.atomic():
        revive_order(order=locked_order(order.pk), now=order.expires_at + timedelta(minutes=1))


def test_paid_too_late_takes_the_stock_again(sam, lentils, kitchen):
    order = expired(sam, [lentils])
    revive(order)
    order.refresh_from_db()
    assert (order.status, order.released_at, stock()) == ("paid", None, ([1], 1))
    assert Event.objects.filter(name__startswith="orders.order.").last().name == "orders.order.revived"


def test_paid_too_late_and_sold_meanwhile(sam, kim, kitchen, ada):
    last = make_dish(ada, "Last", portions=1)
    order = expired(sam, [last])
    make_order(kim, [last])
    with pytest.raises(ConflictError) as error:
        revive(order)
    assert error.value.code == "insufficient_stock"
    order.refresh_from_db()
    assert (order.status, DailyPortions.objects.get().taken) == ("expired", 1)
    assert order.released_at is not None


def test_paid_when_the_time_has_passed(sam, lentils, kitchen):
    order = expired(sam, [lentils])
    with pytest.raises(ConflictError) as error, transaction.atomic():
        revive_order(order=locked_order(order.pk), now=order.slot_ends_at)
    assert error.value.code == "too_late"


def test_paid_too_late_and_the_kitchen_has_cancelled_the_time(sam, lentils, kitchen, cora):
    order = expired(sam, [lentils])
    cancel_slot(slot_id=order.slot_id, actor=cora, reason="The van broke down", now=LATER)
    with pytest.raises(ConflictError) as error:
        revive(order)
    order.refresh_from_db()
    assert (error.value.code, order.status, stock()) == ("slot_closed", "expired", ([0], 0))


def test_paid_too_late_and_the_code_is_used_up_meanwhile(sam, kim, lentils, kitchen):
    promo = PromoCode.objects.create(code="ONE", kind=PromoKind.FIXED, amount=1, capacity=1)
    mine, theirs = (with_code(person, [lentils], promo) for person in (sam, kim))
    order = place_order(cart_id=mine.pk, customer=sam, now=NOW)
    expire_orders(now=order.expires_at)
    place_order(cart_id=theirs.pk, customer=kim, now=NOW)
    with pytest.raises(CodeRefusedError) as error:
        revive(order)
    order.refresh_from_db()
    promo.refresh_from_db()
    assert (error.value.code, order.status, promo.taken) == ("used_up", "expired", 1)
    assert (DailyPortions.objects.get().taken, order.slot.taken) == (1, 1)  # those of the other
    assert order.released_at is not None


def with_code(person, dishes, promo):
    cart = filled_cart(person, dishes)
    CartCode.objects.create(cart=cart, promo=promo, typed_at=NOW)
    return cart


def test_paid_twice_is_refused(order):
    with pytest.raises(IllegalTransitionError), transaction.atomic():
        mark_paid(order=locked_order(order.pk), now=LATER)


def test_a_meal_with_orders_is_archived_and_the_order_stays(order, lentils, ada):
    assert meals.delete_meal(meal_id=lentils.pk, actor=ada, now=LATER).status == "archived"
    assert order.lines.get().title == "Lentil soup"


def test_a_meal_in_no_order_but_in_a_cart(sam, lentils, ada):
    filled_cart(sam, [lentils])
    assert meals.delete_meal(meal_id=lentils.pk, actor=ada, now=LATER).status == "archived"
