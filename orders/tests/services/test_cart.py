from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from fitfoodie.common.errors import ConflictError, DomainError
from meals import services as meals
from meals.models import Meal
from meals.tests.factories import make_meal
from orders.enums import CartState
from orders.errors import UnavailableError
from orders.models import Cart, CartCode, CartItem, KitchenCreator, PromoCode
from orders.services import cart as carts
from orders.tests.factories import NOW, first_slot, make_dish, make_kitchen
from social.models import Block

VISITOR = AnonymousUser()


def add(cart, meal, person, quantity=1, **more):
    return carts.add_to_cart(cart_id=cart.pk, meal_id=meal.pk, quantity=quantity, person=person, now=NOW, **more)


@pytest.fixture
def cart(sam, lentils):
    return carts.open_cart(person=sam, now=NOW)


def lines(cart):
    return [(item.meal.title, item.quantity) for item in cart.items.select_related("meal")]


def test_a_member_has_one_open_cart(sam, cart):
    assert carts.open_cart(person=sam, now=NOW) == cart
    assert carts.find_cart(person=sam) == cart


def test_a_visitor_is_known_by_the_id_in_their_session(lentils):
    cart = carts.open_cart(person=VISITOR, now=NOW)
    assert carts.open_cart(person=VISITOR, visitor_cart=cart.public_id, now=NOW) == cart
    assert carts.find_cart(person=VISITOR) is None


def test_nobody_finds_a_members_cart_by_its_id(cart):
    assert carts.find_cart(person=VISITOR, visitor_cart=cart.public_id) is None


def test_the_same_meal_again_adds_up(sam, cart, lentils):
    add(cart, lentils, sam)
    add(cart, lentils, sam, 2)
    assert lines(cart) == [("Lentil soup", 3)]


@pytest.mark.parametrize("quantity", [0, 51, -1, True, "2"])
def test_quantities_are_one_to_fifty(sam, cart, lentils, quantity):
    with pytest.raises(DomainError) as error:
        add(cart, lentils, sam, quantity)
    assert (error.value.code, error.value.field) == ("quantity_range", "quantity")


def test_more_than_fifty_in_all_are_refused(sam, cart, lentils):
    add(cart, lentils, sam, 50)
    with pytest.raises(DomainError) as error:
        add(cart, lentils, sam)
    assert error.value.code == "quantity_range"


def test_a_draft_is_not_there(sam, cart, ada):
    with pytest.raises(Meal.DoesNotExist):
        add(cart, make_meal(ada, "Secret"), sam)


def test_a_meal_without_price_cannot_be_ordered(sam, cart, ada):
    with pytest.raises(UnavailableError):
        add(cart, make_meal(ada, "Free", publish=True), sam)


@pytest.mark.parametrize("is_creator", [True, False])
def test_a_blocked_pair_is_refused_without_saying_why(sam, cart, lentils, ada, is_creator):
    blocker, blocked = (ada, sam) if is_creator else (sam, ada)
    Block.objects.create(blocker=blocker, blocked=blocked, blocked_at=NOW)
    with pytest.raises((UnavailableError, Meal.DoesNotExist)) as error:
        add(cart, lentils, sam)
    assert "block" not in str(error.value).lower()


def test_a_cart_is_cooked_by_one_kitchen(sam, cart, lentils, ben):
    other = make_kitchen("Other", is_default=False)
    KitchenCreator.objects.create(kitchen=other, creator=ben)
    dish = make_dish(ben, "Curry")
    add(cart, lentils, sam)
    with pytest.raises(ConflictError) as error:
        add(cart, dish, sam)
    assert error.value.code == "other_kitchen"
    carts.empty_cart(cart_id=cart.pk)
    add(cart, dish, sam)
    cart.refresh_from_db()
    assert cart.kitchen == other


def test_a_kitchen_that_names_the_creator_is_not_stood_in_for(sam, cart, kitchen, ben):
    other = make_kitchen("Closed", is_default=False, is_active=False)
    KitchenCreator.objects.create(kitchen=other, creator=ben)
    with pytest.raises(ConflictError) as error:
        add(cart, make_dish(ben, "Curry"), sam)
    assert error.value.code == "no_kitchen"


def test_quantity_is_changed_and_lines_removed(sam, cart, lentils, stew):
    item, other = add(cart, lentils, sam), add(cart, stew, sam)
    carts.change_item(cart_id=cart.pk, item_id=item.public_id, quantity=4)
    carts.remove_item(cart_id=cart.pk, item_id=other.public_id)
    assert lines(cart) == [("Lentil soup", 4)]


def test_an_item_of_another_cart_is_not_there(sam, kim, cart, lentils):
    item = add(carts.open_cart(person=kim, now=NOW), lentils, kim)
    with pytest.raises(CartItem.DoesNotExist):
        carts.change_item(cart_id=cart.pk, item_id=item.public_id, quantity=4)
    with pytest.raises(CartItem.DoesNotExist):
        carts.remove_item(cart_id=cart.pk, item_id=item.public_id)


def test_an_empty_cart_belongs_to_no_kitchen(sam, cart, lentils):
    item = add(cart, lentils, sam)
    carts.remove_item(cart_id=cart.pk, item_id=item.public_id)
    cart.refresh_from_db()
    assert (cart.kitchen, cart.slot) == (None, None)


def test_at_most_forty_different_meals(sam, cart, lentils, stew, monkeypatch):
    monkeypatch.setattr(carts, "MAX_LINES", 1)
    add(cart, lentils, sam)
    with pytest.raises(DomainError) as error:
        add(cart, stew, sam)
    assert error.value.code == "cart_full"


def change(cart, **changes):
    return carts.set_details(cart_id=cart.pk, now=NOW, changes=changes)


def test_details_are_kept(sam, cart, lentils, kitchen):
    add(cart, lentils, sam)
    slot = first_slot(kitchen, "pickup")
    changed = change(
        cart, fulfilment="pickup", slot=slot.public_id, address={"name": " Sam ", "city": ""}, note=" Ring \n twice "
    )
    assert (changed.fulfilment, changed.slot, changed.address, changed.note) == (
        "pickup",
        slot,
        {"name": "Sam"},
        "Ring\ntwice",
    )


def test_another_way_needs_another_slot(sam, cart, lentils, kitchen):
    add(cart, lentils, sam)
    change(cart, slot=first_slot(kitchen).public_id)
    assert change(cart, fulfilment="pickup").slot is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fulfilment": "drone"}, "invalid_choice"),
        ({"slot": "nothing"}, "unknown_slot"),
        ({"note": "x" * 501}, "too_long"),
        ({"address": {"planet": "Mars"}}, "address_incomplete"),
        ({"address": {"city": "x" * 81}}, "address_incomplete"),
    ],
)
def test_details_that_cannot_be_kept(sam, cart, lentils, changes, code):
    add(cart, lentils, sam)
    with pytest.raises(DomainError) as error:
        change(cart, **changes)
    assert error.value.code == code


def test_a_kitchen_that_does_not_deliver(sam, cart, lentils, kitchen):
    add(cart, lentils, sam)
    kitchen.delivers = False
    kitchen.save()
    change(cart, fulfilment="pickup")
    with pytest.raises(DomainError) as error:
        change(cart, fulfilment="delivery")
    assert error.value.code == "not_offered"


def test_a_slot_past_its_cut_off(sam, cart, lentils, kitchen):
    add(cart, lentils, sam)
    slot = first_slot(kitchen)
    with pytest.raises(ConflictError) as error:
        carts.set_details(cart_id=cart.pk, now=slot.closes_at + timedelta(seconds=1), changes={"slot": slot.public_id})
    assert error.value.code == "slot_closed"
    carts.set_details(cart_id=cart.pk, now=slot.closes_at, changes={"slot": slot.public_id})


def test_what_a_visitor_collected_comes_along_at_sign_in(sam, cart, lentils, stew):
    visitor = carts.open_cart(person=VISITOR, now=NOW)
    add(cart, lentils, sam, 30)
    add(visitor, lentils, VISITOR, 30)
    add(visitor, stew, VISITOR, 2)
    code = PromoCode.objects.create(code="HELLO", kind="percent", percent=10)
    CartCode.objects.create(cart=visitor, promo=code, typed_at=NOW)
    carts.set_details(cart_id=visitor.pk, now=NOW, changes={"note": "Ring twice"})
    for _twice in range(2):
        merged = carts.open_cart(person=sam, visitor_cart=visitor.public_id, now=NOW)
    visitor.refresh_from_db()
    merged.refresh_from_db()
    assert (merged, visitor.state, merged.note) == (cart, CartState.MERGED, "Ring twice")
    assert sorted(lines(merged)) == [("Bean stew", 2), ("Lentil soup", 50)]
    assert list(merged.codes.all()) == [code]


def test_of_two_kitchens_the_one_just_filled_wins(sam, cart, lentils, ben):
    other = make_kitchen("Other", is_default=False)
    KitchenCreator.objects.create(kitchen=other, creator=ben)
    visitor = carts.open_cart(person=VISITOR, now=NOW)
    add(cart, lentils, sam)
    add(visitor, make_dish(ben, "Curry"), VISITOR)
    merged = carts.open_cart(person=sam, visitor_cart=visitor.public_id, now=NOW)
    merged.refresh_from_db()
    assert (merged.kitchen, lines(merged)) == (other, [("Curry", 1)])


def test_an_empty_or_unknown_visitors_cart_changes_nothing(sam, cart, lentils):
    add(cart, lentils, sam)
    visitor = carts.open_cart(person=VISITOR, now=NOW)
    for public_id in (visitor.public_id, "nothing"):
        carts.open_cart(person=sam, visitor_cart=public_id, now=NOW)
    assert lines(Cart.objects.get(pk=cart.pk)) == [("Lentil soup", 1)]


def test_a_cart_that_was_ordered_is_closed(sam, cart, lentils):
    item = add(cart, lentils, sam)
    Cart.objects.update(state=CartState.ORDERED)
    with pytest.raises(ConflictError) as error:
        carts.change_item(cart_id=cart.pk, item_id=item.public_id, quantity=2)
    assert error.value.code == "cart_closed"


def test_archived_meals_stay_in_sight(sam, cart, lentils, ada):
    add(cart, lentils, sam)
    meals.archive_meal(meal_id=lentils.pk, actor=ada, now=NOW)
    assert lines(cart) == [("Lentil soup", 1)]
