"""What the download holds of orders, codes and earnings: one's own, and nothing of who bought (GDP-1, ANA-4)."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.data_inventory import inventory
from orders.models import Cart, CartCode, CartItem, CommissionAdjustment, Payout, Redemption
from orders.services.own_data import PART, documents_of
from orders.tests.factories_affiliate import NOW, make_link
from orders.tests.factories_pricing import make_code
from orders.tests.services.test_commissions import bought, refund

pytestmark = pytest.mark.django_db


def rows(user):
    return {document.name: document.rows for document in documents_of(user)}


@pytest.fixture
def world(ada, sam, soup):
    """sam orders ada's soup through her link, with her code; part of it is refunded."""
    link = make_link(ada, meal=soup, label="Newsletter")
    order, payment = bought(link, sam, [soup])
    refund(payment, {0: Decimal("1.00")})
    promo = make_code("FIRST10", percent=Decimal(10), creator=ada, label="Readers")
    Redemption.objects.create(promo=promo, order=order, customer=sam, amount=Decimal("1.50"), redeemed_at=NOW)
    cart = Cart.objects.create(owner=sam, note="Ring twice")
    CartItem.objects.create(cart=cart, meal=soup, quantity=2, added_at=NOW)
    CartCode.objects.create(cart=cart, promo=promo, typed_at=NOW)
    CommissionAdjustment.objects.create(
        creator=ada, key="gift", amount=Decimal("2.00"), currency="EUR", reason="A gift", booked_at=NOW
    )
    Payout.objects.create(creator=ada, amount=Decimal("2.00"), currency="EUR", requested_at=NOW)
    return order


def test_the_buyer_gets_orders_carts_codes_and_links(world, sam, soup):
    got = rows(sam)
    (order,) = got["orders"]
    assert (order["Number"], order["Meals"], order["Placed"]) == (world.number, f"1 × {soup.title}", world.placed_at)
    assert order["Refunds"].startswith("1.00 EUR: ")
    assert [(row["Meals"], row["Codes"], row["Note"]) for row in got["carts"]] == [
        (f"2 × {soup.title}", "FIRST10", "Ring twice")
    ]
    assert [(row["Code"], row["Order"], row["Saved"]) for row in got["codes-used"]] == [
        ("FIRST10", world.number, "1.50 EUR")
    ]
    assert len(got["paid-links-followed"]) == 1
    assert [name for name in ("codes", "paid-links", "earnings", "payouts") if got[name]] == []


def test_the_creator_gets_codes_links_and_earnings_without_the_buyer(world, ada, sam, soup):
    got = rows(ada)
    assert [(row["Code"], row["What it is for"]) for row in got["codes"]] == [("FIRST10", "Readers")]
    assert [(row["Label"], row["Leads to"], row["Clicks"]) for row in got["paid-links"]] == [
        ("Newsletter", soup.title, got["paid-links"][0]["Clicks"])
    ]
    assert [(row["What"], row["Reason"]) for row in got["earnings"]] == [
        (soup.title, "The order is not completed yet."),
        ("Adjustment", "A gift"),
    ]
    assert [row["Amount"] for row in got["payouts"]] == ["2.00 EUR"]
    assert [name for name in ("orders", "carts", "codes-used", "paid-links-followed") if got[name]] == []
    everything = json.dumps(got, default=str)
    assert [word for word in (sam.name, sam.email, sam.handle) if word in everything] == []


def test_a_stranger_gets_nothing_and_there_are_no_pictures(world, kim):
    assert {name for name, found in rows(kim).items() if found} == set()
    assert list(PART.media(kim)) == []


def test_it_costs_the_same_queries_however_many(world, ada, sam, soup, django_assert_num_queries):
    def count(person):
        with django_assert_num_queries(count.most, exact=False) as seen:
            documents_of(person)
        return len(seen)

    count.most = 40
    before = (count(sam), count(ada))
    for day in (1, 2):
        bought(make_link(ada, code=f"again{day}"), sam, [soup], at=NOW + timedelta(days=day))
    assert (count(sam), count(ada)) == before


def test_the_inventory_names_the_same_tables():
    """Each kind of the documents is downloaded row by row too, by the column that leads to the person."""
    told = {"order": "customer", "cart": "owner", "redemption": "customer", "promocode": "creator"}
    told |= {"affiliatelink": "creator", "click": "person", "commission": "creator"}
    told |= {"commissionadjustment": "creator", "payout": "creator"}
    assert {name: inventory()[f"orders.{name}"].export for name in told} == told
