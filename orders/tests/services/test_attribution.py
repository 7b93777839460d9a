"""Who earns on a line, to the second and to the letter (AFF-3 to AFF-7)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress

from orders.enums import AttributionKind, ClickKind, CommissionStatus, Funder, PromoKind, WhyNotPaid
from orders.models import (
    Cart,
    Click,
    CommissionRate,
    KitchenCreator,
    KitchenMember,
    LineAttribution,
    LineDiscount,
    PromoCode,
    Redemption,
)
from orders.services.commissions import attribute_order
from orders.tests.factories_affiliate import (
    NOW,
    make_click,
    make_creator,
    make_kitchen,
    make_link,
    make_meal,
    make_order,
    make_user,
)

WINDOW = timedelta(days=30)
SECOND = timedelta(seconds=1)


@pytest.fixture
def link(ada):
    return make_link(ada)


def attributed(order, cart=None):
    attribute_order(order=order, cart=cart, now=order.placed_at)
    return list(LineAttribution.objects.filter(line__order=order).order_by("line__position"))


def redeem(order, promo, lines=()):
    redemption = Redemption.objects.create(
        promo=promo, order=order, customer=order.customer, amount=len(lines), redeemed_at=NOW
    )
    for line in lines:
        LineDiscount.objects.create(line=line, redemption=redemption, amount=1, funder=Funder.PLATFORM)
    order.discount = max(len(lines), 1)
    return redemption


def test_click_counts_to_the_last_instant_of_the_window_and_not_a_second_longer(sam, soup, link):
    make_click(link, person=sam, at=NOW)
    in_time = make_order(sam, [soup], placed_at=NOW + WINDOW)
    too_late = make_order(sam, [soup], placed_at=NOW + WINDOW + SECOND)
    assert len(attributed(in_time)) == 1
    assert attributed(too_late) == []


def test_click_after_the_order_counts_for_nothing(sam, soup, link):
    make_click(link, person=sam, at=NOW + SECOND)
    assert attributed(make_order(sam, [soup])) == []


@pytest.mark.parametrize("kind", [ClickKind.BOT, ClickKind.HEAD, ClickKind.PREFETCH])
def test_machines_attribute_nothing(sam, soup, link, kind):
    make_click(link, person=sam, kind=kind)
    assert attributed(make_order(sam, [soup])) == []


def test_of_two_clicks_the_last_one_counts(sam, soup, link, ben):
    make_click(link, person=sam, at=NOW - 2 * SECOND)
    last = make_click(make_link(ben, "bens"), person=sam, at=NOW - SECOND)
    (row,) = attributed(make_order(sam, [soup]))
    assert (row.creator, row.via, row.click, row.link, row.promo) == (
        ben,
        AttributionKind.LINK,
        last,
        last.link,
        None,
    )


def test_click_attributes_every_line_whoever_made_the_meal(sam, soup, link, ada, ben):
    make_click(link, person=sam)
    rows = attributed(make_order(sam, [soup, make_meal(ben, "Stew", publish=True)]))
    assert [row.creator for row in rows] == [ada, ada]


def test_click_of_the_cart_counts_and_is_bound_at_checkout(sam, soup, link):
    click = make_click(link)
    cart = Cart.objects.create(owner=sam, click=click)
    assert len(attributed(make_order(sam, [soup]), cart)) == 1
    assert Click.objects.get().person == sam


def test_click_of_somebody_else_in_the_cart_counts_for_nothing(sam, soup, link):
    cart = Cart.objects.create(owner=sam, click=make_click(link, person=make_user("kim")))
    assert attributed(make_order(sam, [soup]), cart) == []


def test_unbound_clicks_are_nobodys_even_for_an_order_without_a_customer(sam, soup, link):
    make_click(link)
    order = make_order(sam, [soup])
    order.customer = None
    assert attributed(order) == []


def test_code_of_a_creator_goes_before_a_click_on_the_lines_it_discounts(sam, soup, link, ada, ben):
    stew = make_meal(ben, "Stew", publish=True)
    make_click(link, person=sam)
    order = make_order(sam, [soup, stew])
    promo = PromoCode.objects.create(code="BEN10", kind=PromoKind.PERCENT, percent=10, creator=ben)
    redeem(order, promo, [order.lines.get(meal=stew)])
    found = attributed(order)
    assert [(row.creator, row.via, row.promo) for row in found] == [
        (ada, AttributionKind.LINK, None),
        (ben, AttributionKind.PROMO_CODE, promo),
    ]


def test_code_of_the_platform_attributes_nothing(sam, soup):
    order = make_order(sam, [soup])
    redeem(order, PromoCode.objects.create(code="ALL", kind=PromoKind.PERCENT, percent=10), list(order.lines.all()))
    assert attributed(order) == []


def test_free_delivery_of_a_creator_attributes_their_lines(sam, soup, ada, ben):
    order = make_order(sam, [soup, make_meal(ben, "Stew", publish=True)])
    redeem(order, PromoCode.objects.create(code="FREE", kind=PromoKind.FREE_DELIVERY, creator=ada))
    order.delivery_discount = Decimal(1)
    (row,) = attributed(order)
    assert (row.line.meal, row.creator) == (soup, ada)


def test_of_two_codes_on_a_line_the_first_typed_counts(sam, soup, ada):
    order = make_order(sam, [soup])
    first = PromoCode.objects.create(code="ONE", kind=PromoKind.FIXED, amount=1, creator=ada)
    for promo in (first, PromoCode.objects.create(code="TWO", kind=PromoKind.FIXED, amount=1, creator=ada)):
        redeem(order, promo, list(order.lines.all()))
    (row,) = attributed(order)
    assert row.promo == first


def test_rate_is_that_of_the_day_of_the_order(sam, soup, link, ada, settings):
    settings.COMMISSION_RATE = Decimal("0.10")
    make_click(link, person=sam)
    old = make_order(sam, [soup])
    (row,) = attributed(old)
    assert row.rate == Decimal("0.10")
    CommissionRate.objects.create(creator=ada, rate="0.25", valid_from=NOW + SECOND, reason="Deal", set_at=NOW)
    (row,) = attributed(make_order(sam, [soup], placed_at=NOW + SECOND))
    assert row.rate == Decimal("0.25")
    assert LineAttribution.objects.get(line__order=old).rate == Decimal("0.10")


def test_orders_for_trying_out_attribute_nothing(sam, soup, link):
    make_click(link, person=sam)
    assert attributed(make_order(sam, [soup], is_test=True)) == []


def verdict(order):
    (row,) = attributed(order)
    return row.status, row.reason


OWN = CommissionStatus.SELF_REFERRAL


def test_own_account_is_a_self_referral(ada, soup, link):
    make_click(link, person=ada)
    assert verdict(make_order(ada, [soup])) == (OWN, WhyNotPaid.OWN_ACCOUNT)


@pytest.mark.parametrize(
    ("creators", "buyers"),
    [
        ("ada@cook.test", "Ada+shop@COOK.test"),
        ("a.da@gmail.com", "ada@googlemail.com"),
        ("ada+links@gmail.com", "A.D.A@gmail.com"),
        ("ada@b\u00fccher.test", "ADA+x@xn--bcher-kva.test"),
        ("ada@stra\u00dfe.test", "ada@STRASSE.test"),
        ("ada@cook.test", " ada@cook.test. "),
    ],
)
def test_same_mailbox_is_a_self_referral(soup, sam, creators, buyers):
    creator = make_creator("eve", email=creators)
    make_click(make_link(creator), person=sam)
    assert verdict(make_order(sam, [soup], customer_email=buyers)) == (OWN, WhyNotPaid.OWN_EMAIL)


def test_every_address_of_an_account_is_looked_at(ada, sam, soup, link):
    EmailAddress.objects.create(user=sam, email="ada+more@example.test")
    make_click(link, person=sam)
    assert verdict(make_order(sam, [soup])) == (OWN, WhyNotPaid.OWN_EMAIL)


def test_dots_mean_something_elsewhere(soup, sam):
    make_click(make_link(make_creator("eve", email="a.da@gmx.de")), person=sam)
    assert verdict(make_order(sam, [soup], customer_email="ada@gmx.de")) == (CommissionStatus.PENDING, "")


def test_same_domain_waits_for_staff_unless_anybody_gets_an_address_there(soup, sam):
    make_click(make_link(make_creator("eve", email="eve@bistro.test")), person=sam)
    held = (CommissionStatus.HOLD, WhyNotPaid.SAME_DOMAIN)
    assert verdict(make_order(sam, [soup], customer_email="sam@bistro.test")) == held
    assert verdict(make_order(sam, [soup], customer_email="sam@gmail.com")) == (CommissionStatus.PENDING, "")


def test_a_house_is_known_however_its_domain_is_written(soup, sam):
    make_click(make_link(make_creator("eve", email="eve@b\u00fccher.test")), person=sam)
    held = (CommissionStatus.HOLD, WhyNotPaid.SAME_DOMAIN)
    assert verdict(make_order(sam, [soup], customer_email="sam@XN--BCHER-KVA.test")) == held


def test_an_address_that_nothing_could_be_sent_to_is_nobodys(soup, sam, link):
    make_click(link, person=sam)
    broken = f"sam@{'x' * 70}.test"
    assert verdict(make_order(sam, [soup], customer_email=broken)) == (CommissionStatus.PENDING, "")


def test_whoever_works_beside_the_creator_is_their_own(ada, sam, soup, link):
    kitchen = make_kitchen()
    for person in (ada, sam):
        KitchenMember.objects.create(kitchen=kitchen, person=person)
    make_click(link, person=sam)
    assert verdict(make_order(sam, [soup])) == (OWN, WhyNotPaid.OWN_KITCHEN)


def test_whoever_works_in_the_creators_kitchen_is_their_own(ada, sam, soup, link):
    kitchen = make_kitchen(name="Adas", is_default=False)
    KitchenCreator.objects.create(kitchen=kitchen, creator=ada)
    KitchenMember.objects.create(kitchen=kitchen, person=sam)
    make_click(link, person=sam)
    assert verdict(make_order(sam, [soup])) == (OWN, WhyNotPaid.OWN_KITCHEN)


def test_staff_of_another_kitchen_are_customers_like_all(sam, soup, link):
    KitchenMember.objects.create(kitchen=make_kitchen(), person=sam)
    make_click(link, person=sam)
    assert verdict(make_order(sam, [soup])) == (CommissionStatus.PENDING, "")


@pytest.mark.parametrize("count", [1, 3])
def test_questions_do_not_grow_with_the_lines(sam, ada, link, django_assert_num_queries, count):
    meals = [make_meal(ada, f"Soup {number}", publish=True) for number in range(count)]
    order = make_order(sam, meals)
    make_click(link, person=sam)
    # click, lines, people, rows
    with django_assert_num_queries(4):
        attribute_order(order=order, cart=None, now=NOW)


def test_order_that_nobody_brought_costs_one_question(sam, soup, django_assert_num_queries):
    order = make_order(sam, [soup])
    with django_assert_num_queries(1):
        attribute_order(order=order, cart=None, now=NOW)
