"""What placing an order asks of the database; it holds locks meanwhile."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from orders.enums import ClickKind, PromoKind
from orders.models import AffiliateLink, Click, LineAttribution, PromoCode
from orders.services.placing import place_order
from orders.tests.factories import (
    NOW,
    filled_cart,
    make_creator,
    make_dish,
    make_order,
    make_user,
    with_code_and_click,
)


def place(cart, customer, **more):
    return place_order(cart_id=cart.pk, customer=customer, now=NOW, **more)


def _queries(cart, customer):
    with CaptureQueriesContext(connection) as queries:
        place(cart, customer)
    return len(queries)


def test_placing_five_lines_takes_at_most_25_queries_however_many_orders_went_before(sam, kitchen):
    dishes = [make_dish(make_creator(), f"Dish {number}") for number in range(5)]
    first = _queries(filled_cart(sam, dishes), sam)
    for _before in range(4):
        make_order(sam, dishes)
    later = _queries(filled_cart(sam, dishes), sam)
    assert (first <= 25, later <= first) == (True, True), (first, later)


def _dishes(count=5):
    creator = make_creator()
    return creator, [make_dish(creator, f"Dish {number}") for number in range(count)]


def test_placing_five_lines_through_a_link_takes_at_most_25_queries(sam, kitchen):
    creator, dishes = _dishes()
    link = AffiliateLink.objects.create(creator=creator, code="dishes", path="/meals/")
    cart = filled_cart(sam, dishes)
    cart.click = Click.objects.create(link=link, kind=ClickKind.PERSON, clicked_at=NOW)
    cart.save()
    taken = _queries(cart, sam)
    assert LineAttribution.objects.filter(link=link).count() == 5
    assert taken <= 25, taken


def test_placing_five_lines_with_a_creators_code_and_a_click_takes_at_most_25_queries(kitchen):
    """A code with every limit on three of the lines, another creator's click on the rest; no more after many orders."""
    (ada, hers), (ben, his) = _dishes(3), _dishes(2)
    promo = PromoCode.objects.create(
        code="DISHES", kind=PromoKind.PERCENT, percent=10, creator=ada, capacity=100, per_customer=9, budget=1000
    )
    link = AffiliateLink.objects.create(creator=ben, code="dishes", path="/meals/")
    sam = User.objects.get(pk=make_user("sam").pk)
    first = _queries(with_code_and_click(sam, [*hers, *his], promo, link), sam)
    for _before in range(4):
        place(with_code_and_click(sam, [*hers, *his], promo, link), sam)
    sam = User.objects.get(pk=sam.pk)
    later = _queries(with_code_and_click(sam, [*hers, *his], promo, link), sam)
    assert LineAttribution.objects.filter(promo=promo).count() == 3 * 6
    assert LineAttribution.objects.filter(link=link).count() == 2 * 6
    assert (first <= 25, later <= first) == (True, True), (first, later)
