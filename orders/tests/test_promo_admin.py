"""Codes in the back office: staff look, write and hand out, each with a reason (F16, ANA-10)."""

from decimal import Decimal

import pytest

from fitfoodie.events.models import Event
from orders.models import PromoBatch, PromoCode
from orders.tests.factories_pricing import make_code, make_creator, make_dish

pytestmark = pytest.mark.django_db
CODES = "/admin/orders/promocode/"
BATCHES = "/admin/orders/promobatch/"


@pytest.fixture
def office(admin_client):
    return admin_client


def given(**more):
    return {"code": "spring", "kind": "percent", "percent": "10", "scope": "order", "reason": "agreed"} | more


def last_fact():
    event = Event.objects.filter(name__startswith="orders.promo").order_by("pk").last()
    return event.name, event.data


def test_codes_are_listed_searched_and_opened(office):
    promo = make_code("SPRING", percent=10, capacity=3)
    assert "SPRING" in office.get(f"{CODES}?q=spring").content.decode()
    assert office.get(f"{CODES}{promo.pk}/change/").status_code == 200


def test_a_code_is_paused_and_resumed_with_a_reason(office):
    promo = make_code("SPRING", percent=10)
    office.post(CODES, {"action": "pause", "_selected_action": [promo.pk], "reason": "misprint"})
    assert PromoCode.objects.get().is_active is False
    office.post(CODES, {"action": "resume", "_selected_action": [promo.pk], "reason": "printed again"})
    assert PromoCode.objects.get().is_active is True
    told = {"promo_id": promo.pk, "code": "SPRING", "creator_id": None, "reason": "printed again"}
    assert last_fact() == ("orders.promo_code.resumed", told)


def test_staff_make_a_code_of_the_house(office):
    assert office.get(f"{CODES}make/").status_code == 200
    answer = office.post(f"{CODES}make/", given(kind="free_delivery", limit="50", budget="100", currency="EUR"))
    promo = PromoCode.objects.get()
    assert answer["Location"] == f"{CODES}{promo.pk}/change/"
    assert (promo.code, promo.kind, promo.capacity, promo.budget) == ("SPRING", "free_delivery", 50, Decimal(100))
    assert (promo.creator, promo.funder, promo.percent) == (None, "platform", None)
    assert last_fact()[1]["reason"] == "agreed"


def test_staff_make_a_code_for_a_creator_that_the_house_pays(office):
    ada = make_creator("ada")
    dish = make_dish(ada)
    office.post(
        f"{CODES}make/", given(creator="@Ada", funder="platform", scope="meals", meals=dish.slug, is_public="on")
    )
    promo = PromoCode.objects.get()
    assert (promo.creator, promo.funder, promo.is_public, [*promo.meals.all()]) == (ada, "platform", True, [dish])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": ""}, "This field is required."),
        ({"percent": "400"}, "Give a percentage from 1 to 100."),
        ({"creator": "nobody"}, "There is nobody with the handle “nobody”."),
        ({"meals": "no-such-dish", "scope": "meals"}, "There is no meal “no-such-dish”."),
        ({"funder": "creator"}, "A code that a creator pays for names the creator."),
        ({"is_public": "on"}, "Only a creator’s code has a page to be shown on."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(office, wrong, words):
    answer = office.post(f"{CODES}make/", given(label="Kept words") | wrong)
    page = answer.content.decode()
    assert (answer.status_code, words in page, "Kept words" in page) == (200, True, True)
    assert not PromoCode.objects.exists()


def test_a_code_is_changed_with_a_reason_but_not_below_its_uses(office):
    ada = make_creator("ada")
    dish = make_dish(ada)
    promo = make_code("SPRING", percent=10, capacity=5, creator=ada, scope="meals", meals=[dish], taken=2)
    address = f"{CODES}{promo.pk}/rewrite/"
    page = office.get(address).content.decode()
    assert dish.slug in page
    changed = {"percent": "15", "scope": "meals", "meals": dish.slug, "funder": "platform", "is_stackable": "on"}
    assert "It has been used 2 times already." in office.post(
        address, changed | {"limit": "1", "reason": "less"}
    ).content.decode().replace("&nbsp;", " ")
    office.post(address, changed | {"limit": "3", "per_customer": "1", "reason": "a campaign"})
    promo.refresh_from_db()
    assert (promo.percent, promo.capacity, promo.code, promo.creator) == (Decimal(15), 3, "SPRING", ada)
    told = {"promo_id": promo.pk, "code": "SPRING", "creator_id": ada.pk}
    told |= {"changed": "limit,percent", "reason": "a campaign"}
    assert last_fact() == ("orders.promo_code.changed", told)


def test_a_set_is_generated_and_downloaded_safe_against_formulas(office):
    wrong = office.post(f"{BATCHES}generate/", given(name="Cards", size="0")).content.decode()
    assert "greater than or equal to 1" in wrong
    wrong = office.post(f"{BATCHES}generate/", given(name="Cards", size="9999")).content.decode()
    assert "Give a number from 1 to 5000." in wrong
    answer = office.post(f"{BATCHES}generate/", given(name="Cards", size="3", prefix="card", label="=1+1"))
    batch = PromoBatch.objects.get()
    assert answer["Location"] == f"{BATCHES}{batch.pk}/change/"
    assert office.get(answer["Location"]).status_code == 200
    assert office.get(f"{BATCHES}nothing/codes/").status_code == 404
    file = office.get(f"{BATCHES}{batch.pk}/codes/")
    assert file["Content-Disposition"] == f'attachment; filename="codes-{batch.pk}.csv"'
    rows = b"".join(file.streaming_content).decode().lstrip("\ufeff").split()
    codes = batch.codes.order_by("pk").values_list("code", flat=True)
    assert [row for row in rows if row.startswith("CARD-")] == [f"{code},'=1+1,no" for code in codes]
    assert last_fact()[1]["reason"] == "agreed"


def test_only_staff_of_codes_get_in(signed_in, mia, sam):
    promo, batch = make_code("SPRING", percent=10), PromoBatch.objects.create(name="Cards", size=1)
    pages = [f"{CODES}make/", f"{CODES}{promo.pk}/rewrite/", f"{BATCHES}generate/", f"{BATCHES}{batch.pk}/codes/"]
    assert [signed_in(sam).get(page).status_code for page in pages] == [302, 302, 302, 302]
    assert [signed_in(mia).get(page).status_code for page in pages] == [403, 403, 403, 403]
