"""The page of frozen earnings, the way to it, and the queue of appeals in the back office (AFF-10)."""

import pytest

from orders.freeze_links import freeze_path
from orders.models import EarningsAppeal, EarningsFreeze
from orders.services.earnings_appeals import appeal_freeze
from orders.services.freezing import freeze_earnings, lift_freeze
from orders.tests.factories_affiliate import NOW, make_link
from orders.tests.services.test_commissions import bought
from orders.tests.services.test_freezing import make_admin

pytestmark = pytest.mark.django_db
FREEZES = "/admin/orders/earningsfreeze/"
APPEALS = "/admin/orders/earningsappeal/"


@pytest.fixture
def first():
    return make_admin()


@pytest.fixture
def freeze(ada, sam, soup, first):
    bought(make_link(ada), sam, [soup])
    return freeze_earnings(creator_id=ada.pk, actor=first, reason="Bought followers", now=NOW)


@pytest.fixture
def address(freeze):
    return freeze_path(freeze.public_id)


def text_of(answer):
    return answer.content.decode()


def test_the_page_says_what_stands_still_and_why(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == (200, "noindex", True)
    assert all(each in text_of(answer) for each in ("Bought followers", "1.00", "What was overlooked?"))


@pytest.mark.parametrize("change", [lambda path: path[:-2] + "x/", lambda path: path.replace(":", ""), str.upper])
def test_an_address_that_is_not_ours_leads_nowhere(change, client, address):
    head, token = address.rstrip("/").rsplit("/", 1)
    assert client.get(f"{head}/{change(token + '/')}").status_code == 404


def test_an_appeal_is_sent_and_then_followed(client, address):
    answer = client.post(address, {"text": "They are real people"}, follow=True)
    assert (EarningsAppeal.objects.get().text, answer.redirect_chain) == ("They are real people", [(address, 302)])
    assert "Somebody else looks at it" in text_of(answer)
    assert "What was overlooked?" not in text_of(answer)


def test_wrong_input_is_said_beside_the_field_and_nothing_typed_is_lost(client, address):
    empty, long = client.post(address, {"text": " "}), client.post(address, {"text": "word " * 500})
    assert (empty.status_code, long.status_code, EarningsAppeal.objects.count()) == (422, 422, 0)
    assert "word word" in text_of(long)


def test_a_second_click_files_nothing_and_says_so(client, address):
    client.post(address, {"text": "They are real people"})
    again = client.post(address, {"text": "They are real people"})
    assert (again.status_code, EarningsAppeal.objects.count()) == (422, 1)
    assert "You have appealed against this decision already." in text_of(again)


def test_the_creator_reads_the_outcome(client, address, freeze):
    other = make_admin()
    lift_freeze(freeze_id=freeze.pk, actor=other, reason="We were wrong", now=NOW)
    page = text_of(client.get(address))
    assert all(each in page for each in ("Your earnings are free", "We were wrong"))
    assert "What was overlooked?" not in page


def test_the_earnings_page_leads_there(client, ada, address, freeze, first):
    client.force_login(ada)
    before = text_of(client.get("/studio/earnings/"))
    assert ("Your earnings are frozen" in before, address in before) == (True, True)
    lift_freeze(freeze_id=freeze.pk, actor=first, reason="We were wrong", now=NOW)
    after = text_of(client.get("/studio/earnings/"))
    assert ("Your earnings are frozen" in after, address in after) == (False, True)


def test_staff_freeze_and_let_go_with_a_reason(client, ada, first):
    client.force_login(first)
    client.post(f"{FREEZES}add/", {"creator": ada.pk, "reason": "Bought followers"})
    row = EarningsFreeze.objects.get()
    assert (row.creator, row.reason, row.frozen_by) == (ada, "Bought followers", first)
    assert all(client.get(path).status_code == 200 for path in (FREEZES, f"{FREEZES}{row.pk}/change/"))
    client.post(FREEZES, {"action": "lift", "_selected_action": [row.pk], "reason": "We were wrong"})
    row.refresh_from_db()
    assert row.lift_reason == "We were wrong"


def test_a_freeze_that_is_refused_says_why(client, ada, freeze, first):
    client.force_login(first)
    answer = client.post(f"{FREEZES}add/", {"creator": ada.pk, "reason": "Again"}, follow=True)
    assert ("frozen already" in text_of(answer), EarningsFreeze.objects.count()) == (True, 1)


@pytest.mark.parametrize(("action", "state"), [("uphold", "upheld"), ("overturn", "overturned")])
def test_somebody_else_answers_an_appeal(action, state, client, freeze, first):
    filed = appeal_freeze(freeze_id=freeze.pk, text="They are real people", now=NOW)
    ask = f"{APPEALS}{filed.pk}/{action}/ask"
    client.force_login(first)
    assert "Somebody else has to answer" in text_of(client.post(ask, {"reason": "I was right"}))
    client.force_login(make_admin())
    assert all(client.get(path).status_code == 200 for path in (APPEALS, f"{APPEALS}{filed.pk}/change/", ask))
    client.post(ask, {"reason": "Looked again"})
    filed.refresh_from_db()
    assert (filed.state, filed.answer) == (state, "Looked again")


def test_people_who_are_not_staff_see_no_queue(client, ada, freeze):
    filed = appeal_freeze(freeze_id=freeze.pk, text="They are real people", now=NOW)
    client.force_login(ada)
    for path in (APPEALS, f"{APPEALS}{filed.pk}/overturn/ask", FREEZES):
        assert client.get(path)["Location"].startswith("/admin/login/")
