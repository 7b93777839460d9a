"""Clicks, orders and earnings among a creator's insights: people counted, staff and oneself left out (ANA-4, ANA-7)."""

import csv
from datetime import UTC, date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from influencers.insight_sources import Span
from influencers.selectors.insight_columns import MEAL
from influencers.selectors.insights import report
from orders.models import Commission
from orders.selectors.insight_columns import COLUMNS
from orders.tests.factories_affiliate import NOW, make_click, make_link, make_user
from orders.tests.services.test_commissions import bought, refund

pytestmark = pytest.mark.django_db
API = "/api/v1/influencers/me/insights"
DAY = date(2026, 5, 4)
SPAN = Span(DAY, DAY, ZoneInfo("UTC"))


def column(name):
    return next(source for source in COLUMNS if source.name == name)


def told(cells):
    return {key: (cell.value, cell.people) for key, cell in cells.items()}


def test_columns_count_people_and_money_of_the_day(ada, sam, soup):
    link = make_link(ada, meal=soup)
    bought(link, sam, [soup])
    bought(link, sam, [soup], at=NOW - timedelta(days=1))
    for visitor in ("a", "a", "b"):
        make_click(link, visitor=visitor)
    make_click(link, person=ada, visitor="c")
    make_click(link, person=make_user("boss", is_staff=True), visitor="d")
    make_click(link, kind="bot")
    clicks = (Decimal(4), 3)
    assert told(column("clicks").days(ada, SPAN)) == {DAY: clicks}
    assert told(column("clicks").items(ada, SPAN)) == {(MEAL, soup.pk): clicks}
    assert told(column("orders").days(ada, SPAN)) == {DAY: (Decimal(1), 1)}
    assert told(column("orders").items(ada, SPAN)) == {(MEAL, soup.pk): (Decimal(1), 1)}
    assert column("orders").total(ada, Span(DAY - timedelta(days=1), DAY, SPAN.zone)).value == 2
    assert told(column("earnings").days(ada, SPAN)) == {DAY: (Decimal("1.00"), None)}
    assert told(column("earnings").items(ada, SPAN)) == {(MEAL, soup.pk): (Decimal("1.00"), None)}
    assert NOW.tzinfo is UTC


def test_own_orders_are_not_among_them(ada, soup):
    bought(make_link(ada), ada, [soup])
    assert Commission.objects.count() == 1
    assert column("orders").days(ada, SPAN) == {}
    assert column("earnings").days(ada, SPAN) == {}


@pytest.fixture
def month(ada, soup, time_machine):
    """Five buyers on the day, half a soup refunded the day after; and what does not count: staff, oneself, a test
    order, a robot. Each soup is 10.00 without its tax, of which a tenth is earned."""
    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    link = make_link(ada, meal=soup)
    payments = [bought(link, make_user(f"buyer{number}"), [soup])[1] for number in range(5)]
    refund(payments[0], {0: Decimal("5.35")}, now=NOW + timedelta(days=1))
    bought(link, make_user("boss", is_staff=True), [soup])
    bought(link, make_user("tester"), [soup], is_test=True)
    for visitor in "vwxyz":
        make_click(link, visitor=visitor)
        make_click(link, visitor=visitor, kind="bot")
    return link


def test_page_file_and_api_say_what_was_counted_by_hand(client, ada, month):
    """Eleven clicks of people (five buyers, five visitors, the tester), five orders, 5 × 1.00 − 0.50 on the day of the
    orders: what was refunded later is taken off the day it was earned, and the column says so (ANA-8)."""
    client.force_login(ada)
    found = client.get(f"{API}?from=2026-05-04&to=2026-05-04").json()
    numbers = {each["name"]: (each["label"], each["total"]["value"]) for each in found["columns"]}
    assert numbers["clicks"] == ("Clicks", "11")
    assert numbers["orders"] == ("Orders", "5")
    assert numbers["earnings"] == ("Earned, less refunds", "4.50")
    table = client.get("/studio/insights.csv?days=7").content.decode().splitlines()
    rows = {row["Day (UTC)"]: row for row in csv.DictReader(table)}
    day = rows["2026-05-04"]
    assert (day["Clicks"], day["Orders"], day["Earned, less refunds"]) == ("11", "5", "4.50")
    assert rows["2026-05-05"]["Earned, less refunds"] == "0"
    page = client.get("/studio/insights/?days=7").content.decode()
    assert [word for word in ("Earned, less refunds", "4.50") if word not in page] == []


def test_orders_of_fewer_than_five_people_are_hidden_at_every_door(client, ada, sam, soup, time_machine):
    time_machine.move_to(NOW, tick=False)
    bought(make_link(ada, meal=soup), sam, [soup])
    client.force_login(ada)
    found = client.get(f"{API}?from=2026-05-04&to=2026-05-04").json()
    totals = {each["name"]: each["total"] for each in found["columns"]}
    assert totals["orders"] == totals["clicks"] == {"value": None, "hidden": True}
    assert "<5" in client.get("/studio/insights.csv?days=7").content.decode()
    assert "&lt;5" in client.get("/studio/insights/?days=7").content.decode()


def test_columns_cost_the_same_queries_however_many_orders(ada, month, soup):
    def count():
        with CaptureQueriesContext(connection) as seen:
            report(ada, SPAN, now=NOW)
        return len(seen)

    before = count()
    for number in range(2):
        bought(month, make_user(f"late{number}"), [soup])
    assert count() == before
