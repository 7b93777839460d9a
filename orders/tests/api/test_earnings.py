from decimal import Decimal

import pytest

from orders.models import Commission, Payout
from orders.services.commissions import approve_due_commissions
from orders.tests.factories_affiliate import NOW, complete, make_link
from orders.tests.services.test_commissions import HOLDING, bought
from orders.tests.services.test_payouts import with_second_factor

pytestmark = pytest.mark.django_db
EURO = {"amount": "1.00", "currency": "EUR"}


@pytest.fixture
def link(ada):
    return make_link(ada)


@pytest.fixture
def earned(sam, soup, link, ada, settings):
    settings.PAYOUT_MINIMUM = Decimal("1.00")
    order, _payment = bought(link, sam, [soup])
    complete(order)
    approve_due_commissions(now=NOW + HOLDING)
    return order


def test_commission_says_all_but_who_bought(signed_in, ada, earned):
    (row,) = signed_in(ada).get("/api/v1/commissions").json()["results"]
    assert row == {
        "order": earned.number,
        "title": "Red lentil soup",
        "via": "link",
        "link": "soup",
        "promo_code": None,
        "base": {"amount": "10.00", "currency": "EUR"},
        "rate": "0.1000",
        "amount": EURO,
        "reversed": {"amount": "0.00", "currency": "EUR"},
        "status": "approved",
        "reason": "Approved: ask for a payout.",
        "earned_at": "2026-05-04T12:00:00Z",
        "payout": None,
    }


def test_earnings_and_payouts_of_others_are_not_there(signed_in, api, ada, ben, earned):
    with_second_factor(ada)
    made = signed_in(ada).post("/api/v1/payouts", {}, format="json").json()
    assert signed_in(ben).get("/api/v1/commissions").json()["results"] == []
    assert signed_in(ben).get("/api/v1/payouts").json()["results"] == []
    assert signed_in(ben).get(f"/api/v1/payouts/{made['id']}").status_code == 404
    for path in ("commissions", "payouts", f"payouts/{made['id']}"):
        assert api.get(f"/api/v1/{path}").status_code == 401


def test_payout_needs_a_second_factor(signed_in, ada, earned):
    answer = signed_in(ada).post("/api/v1/payouts", {"currency": "EUR"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "mfa_required")
    assert not Payout.objects.exists()


def test_payout_and_its_statement(signed_in, ada, earned):
    with_second_factor(ada)
    client = signed_in(ada)
    answer = client.post("/api/v1/payouts", {"currency": "EUR"}, format="json")
    payout = Payout.objects.get()
    assert (answer.status_code, answer["Location"]) == (201, f"/api/v1/payouts/{payout.public_id}")
    read = client.get(answer["Location"]).json()
    assert (read["amount"], read["status"]) == (EURO, "requested")
    assert [(line["order"], line["amount"]) for line in read["lines"]] == [(earned.number, EURO)]
    assert [row["id"] for row in client.get("/api/v1/payouts").json()["results"]] == [payout.public_id]
    again = client.post("/api/v1/payouts", {}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "payout_open")


def test_unknown_currency_is_named(signed_in, ada):
    answer = signed_in(ada).post("/api/v1/payouts", {"currency": "XXX"}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/currency")


@pytest.mark.parametrize("count", [1, 3])
def test_commissions_take_the_same_questions_for_one_and_three(
    signed_in, ada, sam, soup, link, django_assert_num_queries, count
):
    for _number in range(count):
        bought(link, sam, [soup])
    client = signed_in(ada)
    client.get("/api/v1/commissions")
    with django_assert_num_queries(3):
        client.get("/api/v1/commissions")
    assert Commission.objects.count() == count
