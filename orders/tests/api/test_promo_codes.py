from decimal import Decimal

import pytest

from meals.models import Tag
from orders.models import PromoCode, Redemption
from orders.services.quoting import quote_cart, release_codes
from orders.tests.factories_pricing import NOW, make_cart, make_code, make_dish, make_order

CODES = "/api/v1/promo-codes"
pytestmark = pytest.mark.django_db
D = Decimal


def test_making_a_code(signed_in, ada):
    tag = Tag.objects.create(name="Warm", slug="warm-test")
    given = {"code": "spring", "kind": "fixed", "amount": "2.50", "scope": "tags", "tags": ["warm-test"], "limit": 9}
    answer = signed_in(ada).post(CODES, given, format="json")
    assert answer.status_code == 201, answer.content
    assert answer.json() == {
        "code": "SPRING",
        "label": "",
        "kind": "fixed",
        "percent": None,
        "amount": {"amount": "2.50", "currency": "EUR"},
        "buy_quantity": None,
        "get_quantity": None,
        "scope": "tags",
        "meals": [],
        "tags": ["warm-test"],
        "min_subtotal": None,
        "starts_at": None,
        "ends_at": None,
        "limit": 9,
        "per_customer": 1,
        "first_order_only": False,
        "stackable": True,
        "budget": None,
        "funder": "creator",
        "public": False,
        "active": True,
        "used": 0,
        "saved": {"amount": "0.00", "currency": "EUR"},
        "created_at": answer.json()["created_at"],
    }
    assert answer["Location"] == f"{CODES}/SPRING"
    assert [*PromoCode.objects.get().tags.all()] == [tag]


def test_the_same_key_makes_one_code(signed_in, ada):
    given = {"code": "ONCE", "kind": "percent", "percent": "10"}
    answers = [
        signed_in(ada).post(CODES, given, format="json", headers={"Idempotency-Key": "1f7c"}) for _twice in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert PromoCode.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"percent": "51"}, "/percent"),
        ({"scope": "meals", "meals": ["no-such-meal"]}, "/meals"),
        ({"scope": "tags", "tags": ["no-such-tag"]}, "/tags"),
        ({"kind": "free_delivery"}, "/kind"),
        ({"price": "1"}, "/price"),
        ({"active": False}, "/active"),
        ({"limit": 0}, "/limit"),
    ],
)
def test_what_is_wrong_is_said_by_field(given, pointer, signed_in, ada):
    answer = signed_in(ada).post(CODES, {"code": "X10", "kind": "percent", "percent": "10"} | given, format="json")
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (400, [pointer])


def test_a_code_that_is_taken_is_a_conflict(signed_in, ada):
    make_code("MINE", percent=10)
    answer = signed_in(ada).post(CODES, {"code": "mine", "kind": "percent", "percent": "10"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "code_taken")


def test_visitors_and_members_make_none(api, signed_in, sam):
    given = {"code": "X10", "kind": "percent", "percent": "10"}
    assert api.post(CODES, given, format="json").status_code == 401
    answer = signed_in(sam).post(CODES, given, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "creator_only")


def test_changing_pausing_and_resuming(signed_in, ada):
    promo = make_code("MINE", percent=10, creator=ada, funder="creator")
    dish = make_dish(ada)
    client = signed_in(ada)
    changed = client.patch(
        f"{CODES}/mine", {"percent": "12.5", "scope": "meals", "meals": [dish.slug], "stackable": False}, format="json"
    ).json()
    assert (changed["percent"], changed["meals"], changed["stackable"]) == ("12.5", [dish.slug], False)
    assert client.patch(f"{CODES}/MINE", {"active": False}, format="json").json()["active"] is False
    assert client.patch(f"{CODES}/MINE", {"active": True}, format="json").json()["active"] is True
    PromoCode.objects.update(taken=3)
    answer = client.patch(f"{CODES}/MINE", {"limit": 2}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_code")
    assert PromoCode.objects.get(pk=promo.pk).capacity is None


@pytest.mark.parametrize("address", ["", "/uses"])
def test_codes_of_others_are_not_there(address, api, signed_in, ada, ben):
    make_code("MINE", percent=10, creator=ada)
    make_code("HOUSE", percent=10)
    for code in ("MINE", "HOUSE", "NONE"):
        assert signed_in(ben).get(f"{CODES}/{code}{address}").status_code == 404
        assert api.get(f"{CODES}/{code}{address}").status_code == 401
    assert signed_in(ben).patch(f"{CODES}/MINE", {"active": False}, format="json").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_my_codes_in_the_same_number_of_queries(count, signed_in, ada, ben, django_assert_num_queries):
    for number in range(count):
        make_code(f"MINE-{number}", percent=10, creator=ada, scope="meals", meals=[make_dish(ada)])
    make_code("BENS", percent=10, creator=ben)
    client = signed_in(ada)
    with django_assert_num_queries(5):
        answer = client.get(CODES)
    assert [row["code"] for row in answer.json()["results"]] == [f"MINE-{n}" for n in reversed(range(count))]
    assert client.get(CODES, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_uses_and_cost(signed_in, ada, sam, ben):
    promo = make_code("MINE", amount=2, creator=ada, capacity=5)
    for customer in (sam, ben):
        cart = make_cart(make_dish(ada), owner=customer)
        order, _lines = make_order(cart, quote_cart(cart=cart, customer=customer, now=NOW), customer)
        Redemption.objects.create(promo=promo, order=order, customer=customer, amount=2, redeemed_at=order.placed_at)
    PromoCode.objects.update(taken=2, spent=4)
    release_codes(order=order, now=NOW)
    answer = signed_in(ada).get(f"{CODES}/MINE/uses").json()
    two = {"amount": "2.00", "currency": "EUR"}
    day = order.placed_at.date().isoformat()
    assert answer == {
        "used": 1,
        "given_back": 1,
        "left": 4,
        "saved": two,
        "days": [{"day": day, "used": 1, "saved": two}],
    }
