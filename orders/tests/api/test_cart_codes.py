from decimal import Decimal

import pytest
from django.core.cache import cache

from orders.models import Cart, PromoCode
from orders.tests.factories_pricing import make_code

CODES = "/api/v1/cart/promo-codes"
EUR = "EUR"


def put(client, code, **headers):
    return client.post(CODES, {"code": code}, format="json", headers=headers)


def filled(client, meal, quantity=1):
    assert (
        client.post("/api/v1/cart/items", {"meal": meal.slug, "quantity": quantity}, format="json").status_code == 201
    )
    return client


def euros(amount):
    return {"amount": amount, "currency": EUR}


def test_a_code_is_put_in_explained_and_taken_out(lentils, sam, signed_in):
    make_code("SPRING", percent=25)
    client = filled(signed_in(sam), lentils)
    answer = put(client, " spring ")
    assert (answer.status_code, answer.json()["totals"]["total"]) == (200, euros("8.50"))
    assert answer.json()["promo_codes"] == [
        {
            "code": "SPRING",
            "applied": True,
            "saved": euros("2.00"),
            "reason": "applied",
            "text": "Saves you €2.00.",
            "missing": None,
        }
    ]
    assert PromoCode.objects.get().taken == 0
    for _twice in range(2):
        assert client.delete(f"{CODES}/spring").json()["promo_codes"] == []


def test_codes_stack_and_each_says_what_became_of_it(lentils, sam, signed_in):
    make_code("HALF", percent=50)
    make_code("TWO", amount=2)
    make_code("LONER", percent=30, is_stackable=False)
    client = filled(signed_in(sam), lentils)
    for code in ("HALF", "TWO"):
        put(client, code)
    answer = put(client, "LONER").json()
    assert [(row["code"], row["reason"], row["saved"]["amount"]) for row in answer["promo_codes"]] == [
        ("HALF", "applied", "4.00"),
        ("TWO", "applied", "2.00"),
        ("LONER", "not_combinable", "0.00"),
    ]
    assert answer["totals"]["discount"] == euros("6.00")
    assert client.delete(CODES).json()["promo_codes"] == []


def test_a_refusal_is_precise_for_members(lentils, sam, signed_in):
    make_code("MIN", amount=2, min_subtotal=Decimal(20))
    answer = put(filled(signed_in(sam), lentils), "min")
    body = answer.json()
    assert (answer.status_code, body["code"], body["missing"], body["promo_code"]) == (
        409,
        "minimum_not_met",
        euros("12.00"),
        "MIN",
    )
    assert body["errors"] == [{"pointer": "/code", "code": "minimum_not_met", "detail": body["detail"]}]


def test_a_stranger_gets_one_answer(lentils, api):
    make_code("MIN", amount=2, min_subtotal=Decimal(20))
    filled(api, lentils)
    bodies = [put(api, code).json() for code in ("MIN", "NO-SUCH-CODE")]
    assert [(body["code"], body["detail"], "missing" in body) for body in bodies] == [
        ("code_refused", "This code cannot be used here. Sign in to see why.", False)
    ] * 2


def test_a_stranger_may_use_a_good_one(lentils, api):
    make_code("SPRING", percent=25)
    token = api.post("/api/v1/cart/items", {"meal": lentils.slug, "quantity": 1}, format="json")["Cart-Token"]
    answer = put(api, "SPRING", **{"Cart-Token": token})
    assert (answer.json()["promo_codes"][0]["applied"], Cart.objects.get().typed_codes.count()) == (True, 1)


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": 5, "price": "0.01"}, {"code": "x" * 61}])
def test_bad_input(body, sam, signed_in, db):
    assert signed_in(sam).post(CODES, body, format="json").status_code == 400


def test_guessing_is_limited_for_a_person_on_pages_and_in_the_api_together(lentils, sam, signed_in, settings):
    settings.API_RATE_LIMITS = settings.API_RATE_LIMITS | {"promo_code": "3/600"}
    cache.clear()
    client = filled(signed_in(sam), lentils)
    assert [put(client, f"GUESS{number}").status_code for number in range(2)] == [409, 409]
    client.post("/cart/codes/use", {"code": "GUESS2"})
    refused = put(client, "GUESS3")
    assert (refused.status_code, refused.json()["code"], int(refused["Retry-After"]) > 0) == (429, "rate_limited", True)
    client.post("/cart/codes/use", {"code": "GUESS4"})
    assert client.session["cart_code_refused"]["text"].startswith("Too many codes were tried.")


def test_guessing_is_limited_for_an_address(api, settings, db):
    settings.API_RATE_LIMITS = settings.API_RATE_LIMITS | {"anonymous_promo_code": "2/600"}
    cache.clear()
    assert [put(api, f"GUESS{number}").status_code for number in range(3)] == [409, 409, 429]
