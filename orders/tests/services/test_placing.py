from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event
from meals import services as meals
from orders.enums import CartState, ClickKind, OrderStatus, PromoKind
from orders.errors import AllergyError, InsufficientStockError, PriceChangedError, UnavailableError
from orders.models import AffiliateLink, Cart, CartCode, Click, DailyPortions, LineAttribution, Order, PromoCode, Slot
from orders.services import cart as carts
from orders.services.placing import place_order
from orders.services.slots import make_slots
from orders.tests.factories import (
    ADDRESS,
    NOW,
    filled_cart,
    first_slot,
    make_dish,
    make_kitchen,
    make_order,
    make_user,
    with_code_and_click,
)
from social.models import Block


def place(cart, customer, **more):
    return place_order(cart_id=cart.pk, customer=customer, now=NOW, **more)


def test_a_cart_becomes_an_order(sam, lentils, stew, kitchen):
    cart = filled_cart(sam, [lentils, stew], quantity=2)
    order = place(cart, sam, note="Ring twice")
    cart.refresh_from_db()
    order.refresh_from_db()
    assert (order.status, cart.state, order.cart) == (OrderStatus.PENDING_PAYMENT, CartState.ORDERED, cart)
    assert (order.subtotal, order.delivery, order.total) == (Decimal("35.00"), Decimal("2.50"), Decimal("37.50"))
    assert (order.address, order.note, order.day) == (ADDRESS, "Ring twice", NOW.date())
    assert order.expires_at == NOW + timedelta(minutes=30)
    assert (order.slot.taken, order.slot_starts_at) == (1, order.slot.starts_at)
    assert [(row.meal, row.taken) for row in DailyPortions.objects.order_by("pk")] == [(lentils, 2), (stew, 2)]
    assert [(move.to_status, move.actor) for move in order.moves.all()] == [("pending_payment", sam)]


def soup_says(meal, name):
    value = getattr(meal, name)
    return None if value is None else str(value)


def test_lines_keep_what_was_bought(sam, lentils, ada):
    line = make_order(sam, [lentils]).lines.get()
    assert (line.title, line.unit_price, line.total, line.creator) == ("Lentil soup", 8, 8, ada)
    assert line.snapshot == {
        "title": "Lentil soup",
        "slug": lentils.slug,
        "url": lentils.get_absolute_url(),
        "cover": None,
        "nutrition": {
            name: None if getattr(lentils, name) is None else str(getattr(lentils, name))
            for name in line.snapshot["nutrition"]
        },
        "nutrition_complete": lentils.has_complete_nutrition,
        "allergens": sorted(lentils.allergens),
        "allergens_complete": lentils.has_complete_traits,
        "creator": {"handle": "ada", "name": "Ada"},
    }


def test_placed_is_said(sam, lentils, kitchen):
    order = make_order(sam, [lentils], quantity=3)
    said = Event.objects.get(name="orders.order.placed")
    assert (said.actor, said.data) == (
        sam,
        {
            "order_id": order.pk,
            "number": order.number,
            "customer_id": sam.pk,
            "kitchen_id": kitchen.pk,
            "total": "26.50",
            "currency": "EUR",
            "is_test": False,
            "line_count": 1,
            "portions": 3,
        },
    )


def test_the_same_cart_again_is_the_same_order(sam, lentils):
    cart = filled_cart(sam, [lentils])
    assert place(cart, sam) == place(cart, sam)
    assert (Order.objects.count(), DailyPortions.objects.get().taken) == (1, 1)


def test_another_persons_cart_is_not_there(sam, kim, lentils):
    with pytest.raises(Cart.DoesNotExist):
        place(filled_cart(sam, [lentils]), kim)


def test_an_unverified_person_may_look_but_not_order(kitchen, lentils):
    person = make_user("new", verified=False)
    with pytest.raises(NotAllowedError) as error:
        place(filled_cart(person, [lentils]), person)
    assert error.value.code == "email_unverified"


def test_details_of_the_checkout_go_over_those_of_the_cart(sam, lentils, kitchen):
    cart = filled_cart(sam, [lentils])
    slot = Slot.objects.filter(fulfilment="pickup").order_by("starts_at")[3]
    order = place(cart, sam, delivery={"fulfilment": "pickup", "slot": slot.public_id})
    assert (order.fulfilment, order.slot, order.address, order.delivery) == ("pickup", slot, {}, 0)


def test_an_empty_cart_is_no_order(sam, kitchen):
    with pytest.raises(ConflictError) as error:
        place(carts.open_cart(person=sam, now=NOW), sam)
    assert error.value.code == "cart_empty"


def test_a_time_is_needed(sam, lentils):
    cart = filled_cart(sam, [lentils])
    with pytest.raises(DomainError) as error:
        place(cart, sam, delivery={"slot": ""})
    assert error.value.code == "slot_needed"


def test_where_to_deliver_is_needed(sam, lentils):
    cart = filled_cart(sam, [lentils])
    with pytest.raises(DomainError) as error:
        place(cart, sam, delivery={"address": {"name": "Sam"}})
    assert sorted(error.value.errors) == ["address/city", "address/postcode", "address/street"]


def test_the_cut_off_holds_at_checkout(sam, lentils):
    cart = filled_cart(sam, [lentils])
    late = cart.slot.closes_at + timedelta(seconds=1)
    with pytest.raises(ConflictError) as error:
        place_order(cart_id=cart.pk, customer=sam, now=late)
    assert error.value.code == "slot_closed"
    assert place_order(cart_id=cart.pk, customer=sam, now=cart.slot.closes_at).slot == cart.slot


def test_a_full_time_is_refused(sam, lentils):
    cart = filled_cart(sam, [lentils])
    Slot.objects.filter(pk=cart.slot_id).update(taken=10)
    with pytest.raises(ConflictError) as error:
        place(cart, sam)
    assert (error.value.code, error.value.field) == ("slot_full", "slot")
    assert DailyPortions.objects.filter(taken__gt=0).count() == 0


def test_a_kitchen_that_stopped_taking_orders(sam, lentils, kitchen):
    cart = filled_cart(sam, [lentils])
    kitchen.is_active = False
    kitchen.save()
    with pytest.raises(ConflictError) as error:
        place(cart, sam)
    assert error.value.code == "no_kitchen"


def test_a_kitchen_that_stopped_delivering(sam, lentils, kitchen):
    cart = filled_cart(sam, [lentils])
    kitchen.delivers = False
    kitchen.save()
    with pytest.raises(ConflictError) as error:
        place(cart, sam)
    assert error.value.code == "not_offered"


def test_sold_out_names_the_line_and_what_is_left(sam, kim, kitchen, ada, stew):
    few = make_dish(ada, "Few", portions=3)
    make_order(kim, [few], quantity=2)
    cart = filled_cart(sam, [stew, few], quantity=2)
    with pytest.raises(InsufficientStockError) as error:
        place(cart, sam)
    item = cart.items.get(meal=few)
    assert (error.value.code, error.value.item, error.value.title, error.value.left) == (
        "insufficient_stock",
        item.public_id,
        "Few",
        1,
    )
    assert {row.meal: row.taken for row in DailyPortions.objects.all()}.get(stew, 0) == 0


def test_an_archived_meal_is_named(sam, lentils, stew, ada):
    cart = filled_cart(sam, [lentils, stew])
    meals.archive_meal(meal_id=stew.pk, actor=ada, now=NOW)
    with pytest.raises(UnavailableError) as error:
        place(cart, sam)
    assert (error.value.code, error.value.title) == ("unavailable", "Bean stew")


@pytest.mark.parametrize("is_creator", [True, False])
def test_a_block_refuses_new_orders_and_leaves_old_ones(sam, lentils, ada, is_creator):
    old = make_order(sam, [lentils])
    cart = filled_cart(sam, [lentils])
    blocker, blocked = (ada, sam) if is_creator else (sam, ada)
    Block.objects.create(blocker=blocker, blocked=blocked, blocked_at=NOW)
    with pytest.raises(UnavailableError) as error:
        place(cart, sam)
    assert str(error.value) == "“Lentil soup”: This meal cannot be ordered at the moment."
    old.refresh_from_db()
    assert old.status == OrderStatus.PENDING_PAYMENT


def test_a_suspended_creators_meals_are_paused(sam, lentils, ada):
    cart = filled_cart(sam, [lentils])
    ada.is_active = False
    ada.save()
    with pytest.raises(UnavailableError):
        place(cart, sam)


def test_a_meal_in_another_currency(sam, lentils, kitchen):
    cart = filled_cart(sam, [lentils])
    kitchen.currency = "USD"
    kitchen.save()
    with pytest.raises(UnavailableError):
        place(cart, sam)


def test_a_total_that_changed_since_it_was_shown(sam, lentils):
    cart = filled_cart(sam, [lentils])
    with pytest.raises(PriceChangedError) as error:
        place(cart, sam, seen_total=Decimal("9.00"))
    assert error.value.quote.total == Decimal("10.50")
    assert place(cart, sam, seen_total=Decimal("10.50")).total == Decimal("10.50")


@pytest.fixture
def allergic(sam):
    sam.profile.severe_allergies = frozenset({"peanuts"})
    sam.profile.save()
    return sam


def test_a_severe_allergy_is_named_and_confirmed(allergic, kitchen, ada):
    satay = make_dish(ada, "Satay")
    type(satay).objects.filter(pk=satay.pk).update(allergens=frozenset({"peanuts"}), has_complete_traits=True)
    cart = filled_cart(allergic, [satay])
    with pytest.raises(AllergyError) as error:
        place(cart, allergic, confirmed_allergens=["milk"])
    assert [concern.text for concern in error.value.concerns] == ["“Satay” contains Peanuts."]
    assert place(cart, allergic, confirmed_allergens=["peanuts"]).status == OrderStatus.PENDING_PAYMENT


def test_what_is_not_wholly_known_may_hold_it(allergic, kitchen, ada):
    secret = make_dish(ada, "Secret")
    type(secret).objects.filter(pk=secret.pk).update(has_complete_traits=False)
    with pytest.raises(AllergyError) as error:
        place(filled_cart(allergic, [secret]), allergic)
    assert [concern.is_certain for concern in error.value.concerns] == [False]


def test_a_test_kitchen_touches_no_stock(sam, lentils, kitchen):
    kitchen.is_test = True
    kitchen.save()
    order = make_order(sam, [lentils])
    assert (order.is_test, DailyPortions.objects.count(), order.slot.taken) == (True, 0, 0)
    assert Event.objects.get(name="orders.order.placed").data["is_test"] is True


@pytest.mark.parametrize(("late", "earns"), [(0, True), (1, False)])
def test_a_click_in_the_cart_counts_to_the_last_second_of_its_window(late, earns, sam, lentils, kitchen, ada):
    link = AffiliateLink.objects.create(creator=ada, code="dishes", path="/meals/")
    cart = filled_cart(sam, [lentils])
    clicked = NOW - timedelta(days=30, seconds=late)
    cart.click = Click.objects.create(link=link, kind=ClickKind.PERSON, clicked_at=clicked)
    cart.save()
    place(cart, sam)
    assert LineAttribution.objects.exists() is earns
    assert Click.objects.get().person == (sam if earns else None)


def test_the_window_of_a_click_is_elapsed_time_whatever_the_clocks_do(sam, lentils, kitchen, ada):
    """Berlin goes to summer time in it: thirty days of the clock would be an hour less."""
    at = datetime(2026, 4, 15, 9, tzinfo=UTC)
    link = AffiliateLink.objects.create(creator=ada, code="dishes", path="/meals/")
    Click.objects.create(link=link, kind=ClickKind.PERSON, clicked_at=at - timedelta(days=30), person=sam)
    order = place_order(cart_id=filled_cart(sam, [lentils]).pk, customer=sam, now=at)
    assert order.lines.get().attribution.link == link


def test_of_two_codes_on_a_line_the_one_typed_first_attributes_it(sam, lentils, kitchen, ada):
    given = {"kind": PromoKind.FIXED, "amount": 1, "creator": ada}
    second, first = PromoCode.objects.create(code="TWO", **given), PromoCode.objects.create(code="ONE", **given)
    cart = filled_cart(sam, [lentils])
    for seconds, promo in enumerate((first, second)):
        CartCode.objects.create(cart=cart, promo=promo, typed_at=NOW + timedelta(seconds=seconds))
    line = place(cart, sam).lines.get()
    assert (line.attribution.promo, line.discount) == (first, 2)


def test_waived_delivery_of_a_creator_attributes_their_lines_alone(sam, lentils, kitchen, ada, ben):
    pie = make_dish(ben, "Pie")
    promo = PromoCode.objects.create(code="SHIP", kind=PromoKind.FREE_DELIVERY, creator=ada)
    cart = filled_cart(sam, [lentils, pie])
    CartCode.objects.create(cart=cart, promo=promo, typed_at=NOW)
    order = place(cart, sam)
    assert (order.delivery_discount, LineAttribution.objects.get().line.meal) == (Decimal("2.50"), lentils)


def test_an_order_for_trying_out_binds_no_click_and_earns_nobody_anything(sam, lentils, kitchen, ada):
    kitchen.is_test = True
    kitchen.save()
    link = AffiliateLink.objects.create(creator=ada, code="dishes", path="/meals/")
    promo = PromoCode.objects.create(code="TRY", kind=PromoKind.PERCENT, percent=100, creator=ada, capacity=1, budget=9)
    order = place(with_code_and_click(sam, [lentils], promo, link), sam)
    promo.refresh_from_db()
    assert (order.is_test, promo.taken, promo.spent) == (True, 0, 0)
    assert (LineAttribution.objects.count(), Click.objects.get().person) == (0, None)


def test_the_day_of_an_order_is_the_kitchens_own(sam, ada):
    kitchen = make_kitchen(time_zone="Pacific/Auckland")
    slot = first_slot(kitchen)
    order = place_order(cart_id=filled_cart(sam, [make_dish(ada)], slot=slot).pk, customer=sam, now=slot.closes_at)
    assert (order.slot_starts_at.date(), order.day) == (date(2026, 5, 4), date(2026, 5, 5))
    assert DailyPortions.objects.get().day == date(2026, 5, 5)


@pytest.mark.parametrize(("late", "is_taken"), [(0, True), (1, False)])
def test_the_cut_off_is_exact_on_the_night_the_clocks_change(late, is_taken, sam, ada):
    """Lunch of 29 March 2026 in Berlin closes twelve hours before, an hour of which the night has not."""
    kitchen = make_kitchen()
    Slot.objects.all().delete()
    kitchen.opening_times.update(closes_minutes_before=720)
    make_slots(kitchen=kitchen, now=datetime(2026, 3, 28, 20, tzinfo=UTC))
    slot = first_slot(kitchen)
    assert (slot.starts_at, slot.closes_at) == (
        datetime(2026, 3, 29, 9, tzinfo=UTC),
        datetime(2026, 3, 28, 21, tzinfo=UTC),
    )
    early = slot.closes_at - timedelta(hours=1)
    cart = filled_cart(sam, [make_dish(ada)], slot=slot, now=early)
    now = slot.closes_at + timedelta(seconds=late)
    if is_taken:
        assert place_order(cart_id=cart.pk, customer=sam, now=now).day == date(2026, 3, 29)
        return
    with pytest.raises(ConflictError) as error:
        place_order(cart_id=cart.pk, customer=sam, now=now)
    assert error.value.code == "slot_closed"


def test_facts_of_placing_are_told_in_order(sam, lentils, kitchen, ada):
    kitchen.delivery_fee = 0
    kitchen.save()
    promo = PromoCode.objects.create(code="ALL", kind=PromoKind.PERCENT, percent=100, creator=ada)
    cart = filled_cart(sam, [lentils])
    CartCode.objects.create(cart=cart, promo=promo, typed_at=NOW)
    before = Event.objects.count()
    place(cart, sam)
    names = list(Event.objects.order_by("pk").values_list("name", flat=True))[before:]
    assert names[:3] == ["orders.promo_code.redeemed", "orders.order.placed", "orders.order.paid"]


def test_an_order_of_nothing_to_pay_is_paid(sam, kitchen, ada):
    kitchen.delivery_fee = 0
    kitchen.save()
    order = make_order(sam, [make_dish(ada, "Gift", price="0.00")])
    assert (order.status, order.paid_at) == (OrderStatus.PAID, NOW)
    assert [move.to_status for move in order.moves.all()] == ["pending_payment", "paid"]
