from decimal import Decimal

import pytest
from django.utils.html import escape

from meals.models import Tag
from meals.tests.factories import make_creator
from orders.models import PromoCode
from orders.tests.factories_pricing import make_code, make_dish

pytestmark = pytest.mark.django_db
CODES = "/studio/codes/"


@pytest.fixture
def pages(client):
    """A client for a person."""

    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in


def given(**more):
    return {"code": "spring", "kind": "percent", "percent": "10", "scope": "order", "currency": "EUR"} | more


def test_visitors_sign_in_first(client):
    for address in (CODES, f"{CODES}new/", f"{CODES}X10/"):
        assert client.get(address)["Location"].startswith("/accounts/login/")
    assert client.post(f"{CODES}X10/pause").status_code == 302


def test_the_empty_list_offers_what_comes_next(pages, ada, sam):
    assert "Make a code" in pages(ada).get(CODES).content.decode()
    assert "Become a creator" in pages(sam).get(CODES).content.decode()
    unverified = make_creator("nia", verified=False)
    assert "Verify it" in pages(unverified).get(CODES).content.decode()


def test_making_a_code(pages, ada):
    dish, tag = make_dish(ada), Tag.objects.create(name="Warm soup", slug="warm-soup")
    client = pages(ada)
    answer = client.post(f"{CODES}new/", given(scope="meals", meals=[dish.pk], starts_at="2026-12-01T09:00", limit="5"))
    assert (answer.status_code, answer["Location"]) == (302, CODES)
    promo = PromoCode.objects.get()
    assert (promo.code, promo.capacity, promo.per_customer, [*promo.meals.all()]) == ("SPRING", 5, None, [dish])
    assert client.post(f"{CODES}new/", given(code="two", scope="tags", tags="Warm soup, warm-soup")).status_code == 302
    assert [*PromoCode.objects.get(code="TWO").tags.all()] == [tag]
    assert "SPRING can be used now." in client.get(CODES).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"percent": "80"}, "Your codes may give up to 50 percent."),
        ({"percent": ""}, "Give a percentage from 1 to 100."),
        ({"scope": "meals"}, "Choose at least one meal."),
        ({"scope": "tags", "tags": "nonsense"}, "There is no tag “nonsense”."),
        ({"code": "taken"}, "There is such a code already."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(wrong, words, pages, ada):
    make_code("TAKEN", percent=5)
    answer = pages(ada).post(f"{CODES}new/", given(label="For readers", **wrong))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert escape(words) in html or words in html
    assert 'value="For readers"' in html


def test_members_are_told_whom_codes_are_for(pages, sam):
    answer = pages(sam).post(f"{CODES}new/", given())
    assert (answer.status_code, PromoCode.objects.count()) == (422, 0)


def test_changing_a_code(pages, ada):
    make_code("MINE", amount=2, creator=ada, funder="creator")
    client = pages(ada)
    assert 'value="2.00"' in client.get(f"{CODES}MINE/").content.decode()
    answer = client.post(f"{CODES}MINE/", {"amount": "3", "scope": "order", "limit": "4", "is_stackable": "on"})
    promo = PromoCode.objects.get()
    assert (answer.status_code, promo.amount, promo.capacity, promo.is_stackable) == (302, Decimal(3), 4, True)
    PromoCode.objects.update(taken=3)
    refused = client.post(f"{CODES}MINE/", {"amount": "3", "scope": "order", "limit": "2"})
    assert "It has been used 3 times already." in refused.content.decode()


def test_pausing_and_resuming(pages, ada):
    make_code("MINE", percent=10, creator=ada, funder="platform")
    client = pages(ada)
    assert "staff alone can write it" in client.get(f"{CODES}MINE/").content.decode()
    for move, is_active in (("pause", False), ("resume", True)):
        assert client.post(f"{CODES}MINE/{move}")["Location"] == CODES
        assert PromoCode.objects.get().is_active is is_active


def test_codes_of_others_are_not_there(pages, ada, ben):
    make_code("MINE", percent=10, creator=ada)
    client = pages(ben)
    assert client.get(f"{CODES}MINE/").status_code == 404
    assert client.post(f"{CODES}MINE/pause").status_code == 404
    assert "MINE" not in client.get(CODES).content.decode()


def test_somebody_who_lost_the_role_is_told(pages, ada):
    make_code("MINE", percent=10, creator=ada, funder="creator")
    ada.groups.clear()
    client = pages(ada)
    client.post(f"{CODES}MINE/pause")
    assert PromoCode.objects.get().is_active is True
    assert "Only its creator may change this code." in client.get(CODES).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_as_for_many(count, pages, ada, django_assert_num_queries):
    for number in range(count):
        make_code(f"MINE-{number}", percent=10, creator=ada)
    client = pages(ada)
    client.get(CODES)
    with django_assert_num_queries(4):
        client.get(CODES)


def test_older_codes_are_behind_more(pages, ada, monkeypatch):
    monkeypatch.setattr("orders.views.studio_codes.PAGE_SIZE", 2)
    codes = [make_code(f"MINE-{number}", percent=10, creator=ada) for number in range(3)]
    client = pages(ada)
    assert f"?before={codes[1].pk}" in client.get(CODES).content.decode()
    older = client.get(f"{CODES}?before={codes[1].pk}").content.decode()
    assert ("MINE-0" in older, "MINE-1" in older) == (True, False)


def test_each_kind_is_said_in_few_words(pages, ada):
    make_code("A", percent=Decimal("12.50"), creator=ada)
    make_code("B", amount=2, creator=ada)
    make_code("C", kind="buy_x_get_y", buy_quantity=2, get_quantity=1, creator=ada)
    make_code("D", creator=ada)
    html = pages(ada).get(CODES).content.decode()
    for words in ("12.5 % off", "€2.00 off", "Buy 2, get 1 free", "Free delivery"):
        assert words in html
