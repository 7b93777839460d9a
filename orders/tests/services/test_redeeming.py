from datetime import timedelta
from decimal import Decimal

import pytest

from fitfoodie.events.models import Event
from fitfoodie.events.services import record_all
from orders.models import LineDiscount, PromoCode, Redemption
from orders.promo_errors import CodeRefusedError
from orders.services.quoting import apply_code, quote_cart, reclaim_codes, redeem_codes, release_codes
from orders.tests.factories_pricing import NOW, make_cart, make_code, make_dish, make_order, make_user

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def sam():
    return make_user("sam")


def placed(customer, *codes, dishes=(), redeem=True, **order):
    """An order with these codes, as placing writes it."""
    cart = make_cart(*(dishes or [make_dish()]), owner=customer)
    for promo in codes:
        apply_code(cart=cart, code=promo.code, customer=customer, now=NOW)
    quote = quote_cart(cart=cart, customer=customer, now=NOW)
    cart.state = "ordered"
    cart.save()
    made, lines = make_order(cart, quote, customer, **order)
    again = {"order": made, "quote": quote, "lines": lines, "customer": customer, "now": NOW}
    if redeem:
        record_all(redeem_codes(**again).facts)
    return made, again


def counts(promo):
    row = PromoCode.objects.get(pk=promo.pk)
    return row.taken, row.spent


def facts(name):
    return [event.data for event in Event.objects.filter(name=f"orders.promo_code.{name}").order_by("pk")]


def test_an_order_uses_up_its_codes_and_writes_who_pays_for_each_line(sam):
    dish, other = make_dish(price="30.00"), make_dish(price="10.00")
    mine = make_code("MINE", percent=50, creator=other.creator, funder="creator", budget=D("100"))
    house = make_code("HOUSE", amount=7)
    order, _again = placed(sam, mine, house, dishes=[dish, other])
    rows = LineDiscount.objects.order_by("line", "redemption__promo").values_list(
        "line__meal_id", "redemption__promo__code", "amount", "funder"
    )
    assert list(rows) == [
        (dish.pk, "HOUSE", D("6.00"), "platform"),
        (other.pk, "MINE", D("5.00"), "creator"),
        (other.pk, "HOUSE", D("1.00"), "platform"),
    ]
    assert (counts(mine), counts(house)) == ((1, D("5.00")), (1, D("7.00")))
    assert sum(row[2] for row in rows) == order.discount


def test_redeeming_is_told_exactly(sam):
    promo = make_code("TOLD", amount=2)
    order, _again = placed(sam, promo)
    payload = {
        "promo_id": promo.pk,
        "code": "TOLD",
        "creator_id": None,
        "order_id": order.pk,
        "customer_id": sam.pk,
        "amount": "2.00",
        "currency": "EUR",
        "is_test": False,
    }
    assert facts("redeemed") == [payload]
    release_codes(order=order, now=NOW)
    assert facts("released") == [payload]


def test_the_same_checkout_again_counts_once(sam):
    promo = make_code("ONCE", amount=2, capacity=1)
    _order, again = placed(sam, promo)
    redeem_codes(**again)
    assert (counts(promo), Redemption.objects.count()) == ((1, D("2.00")), 1)


def test_codes_that_do_not_apply_are_not_used_up(sam):
    big, loner = make_code("BIG", percent=50), make_code("LONER", amount=1, is_stackable=False)
    placed(sam, big, loner)
    assert (counts(big)[0], counts(loner)[0]) == (1, 0)


def test_a_waived_delivery_is_a_use_without_lines(sam):
    promo = make_code("SHIP", budget=D("50"))
    order, _again = placed(sam, promo)
    assert (counts(promo), LineDiscount.objects.count(), order.redemptions.get().amount) == (
        (1, D("3.00")),
        0,
        D("3.00"),
    )


CHANGES = [
    ({"is_active": False}, "inactive"),
    ({"ends_at": NOW}, "expired"),
    ({"starts_at": NOW + timedelta(days=1)}, "not_yet"),
    ({"capacity": 0}, "used_up"),
    ({"budget": D("1.00")}, "budget_spent"),
    ({"budget": D("0.00")}, "budget_spent"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES)
def test_what_changed_since_the_quote_is_noticed_under_the_lock(change, reason, sam):
    promo = make_code("LATE", amount=2)
    _order, again = placed(sam, promo, redeem=False)
    PromoCode.objects.filter(pk=promo.pk).update(**change)
    with pytest.raises(CodeRefusedError) as caught:
        redeem_codes(**again)
    assert (caught.value.code, caught.value.typed, counts(promo)) == (reason, "LATE", (0, 0))


@pytest.mark.parametrize(("change", "reason"), CHANGES[:2] + CHANGES[3:4] + CHANGES[5:])
def test_no_order_is_placed_without_a_code_that_was_let_into_its_cart(change, reason, sam):
    promo = make_code("GONE", amount=2)
    cart = make_cart(make_dish(), owner=sam)
    apply_code(cart=cart, code="GONE", customer=sam, now=NOW)
    PromoCode.objects.filter(pk=promo.pk).update(**change)
    quote = quote_cart(cart=cart, customer=sam, now=NOW)
    order, lines = make_order(cart, quote, sam)
    with pytest.raises(CodeRefusedError) as caught:
        redeem_codes(order=order, quote=quote, lines=lines, customer=sam, now=NOW)
    assert (caught.value.code, caught.value.message.endswith("Remove it to order without it.")) == (reason, True)


def test_two_orders_with_one_code_per_customer(sam):
    promo = make_code("ONCE", amount=2)
    _first, one = placed(sam, promo, redeem=False)
    _second, two = placed(sam, promo, redeem=False)
    redeem_codes(**one)
    with pytest.raises(CodeRefusedError) as caught:
        redeem_codes(**two)
    assert caught.value.code == "already_used"


def test_the_database_has_the_last_word_on_once_per_customer(sam):
    promo = make_code("ONCE", amount=2)
    _order, again = placed(sam, promo, redeem=False)
    other, _again = placed(sam, redeem=False, is_test=True)
    Redemption.objects.create(
        promo=promo, order=other, customer=sam, amount=1, is_once_per_customer=True, redeemed_at=NOW
    )
    with pytest.raises(CodeRefusedError) as caught:
        redeem_codes(**again)
    assert caught.value.code == "already_used"


def test_two_first_orders_at_once_are_one(sam):
    promo = make_code("FIRST", amount=2, is_first_order_only=True, per_customer=None)
    _order, again = placed(sam, promo, redeem=False)
    placed(sam)
    with pytest.raises(CodeRefusedError) as caught:
        redeem_codes(**again)
    assert caught.value.code == "first_order_only"


def test_the_last_use_takes_what_is_left_of_the_budget(sam):
    promo = make_code("CHEST", amount=3, budget=D("4.00"))
    placed(make_user(), promo)
    order, _again = placed(sam, promo)
    assert (order.redemptions.get().amount, counts(promo)) == (D("1.00"), (2, D("4.00")))


def test_releasing_gives_back_use_and_budget_once(sam):
    promo = make_code("BACK", amount=2, capacity=1, budget=D("5.00"))
    order, _again = placed(sam, promo)
    for _twice in range(2):
        release_codes(order=order, now=NOW)
    assert (counts(promo), order.redemptions.get().released_at) == ((0, 0), NOW)
    placed(sam, promo)
    assert counts(promo) == (1, D("2.00"))


def test_an_order_that_lives_again_uses_its_codes_again_though_they_ended(sam):
    promo = make_code("BACK", amount=2, capacity=1, budget=D("5.00"))
    order, _again = placed(sam, promo)
    release_codes(order=order, now=NOW)
    PromoCode.objects.update(ends_at=NOW - timedelta(days=1))
    for _twice in range(2):
        reclaim_codes(order=order, now=NOW)
    assert (counts(promo), order.redemptions.get().released_at) == ((1, D("2.00")), None)


@pytest.mark.parametrize(("change", "reason"), [({"capacity": 0}, "used_up"), ({"budget": D("1.00")}, "budget_spent")])
def test_an_order_cannot_live_again_without_what_it_used(change, reason, sam):
    promo = make_code("BACK", amount=2, capacity=1)
    order, _again = placed(sam, promo)
    release_codes(order=order, now=NOW)
    PromoCode.objects.filter(pk=promo.pk).update(**change)
    with pytest.raises(CodeRefusedError) as caught:
        reclaim_codes(order=order, now=NOW)
    assert caught.value.code == reason


def test_an_order_for_trying_out_leaves_counts_and_budgets_alone(sam):
    promo = make_code("TRY", amount=2, capacity=1, budget=D("5.00"))
    order, _again = placed(sam, promo, is_test=True)
    assert (counts(promo), order.redemptions.get().is_once_per_customer) == ((0, 0), False)
    release_codes(order=order, now=NOW)
    assert counts(promo) == (0, 0)
    placed(sam, promo)
    assert counts(promo) == (1, D("2.00"))


def test_an_order_without_codes_asks_no_code(sam, django_assert_num_queries):
    order, again = placed(sam)
    with django_assert_num_queries(0):
        redeem_codes(**again)
    release_codes(order=order, now=NOW)
    assert Event.objects.filter(name__startswith="orders.promo_code").count() == 0
