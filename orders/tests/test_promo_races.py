"""Limit 3 means 3: many at once through the HTTP API, with real threads on PostgreSQL (ORD-5)."""

from collections import Counter
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from fitfoodie.events.models import Event
from orders.models import LineDiscount, Order, PromoCode, Redemption
from orders.services.quoting import apply_code
from orders.tests.factories import make_creator, make_dish, make_kitchen, make_slots_now, make_user
from orders.tests.factories_pricing import make_code
from orders.tests.test_order_races import at_once, buyers, cart_of, client_of, posted

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]
THREADS = 40


@pytest.fixture
def slot(db):
    kitchen = make_kitchen(capacity=None)
    kitchen.opening_times.update(capacity=None)
    return make_slots_now(kitchen)


@pytest.fixture
def dish(db):
    return make_dish(make_creator("ada"))


def typed(person, *codes):
    cart = person.carts.get(state="open")
    for code in codes:
        apply_code(cart=cart, code=code, customer=person, now=timezone.now())


def counts(promo):
    row = PromoCode.objects.get(pk=promo.pk)
    return row.taken, row.spent


@pytest.mark.parametrize("count", [20, THREADS])
def test_a_code_for_three_is_used_three_times(count, slot, dish):
    promo = make_code("THREE", amount=2, capacity=3)
    people = buyers(count, slot, [dish])
    for person in people:
        typed(person, "THREE")
    answers = at_once([partial(posted, client_of(person), {}) for person in people])
    assert Counter(said if status == 409 else status for status, said in answers) == {201: 3, "used_up": count - 3}
    assert (Redemption.objects.count(), counts(promo)) == (3, (3, 6))
    assert Order.objects.count() == Order.objects.filter(discount=2).count() == LineDiscount.objects.count() == 3
    assert Event.objects.filter(name="orders.promo_code.redeemed").count() == 3


def test_a_budget_is_never_overdrawn(slot, dish):
    promo = make_code("CHEST", amount=3, budget=10)
    people = buyers(20, slot, [dish])
    for person in people:
        typed(person, "CHEST")
    answers = at_once([partial(posted, client_of(person), {}) for person in people])
    assert {said for status, said in answers if status != 201} <= {"budget_spent"}
    spent = counts(promo)[1]
    assert spent <= 10
    assert spent == sum(Redemption.objects.values_list("amount", flat=True))


def test_codes_in_any_order_block_nobody_for_ever(slot, dish):
    one, two = make_code("ONE", amount=1, capacity=5), make_code("TWO", amount=1, capacity=5)
    people = buyers(20, slot, [dish])
    for number, person in enumerate(people):
        typed(person, *(("ONE", "TWO") if number % 2 else ("TWO", "ONE")))
    at_once([partial(posted, client_of(person), {}) for person in people])
    assert (counts(one), counts(two)) == ((5, 5), (5, 5))


def test_one_checkout_sent_twenty_times_is_one_use(slot, dish):
    promo = make_code("ONCE", amount=2, capacity=1)
    sam = make_user("sam")
    cart = cart_of(sam, slot, [dish])
    typed(sam, "ONCE")
    answers = at_once([partial(posted, client_of(sam), {"cart": cart.public_id}) for _number in range(20)])
    assert Counter(status for status, _said in answers) == {201: 1, 200: 19}
    assert (Redemption.objects.count(), counts(promo)) == (1, (1, 2))
