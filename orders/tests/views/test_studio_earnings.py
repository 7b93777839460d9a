"""The creator's pages: links, earnings, payouts, statements."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from orders.models import AffiliateLink, Commission, CommissionAdjustment, CommissionRate, Payout
from orders.services.commissions import approve_due_commissions
from orders.services.payouts import request_payout
from orders.tests.factories_affiliate import NOW, complete, make_click, make_link
from orders.tests.services.test_commissions import HOLDING, bought
from orders.tests.services.test_payouts import with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """The page of an address, for a person."""

    def get(person, address):
        client = Client()
        client.force_login(person)
        return client.get(address)

    return get


@pytest.fixture
def link(ada):
    return make_link(ada, label="My shelf")


@pytest.fixture
def payout(sam, soup, link, ada, settings):
    settings.PAYOUT_MINIMUM = Decimal("1.00")
    with_second_factor(ada)
    order, _payment = bought(link, sam, [soup])
    complete(order)
    approve_due_commissions(now=NOW + HOLDING)
    return request_payout(creator=ada, currency="EUR", now=NOW + HOLDING)


def test_pages_with_nothing_say_what_to_do_next(page, ada, sam):
    assert "Make a link" in page(ada, "/studio/links/").content.decode()
    assert "Start creating" in page(sam, "/studio/links/").content.decode()
    assert "Nothing earned yet" in page(ada, "/studio/earnings/").content.decode()
    assert "Turn one on" in page(ada, "/studio/payouts/").content.decode()


@pytest.mark.parametrize("address", ["links/", "links/new/", "links/soup/", "earnings/", "payouts/"])
def test_visitors_sign_in_first(client, link, address):
    assert client.get(f"/studio/{address}")["Location"].startswith("/accounts/login/")


def test_link_is_made_shown_changed_and_paused(client, ada, soup):
    client.force_login(ada)
    made = client.post("/studio/links/new/", {"meal": soup.slug, "code": "shelf", "utm_source": "letter"})
    assert made["Location"] == "/studio/links/shelf/"
    shown = client.get("/studio/links/shelf/").content.decode()
    assert shown.index("/r/shelf") < shown.index("Paid link", shown.index("/r/shelf"))
    assert client.get("/studio/links/shelf/qr.svg")["Content-Type"] == "image/svg+xml"
    client.post("/studio/links/shelf/", {"label": "Shelf", "utm_source": "letter"})
    client.post("/studio/links/shelf/switch")
    row = AffiliateLink.objects.get()
    assert (row.label, row.utm, row.is_active) == ("Shelf", {"utm_source": "letter"}, False)
    assert "Paused" in client.get("/studio/links/").content.decode()


def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(client, ada, link):
    client.force_login(ada)
    answer = client.post("/studio/links/new/", {"path": "//evil.test", "label": "Kept"})
    said = answer.content.decode()
    assert (answer.status_code, "Other sites cannot be linked" in said, "Kept" in said) == (422, True, True)
    taken = client.post("/studio/links/new/", {"path": "/meals/", "code": "SOUP"})
    assert (taken.status_code, "taken" in taken.content.decode()) == (422, True)


def test_whoever_is_no_creator_makes_no_link(client, sam):
    client.force_login(sam)
    assert client.get("/studio/links/new/").status_code == 403


def test_links_of_others_are_not_there(page, ben, link, payout):
    for address in ("links/soup/", "links/soup/qr.svg", f"payouts/{payout.public_id}/"):
        assert page(ben, f"/studio/{address}").status_code == 404


def test_creator_reads_clicks_orders_and_why_but_never_who(page, ada, sam, soup, link):
    bought(link, sam, [soup])
    make_click(link, kind="bot")
    for address in ("/studio/links/soup/", "/studio/earnings/"):
        shown = page(ada, address).content.decode()
        assert "The order is not completed yet." in shown
        assert sam.name not in shown.partition("<main")[2]
        assert sam.email not in shown


def test_statement_sums_to_the_payout_on_paper_and_as_a_table(page, ada, payout):
    shown = page(ada, f"/studio/payouts/{payout.public_id}/").content.decode()
    assert "1.00 EUR" in shown
    table = b"".join(page(ada, f"/studio/payouts/{payout.public_id}/statement.csv").streaming_content).decode()
    rows = table.strip().split("\r\n")[1:]
    assert [row.split(",")[-2:] for row in rows] == [["1.00", "EUR"]]


def test_payout_is_asked_for_on_the_page(client, ada, payout):
    Commission.objects.update(payout=None)
    Payout.objects.all().delete()
    client.force_login(ada)
    answer = client.post("/studio/payouts/", {"currency": "EUR"})
    assert answer["Location"] == f"/studio/payouts/{Payout.objects.get().public_id}/"
    again = client.post("/studio/payouts/", {"currency": "EUR"}, follow=True)
    assert "already on its way" in again.content.decode()


@pytest.mark.parametrize("address", ["/studio/links/", "/studio/earnings/"])
@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_questions_for_one_and_three(ada, sam, soup, django_assert_max_num_queries, address, count):
    for number in range(count):
        bought(make_link(ada, f"code{number}"), sam, [soup])
    client = Client()
    client.force_login(ada)
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)


# --- The back office


@pytest.fixture
def staff(db):
    client = Client()
    client.person = with_second_factor(UserFactory(roles_held=[Role.ADMIN]))
    client.force_login(client.person)
    return client


@pytest.mark.parametrize(
    "model", ["affiliatelink", "click", "commission", "commissionrate", "commissionadjustment", "payout"]
)
def test_back_office_lists_every_kind(staff, payout, model):
    assert staff.get(f"/admin/orders/{model}/").status_code == 200


def act(client, model, action, row, reason):
    return client.post(
        f"/admin/orders/{model}/", {"action": action, "_selected_action": [row.pk], "reason": reason}, follow=True
    )


def test_staff_hold_release_and_refuse_by_actions(staff, sam, soup, link):
    bought(link, sam, [soup])
    row = Commission.objects.get()
    for action, status in (("hold", "hold"), ("release", "pending"), ("void", "voided")):
        act(staff, "commission", action, row, "Looked at")
        assert Commission.objects.get().status == status


def test_staff_send_and_refuse_payouts_by_actions(staff, ada, payout):
    act(staff, "payout", "refuse", payout, "Wrong account")
    second = request_payout(creator=ada, currency="EUR", now=NOW + HOLDING)
    act(staff, "payout", "paid", second, "SEPA 1")
    assert list(Payout.objects.order_by("pk").values_list("status", "reference")) == [
        ("refused", ""),
        ("paid", "SEPA 1"),
    ]


def test_staff_set_rates_and_book_corrections(staff, ada):
    given = {"creator": ada.pk, "rate": "0.2", "reason": "Deal", "valid_from_0": "2100-01-01", "valid_from_1": "00:00"}
    staff.post("/admin/orders/commissionrate/add/", given)
    assert CommissionRate.objects.get().set_by == staff.person
    given = {"creator": ada.pk, "amount": "-2.00", "currency": "EUR", "reason": "Miscounted"}
    staff.post("/admin/orders/commissionadjustment/add/", given)
    assert CommissionAdjustment.objects.get().amount == Decimal("-2.00")
