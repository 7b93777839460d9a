"""Many at once, with real threads and real transactions on PostgreSQL: nobody is paid twice (AFF-8, AFF-11)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection, connections, transaction

from fitfoodie.common.errors import DomainError
from meals.tests.factories import make_creator, make_meal, make_user
from orders.models import AffiliateLink, Click, Commission, Movement, Order, Payout
from orders.selectors.earnings import balances, owed_by_the_books
from orders.services.clicks import record_click
from orders.services.commissions import approve_due_commissions, attribute_order, earn_commissions
from orders.services.payouts import mark_paid, request_payout
from orders.tests.factories_affiliate import NOW, complete, make_click, make_link, make_order, pay
from orders.tests.services.test_commissions import HOLDING, bought
from orders.tests.services.test_payouts import with_second_factor

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]
LATER = NOW + HOLDING


def at_once(calls, workers=20):
    """The results, or the refusals, of all calls carried out side by side."""

    def run(call):
        try:
            return call()
        except DomainError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=workers) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def creator(db, settings):
    settings.PAYOUT_MINIMUM = Decimal("1.00")
    return with_second_factor(make_creator("ada"))


@pytest.fixture
def soup(creator):
    return make_meal(creator, publish=True)


def approved(creator, soup, count=3):
    link = make_link(creator)
    for number in range(count):
        order, _payment = bought(link, make_user(f"buyer{number}", email=f"b@house{number}.test"), [soup])
        complete(order)


def test_twenty_requests_make_one_payout(creator, soup):
    approved(creator, soup)
    approve_due_commissions(now=LATER)
    results = at_once([partial(request_payout, creator=creator, currency="EUR", now=LATER)] * 20)
    made = [result for result in results if isinstance(result, Payout)]
    assert (len(made), Payout.objects.count(), made[0].amount) == (1, 1, Decimal("3.00"))
    assert Commission.objects.filter(payout=made[0]).count() == 3


def test_payout_marked_by_twenty_is_paid_once(creator, soup):
    approved(creator, soup)
    approve_due_commissions(now=LATER)
    payout = request_payout(creator=creator, currency="EUR", now=LATER)
    admin = with_second_factor(make_user("boss", is_superuser=True))
    results = at_once([partial(mark_paid, payout_id=payout.pk, actor=admin, reference="x", now=LATER)] * 20)
    assert sum(isinstance(result, Payout) for result in results) == 1
    assert Movement.objects.filter(kind="payout").count() == 1
    assert {"EUR": balances(creator=creator)[0].owed} == owed_by_the_books(creator=creator) == {"EUR": Decimal(0)}


def test_approvals_side_by_side_approve_each_once(creator, soup):
    approved(creator, soup, count=5)
    results = at_once([partial(approve_due_commissions, now=LATER)] * 6)
    assert (sum(results), Movement.objects.filter(kind="commission_approval").count()) == (5, 5)


def test_order_told_paid_by_twenty_earns_once(creator, soup):
    sam = make_user("sam", email="sam@post.test")
    make_click(make_link(creator), person=sam, at=NOW - timedelta(days=1))
    order = make_order(sam, [soup])
    attribute_order(order=order, cart=None, now=NOW)
    pay(order)

    def earn():
        with transaction.atomic():
            locked = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
            return earn_commissions(order=locked, now=NOW)

    at_once([earn] * 20)
    assert (Commission.objects.count(), Movement.objects.count()) == (1, 1)


def test_hundred_clicks_count_hundred(creator):
    link = make_link(creator)
    click = partial(record_click, link=link, kind="person", person=None, visitor="", now=NOW)
    at_once([click] * 100)
    assert (AffiliateLink.objects.get().click_count, Click.objects.count()) == (100, 100)
