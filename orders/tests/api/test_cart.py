import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from orders.models import Cart
from orders.tests.factories import NOW, make_dish, make_kitchen, make_slots_now
from social.models import Block

CART, ITEMS = "/api/v1/cart", "/api/v1/cart/items"


def add(client, meal, quantity=1, **headers):
    return client.post(ITEMS, {"meal": meal.slug, "quantity": quantity}, format="json", headers=headers)


def test_a_cart_nobody_filled_is_empty_and_not_written(api, db):
    answer = api.get(CART)
    assert (answer.status_code, answer.json()["items"], answer.json()["id"]) == (200, [], None)
    assert Cart.objects.count() == 0


def test_a_visitor_keeps_a_cart_by_its_token(lentils, api):
    first = add(api, lentils, 2)
    token = first["Cart-Token"]
    other = APIClient()
    again = other.get(CART, headers={"Cart-Token": token})
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert [(item["meal"]["title"], item["quantity"]) for item in again.json()["items"]] == [("Lentil soup", 2)]
    assert APIClient().get(CART).json()["id"] is None


def test_a_forged_token_is_refused(lentils, api):
    answer = api.get(CART, headers={"Cart-Token": f"{Cart.objects.create().public_id}:forged"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_what_a_visitor_collected_comes_along(lentils, api, sam, signed_in):
    token = add(api, lentils, 2)["Cart-Token"]
    client = signed_in(sam)
    for _twice in range(2):
        answer = client.get(CART, headers={"Cart-Token": token})
        assert [item["quantity"] for item in answer.json()["items"]] == [2]
    assert "Cart-Token" not in answer
    assert api.get(CART, headers={"Cart-Token": token}).json()["items"] == []


def test_the_whole_document(lentils, kitchen, sam, signed_in):
    client = signed_in(sam)
    answer = add(client, lentils, 2).json()
    eur = [{"amount": amount, "currency": "EUR"} for amount in ("8.00", "0.00", "16.00", "2.50", "18.50")]
    assert answer["kitchen"] == {
        "id": kitchen.public_id,
        "name": "Main kitchen",
        "time_zone": "Europe/Berlin",
        "delivers": True,
        "offers_pickup": True,
    }
    line = answer["items"][0]
    assert (line["unit_price"], line["discount"], line["total"], line["problem"]) == (eur[0], eur[1], eur[2], None)
    totals = answer["totals"]
    assert (totals["subtotal"], totals["discount"], totals["delivery"], totals["total"]) == (
        eur[2],
        eur[1],
        eur[3],
        eur[4],
    )
    assert (answer["orderable"], answer["slot"], answer["promo_codes"], answer["allergy_concerns"]) == (
        True,
        None,
        [],
        [],
    )


def test_lines_are_changed_and_removed(lentils, sam, signed_in):
    client = signed_in(sam)
    item = add(client, lentils).json()["items"][0]["id"]
    changed = client.patch(f"{ITEMS}/{item}", {"quantity": 3}, format="json")
    assert [line["quantity"] for line in changed.json()["items"]] == [3]
    assert client.delete(f"{ITEMS}/{item}").status_code == 204
    assert client.get(CART).json()["items"] == []


def test_strangers_do_not_reach_a_line(lentils, sam, kim, signed_in, api):
    item = add(signed_in(sam), lentils).json()["items"][0]["id"]
    stranger = signed_in(kim)
    for client in (stranger, api):
        assert client.patch(f"{ITEMS}/{item}", {"quantity": 3}, format="json").status_code == 404
        assert client.delete(f"{ITEMS}/{item}").status_code == 404
    add(stranger, lentils)
    assert stranger.delete(f"{ITEMS}/{item}").status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"meal": "lentil-soup", "quantity": 0}, "/quantity"),
        ({"meal": "lentil-soup", "quantity": 51}, "/quantity"),
        ({"quantity": 1}, "/meal"),
        ({"meal": "lentil-soup", "price": "0.01"}, "/price"),
    ],
)
def test_bad_input_names_the_field(lentils, api, body, pointer):
    answer = api.post(ITEMS, body, format="json")
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (400, [pointer])


def test_a_meal_that_is_not_there(kitchen, api):
    assert api.post(ITEMS, {"meal": "nothing"}, format="json").status_code == 404


def test_details(lentils, kitchen, sam, signed_in):
    client = signed_in(sam)
    add(client, lentils)
    slot = make_slots_now(kitchen)
    answer = client.patch(CART, {"slot": slot.public_id, "address": {"city": "Berlin"}, "note": "Hi"}, format="json")
    assert (answer.json()["slot"]["id"], answer.json()["address"], answer.json()["note"]) == (
        slot.public_id,
        {"city": "Berlin"},
        "Hi",
    )
    refused = client.patch(CART, {"fulfilment": "drone"}, format="json")
    assert refused.json()["errors"][0]["pointer"] == "/fulfilment"


def test_what_cannot_be_ordered_stays_in_sight(lentils, stew, ada, sam, signed_in):
    client = signed_in(sam)
    few = make_dish(ada, "Few", portions=1)
    add(client, lentils)
    add(client, few, 2)
    add(client, stew)
    type(stew).objects.filter(pk=stew.pk).update(status="archived")
    answer = client.get(CART).json()
    assert [item["problem"] and item["problem"]["code"] for item in answer["items"]] == [
        None,
        "insufficient_stock",
        "unavailable",
    ]
    assert (answer["items"][1]["problem"]["left"], answer["orderable"]) == (1, False)


def test_a_block_that_came_later_is_not_told(lentils, ada, sam, signed_in):
    client = signed_in(sam)
    add(client, lentils)
    Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    problem = client.get(CART).json()["items"][0]["problem"]
    assert problem == {"code": "unavailable", "text": "This meal cannot be ordered at the moment.", "left": None}


def test_reading_costs_the_same_for_one_line_and_for_three(lentils, stew, ada, sam, signed_in):
    client = signed_in(sam)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(CART)
        return len(seen)

    add(client, lentils)
    one = queries()
    add(client, stew)
    add(client, make_dish(ada, "Third"))
    assert queries() == one


def test_another_kitchens_meal(lentils, ben, sam, signed_in):
    other = make_kitchen("Other", is_default=False)
    other.creators.add(ben)
    client = signed_in(sam)
    add(client, lentils)
    answer = add(client, make_dish(ben, "Curry"))
    assert (answer.status_code, answer.json()["code"]) == (409, "other_kitchen")
