from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from fitfoodie.common.errors import ConflictError
from meals.models import Tag
from orders.models import Cart
from orders.promo_errors import CodeRefusedError
from orders.services.quoting import apply_code, quote_cart, redeem_codes, remove_code
from orders.tests.factories_pricing import NOW, make_cart, make_code, make_dish, make_kitchen, make_order, make_user

pytestmark = pytest.mark.django_db
D = Decimal
STRANGER = AnonymousUser()


@pytest.fixture
def sam():
    return make_user("sam")


def put(cart, code, customer=STRANGER):
    return apply_code(cart=cart, code=code, customer=customer, now=NOW)


def refusal(cart, code, customer):
    with pytest.raises(CodeRefusedError) as caught:
        put(cart, code, customer)
    return caught.value


def test_lines_prices_and_delivery_come_from_the_rows():
    soup, salad = make_dish(price="8.50"), make_dish(price="4.00")
    found = quote_cart(cart=make_cart(soup, salad, quantity=2), customer=STRANGER, now=NOW)
    assert [(part.line.meal_id, part.total) for part in found.lines] == [(soup.pk, D("17.00")), (salad.pk, D("8.00"))]
    assert (found.subtotal, found.delivery, found.total, found.currency) == (D("25.00"), D("3.00"), D("28.00"), "EUR")


def test_pickup_costs_no_delivery_and_neither_does_an_empty_cart():
    assert quote_cart(cart=make_cart(make_dish(), fulfilment="pickup"), customer=STRANGER, now=NOW).delivery == 0
    assert quote_cart(cart=make_cart(), customer=STRANGER, now=NOW).total == 0


def test_delivery_is_free_from_the_kitchens_threshold_on_whatever_codes_take():
    kitchen = make_kitchen(free_delivery_from=D("10.00"))
    cart = make_cart(make_dish(price="10.00"), kitchen=kitchen)
    make_code("HALF", percent=50)
    assert put(cart, "half").total == D("5.00")


def test_a_cart_without_a_kitchen_still_has_a_price():
    found = quote_cart(cart=Cart.objects.create(), customer=STRANGER, now=NOW)
    assert (found.total, found.tax) == (0, 0)


def test_tags_of_meals_count(sam):
    tag = Tag.objects.create(name="Spicy", slug="spicy-test")
    hot, mild = make_dish(), make_dish()
    hot.tags.add(tag)
    make_code("HOT", percent=50, scope="tags", tags=[tag])
    assert [part.discount for part in put(make_cart(hot, mild), "HOT", sam).lines] == [D("5.00"), 0]


@pytest.mark.parametrize("typed", ["WELCOME", " welcome ", "Ｗelcome", "WЕLСОМЕ", "wel come"])
def test_a_code_is_found_however_it_is_typed(typed, sam):
    make_code("WELCOME", percent=10)
    assert put(make_cart(make_dish()), typed, sam).codes[0].saved == D("1.00")


def test_a_generated_code_is_found_with_letters_mistaken(sam):
    make_code("SOMMER-0123ABCD1V0Z", percent=10)
    assert put(make_cart(make_dish()), "sommer-oi23abcdluoz", sam).codes[0].code == "SOMMER-0123ABCD1V0Z"


def test_typing_a_code_uses_nothing_up_and_twice_is_once(sam):
    promo, cart = make_code("ONE", amount=1, capacity=1), make_cart(make_dish())
    put(cart, "ONE", sam)
    assert put(cart, "ONE", sam).total == D("12.00")
    promo.refresh_from_db()
    assert (promo.taken, cart.typed_codes.count()) == (0, 1)


REASONS = [
    ({"is_active": False}, "inactive"),
    ({"starts_at": NOW + timedelta(days=1)}, "not_yet"),
    ({"ends_at": NOW}, "expired"),
    ({"capacity": 0}, "used_up"),
    ({"budget": 0}, "budget_spent"),
    ({"min_subtotal": D("12.50")}, "minimum_not_met"),
    ({"scope": "meals"}, "not_for_these_items"),
    ({"currency": "USD"}, "other_currency"),
]


@pytest.mark.parametrize(("given", "reason"), REASONS, ids=[reason for _given, reason in REASONS])
def test_a_member_is_told_why(given, reason, sam):
    make_code("NOPE", amount=1, **given)
    cart = make_cart(make_dish())
    error = refusal(cart, "NOPE", sam)
    assert (error.code, error.status, error.field, cart.typed_codes.count()) == (reason, 409, "code", 0)


@pytest.mark.parametrize(("given", "reason"), REASONS, ids=[reason for _given, reason in REASONS])
def test_a_stranger_gets_one_answer(given, reason):
    make_code("NOPE", amount=1, **given)
    error = refusal(make_cart(make_dish()), "NOPE", STRANGER)
    unknown = refusal(make_cart(make_dish()), "NO-SUCH-CODE", STRANGER)
    assert (error.code, error.message, error.missing) == (unknown.code, unknown.message, None)
    assert error.code == "code_refused"


def test_the_missing_amount_is_told(sam):
    make_code("MIN", amount=1, min_subtotal=D("12.50"))
    error = refusal(make_cart(make_dish()), "MIN", sam)
    assert (error.missing, error.currency) == (D("2.50"), "EUR")


def test_an_unknown_code(sam):
    assert refusal(make_cart(), "NOPE", sam).code == "unknown_code"
    assert refusal(make_cart(), "   ", sam).code == "unknown_code"


def test_a_code_that_others_beat_stays_and_says_so(sam):
    make_code("BIG", percent=50)
    make_code("LONER", amount=1, is_stackable=False)
    cart = make_cart(make_dish())
    put(cart, "BIG", sam)
    assert [outcome.reason for outcome in put(cart, "LONER", sam).codes] == ["applied", "not_combinable"]


def test_a_cart_holds_five_codes(sam):
    cart = make_cart(make_dish())
    for number in range(5):
        make_code(f"CODE-{number}", amount=1)
        put(cart, f"CODE-{number}", sam)
    make_code("SIXTH", amount=1)
    with pytest.raises(ConflictError) as caught:
        put(cart, "SIXTH", sam)
    assert caught.value.code == "too_many_codes"


def test_a_code_can_be_taken_out_again(sam):
    make_code("OFF", amount=1)
    cart = make_cart(make_dish())
    put(cart, "OFF", sam)
    for typed in ("off", "off", "unknown"):
        assert remove_code(cart=cart, code=typed, customer=sam, now=NOW).codes == ()


def test_an_ordered_cart_takes_no_codes(sam):
    with pytest.raises(ConflictError) as caught:
        put(make_cart(state="ordered"), "ANY", sam)
    assert caught.value.code == "cart_closed"


def test_a_use_in_another_order_counts_but_not_in_that_of_the_same_cart(sam):
    promo = make_code("ONCE", amount=1, capacity=1, budget=1)
    cart = make_cart(make_dish(), owner=sam)
    quote = put(cart, "ONCE", sam)
    order, lines = make_order(cart, quote, sam)
    redeem_codes(order=order, quote=quote, lines=lines, customer=sam, now=NOW)
    assert quote_cart(cart=cart, customer=sam, now=NOW).codes == quote.codes
    cart.state = "ordered"
    cart.save()
    assert refusal(make_cart(make_dish(), owner=sam), promo.code, sam).code == "already_used"


def test_first_orders(sam):
    make_code("FIRST", amount=1, is_first_order_only=True)
    cart = make_cart(make_dish(), owner=sam)
    quote = put(cart, "FIRST", sam)
    make_order(cart, quote, sam)
    cart.state = "ordered"
    cart.save()
    assert refusal(make_cart(make_dish(), owner=sam), "FIRST", sam).code == "first_order_only"


@pytest.mark.parametrize("count", [1, 3])
def test_a_quote_takes_the_same_queries_for_one_line_and_code_as_for_many(count, sam, django_assert_num_queries):
    cart = make_cart(*[make_dish() for _number in range(count)])
    for number in range(count):
        make_code(f"CODE-{number}", amount=1)
        put(cart, f"CODE-{number}", sam)
    cart = Cart.objects.get(pk=cart.pk)
    with django_assert_num_queries(3):  # the kitchen, the meals, the codes
        quote_cart(cart=cart, customer=sam, now=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_a_quote_without_codes_is_three_queries(count, sam, django_assert_num_queries):
    cart = Cart.objects.get(pk=make_cart(*[make_dish() for _number in range(count)]).pk)
    with django_assert_num_queries(3):  # the kitchen, the meals, the codes
        quote_cart(cart=cart, customer=sam, now=NOW)
