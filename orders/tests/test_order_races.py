"""Many at once through the HTTP API, with real threads and real transactions on PostgreSQL (ORD-4, ORD-12)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections
from django.utils import timezone
from rest_framework.test import APIClient

from fitfoodie.common.errors import ConflictError, DomainError
from orders.models import DailyPortions, Order, OrderLine, Slot
from orders.services import cart as carts
from orders.services.expiry import expire_orders
from orders.services.moves import move_order
from orders.services.slots import make_slots
from orders.tests.factories import (
    ADDRESS,
    make_cook,
    make_creator,
    make_dish,
    make_kitchen,
    make_slots_now,
    make_user,
    pay,
)

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]
THREADS = 30


def at_once(calls):
    """What each call gave, all carried out side by side."""

    def run(call):
        try:
            return call()
        except DomainError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def kitchen(db):
    kitchen = make_kitchen(capacity=None)
    kitchen.opening_times.update(capacity=None)
    return kitchen


@pytest.fixture
def slot(kitchen):
    return make_slots_now(kitchen)


@pytest.fixture
def ada(db):
    return make_creator("ada")


def cart_of(customer, slot, meals, quantity=1):
    now = timezone.now()
    cart = carts.open_cart(person=customer, now=now)
    for meal in meals:
        carts.add_to_cart(cart_id=cart.pk, meal_id=meal.pk, quantity=quantity, person=customer, now=now)
    return carts.set_details(cart_id=cart.pk, now=now, changes={"slot": slot.public_id, "address": ADDRESS})


def client_of(person):
    client = APIClient()
    client.force_login(person)
    return client


def posted(client, body):
    answer = client.post("/api/v1/orders", body, format="json")
    return answer.status_code, answer.json().get("code", answer.json().get("number"))


def buyers(count, slot, meals, quantity=1):
    people = [make_user() for _number in range(count)]
    for person in people:
        cart_of(person, slot, meals, quantity)
    return people


def test_five_portions_are_sold_five_times_to_thirty_buyers(slot, ada):
    dish = make_dish(ada, "Last five", portions=5)
    clients = [client_of(person) for person in buyers(THREADS, slot, [dish])]
    answers = at_once([partial(posted, client, {}) for client in clients])
    assert Counter(status for status, _said in answers) == {201: 5, 409: THREADS - 5}
    assert {said for status, said in answers if status == 409} == {"insufficient_stock"}
    assert (DailyPortions.objects.get().taken, OrderLine.objects.count(), Order.objects.count()) == (5, 5, 5)


def test_several_meals_in_any_order_block_nobody_for_ever(slot, ada):
    dishes = [make_dish(ada, f"Dish {number}", portions=10) for number in range(3)]
    people = [make_user() for _number in range(THREADS)]
    for number, person in enumerate(people):
        cart_of(person, slot, dishes if number % 2 else dishes[::-1])
    answers = at_once([partial(posted, client_of(person), {}) for person in people])
    assert Counter(status for status, _said in answers) == {201: 10, 409: THREADS - 10}
    assert set(DailyPortions.objects.values_list("taken", flat=True)) == {10}


def test_one_cart_submitted_twenty_times_is_one_order(slot, ada):
    sam = make_user("sam")
    cart = cart_of(sam, slot, [make_dish(ada)])
    clients = [client_of(sam) for _number in range(20)]
    answers = at_once([partial(posted, each, {"cart": cart.public_id}) for each in clients])
    assert Counter(status for status, _said in answers) == {201: 1, 200: 19}
    assert {said for _status, said in answers} == {Order.objects.get().number}
    assert (DailyPortions.objects.get().taken, Slot.objects.get(pk=slot.pk).taken) == (1, 1)


def test_a_double_click_without_a_name_is_one_order(slot, ada):
    sam = make_user("sam")
    cart_of(sam, slot, [make_dish(ada)])
    answers = at_once([partial(posted, client_of(sam), {}) for _number in range(20)])
    assert Counter(status for status, _said in answers)[201] == 1
    assert {said for status, said in answers if status == 409} <= {"cart_empty"}
    assert Order.objects.count() == 1


def test_a_slot_for_three_takes_three(slot, ada, kitchen):
    Slot.objects.filter(pk=slot.pk).update(capacity=3)
    clients = [client_of(person) for person in buyers(20, slot, [make_dish(ada)])]
    answers = at_once([partial(posted, client, {}) for client in clients])
    assert Counter(said for status, said in answers if status == 409) == {"slot_full": 17}
    assert Slot.objects.get(pk=slot.pk).taken == 3


def test_slots_are_made_once_by_many(kitchen):
    Slot.objects.all().delete()
    now = timezone.now()
    at_once([partial(make_slots, kitchen=kitchen, now=now)] * 8)
    keys = list(Slot.objects.values_list("fulfilment", "starts_at"))
    assert len(keys) == len(set(keys)) > 0


def test_ten_putting_the_same_meal_in_one_cart_add_up(slot, ada):
    sam = make_user("sam")
    dish = make_dish(ada)
    body = {"meal": dish.slug, "quantity": 1}
    clients = [client_of(sam) for _number in range(10)]
    answers = at_once([partial(each.post, "/api/v1/cart/items", body, format="json") for each in clients])
    assert {answer.status_code for answer in answers} == {201}
    assert [item.quantity for item in carts.find_cart(person=sam).items.all()] == [10]


def test_two_schedulers_expire_each_order_once(slot, ada):
    dish = make_dish(ada)
    for person in buyers(6, slot, [dish]):
        posted(client_of(person), {})
    late = timezone.now() + timedelta(hours=1)
    results = at_once([partial(expire_orders, now=late)] * 4)
    assert (sum(results), DailyPortions.objects.get().taken, Slot.objects.get(pk=slot.pk).taken) == (6, 0, 0)


def test_of_a_cancelling_customer_and_an_accepting_kitchen_one_wins(slot, ada, kitchen):
    cook, sam = make_cook(kitchen), make_user("sam")
    cart_of(sam, slot, [make_dish(ada)])
    posted(client_of(sam), {})
    order = pay(Order.objects.get(), now=timezone.now())
    move = partial(move_order, order_id=order.pk, now=timezone.now(), version=order.version)
    results = at_once(
        [partial(move, to="cancelled", actor=sam), partial(move, to="accepted", actor=cook)] * 5,
    )
    assert sum(not isinstance(result, DomainError) for result in results) == 1
    assert not any(isinstance(result, ConflictError) and result.code == "conflict" for result in results)
