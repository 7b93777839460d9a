import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orders.models import Order
from orders.tests.factories import filled_cart, make_cook, make_dish, make_kitchen, make_slots_now, pay

ORDERS = "/api/v1/orders"


@pytest.fixture
def ready(kitchen):
    """Somebody's cart, ready to be placed at the hour of the test."""

    def fill(customer, *meals, quantity=1):
        now = timezone.now()
        return filled_cart(customer, meals, quantity=quantity, now=now, slot=make_slots_now(kitchen))

    return fill


@pytest.fixture
def placed(ready, sam, lentils, signed_in):
    """An order of sam's, and the answer it came with."""
    ready(sam, lentils, quantity=2)
    answer = signed_in(sam).post(ORDERS, {"note": "Ring twice"}, format="json")
    assert answer.status_code == 201, answer.content
    return answer


@pytest.fixture
def order(placed):
    return Order.objects.get()


def test_placing(placed, order, kitchen, lentils):
    document = placed.json()
    assert placed["Location"] == f"/api/v1/orders/{order.number}"
    assert (document["number"], document["status"], document["note"]) == (order.number, "pending_payment", "Ring twice")
    assert {name: money["amount"] for name, money in document["totals"].items()} == {
        "subtotal": "16.00",
        "discount": "0.00",
        "delivery": "2.50",
        "tax": "1.21",
        "total": "18.50",
    }
    assert [(line["title"], line["meal"], line["quantity"], line["creator"]) for line in document["lines"]] == [
        ("Lentil soup", lentils.slug, 2, {"handle": "ada", "name": "Ada"})
    ]
    assert [(step["status"], step["state"], step["by"]) for step in document["timeline"]] == [
        ("pending_payment", "now", "You"),
        ("paid", "next", ""),
        ("accepted", "next", ""),
        ("preparing", "next", ""),
        ("ready", "next", ""),
        ("out_for_delivery", "next", ""),
        ("completed", "next", ""),
    ]
    assert (document["promo_codes"], document["moves"]) == ([], ["cancelled"])


def test_placing_asks_to_sign_in(api, kitchen):
    assert api.post(ORDERS, {}, format="json").status_code == 401


def test_nothing_to_place(sam, signed_in, kitchen):
    answer = signed_in(sam).post(ORDERS, {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "cart_empty")


def test_a_named_cart_sent_again_is_its_order(ready, sam, lentils, signed_in):
    cart = ready(sam, lentils)
    client = signed_in(sam)
    answers = [client.post(ORDERS, {"cart": cart.public_id}, format="json") for _again in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["number"] == answers[1].json()["number"]


def test_another_persons_cart_is_not_there(ready, sam, kim, lentils, signed_in):
    cart = ready(sam, lentils)
    assert signed_in(kim).post(ORDERS, {"cart": cart.public_id}, format="json").status_code == 404


def test_the_same_key_is_the_same_answer(ready, sam, lentils, signed_in):
    ready(sam, lentils)
    client = signed_in(sam)
    answers = [client.post(ORDERS, {}, format="json", headers={"Idempotency-Key": "one"}) for _again in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert (answers[0].content, answers[1]["Idempotent-Replayed"]) == (answers[1].content, "true")
    other = client.post(ORDERS, {"note": "x"}, format="json", headers={"Idempotency-Key": "one"})
    assert other.status_code == 422


@pytest.mark.parametrize("body", [{"total": "1.00", "price": 1}, {"delivery": {"planet": "Mars"}}, {"note": "x" * 501}])
def test_bad_input(ready, sam, lentils, signed_in, body):
    ready(sam, lentils)
    assert signed_in(sam).post(ORDERS, body, format="json").status_code == 400


def test_a_changed_price_brings_the_new_quote(ready, sam, lentils, signed_in):
    ready(sam, lentils)
    answer = signed_in(sam).post(ORDERS, {"total": "1.00"}, format="json")
    document = answer.json()
    assert (answer.status_code, document["code"]) == (409, "price_changed")
    assert document["quote"]["totals"]["total"] == {"amount": "10.50", "currency": "EUR"}


def test_sold_out_names_the_line(ready, sam, ada, signed_in):
    cart = ready(sam, make_dish(ada, "Few", portions=1), quantity=2)
    document = signed_in(sam).post(ORDERS, {}, format="json").json()
    assert (document["code"], document["item"], document["title"], document["left"], document["status"]) == (
        "insufficient_stock",
        cart.items.get().public_id,
        "Few",
        1,
        409,
    )


def test_an_archived_meal_is_named(ready, sam, lentils, signed_in):
    ready(sam, lentils)
    type(lentils).objects.update(status="archived")
    document = signed_in(sam).post(ORDERS, {}, format="json").json()
    assert (document["code"], document["title"]) == ("unavailable", "Lentil soup")


def test_a_severe_allergy_is_confirmed(ready, sam, lentils, signed_in):
    sam.profile.severe_allergies = frozenset({"milk"})
    sam.profile.save()
    type(lentils).objects.update(allergens=frozenset({"milk"}), has_complete_traits=True)
    ready(sam, lentils)
    client = signed_in(sam)
    document = client.post(ORDERS, {}, format="json").json()
    assert (document["code"], document["concerns"]) == (
        "allergy_unconfirmed",
        [{"meal": lentils.slug, "allergen": "milk", "certain": True, "text": "“Lentil soup” contains Milk."}],
    )
    assert client.post(ORDERS, {"confirmed_allergens": ["milk"]}, format="json").status_code == 201


def own_kinds(order):
    """Every sub-resource of an order, with the verb it is asked by."""
    base = f"{ORDERS}/{order.number}"
    return [
        ("get", base, None),
        ("post", f"{base}/cancel", {}),
        ("post", f"{base}/transition", {"to": "accepted"}),
        ("post", f"{base}/reorder", {}),
    ]


def test_strangers_find_no_part_of_an_order(order, kim, ada, signed_in, api):
    other = make_cook(make_kitchen("Other", is_default=False))
    for stranger in (kim, ada, other):
        for verb, path, body in own_kinds(order):
            assert getattr(signed_in(stranger), verb)(path, body, format="json").status_code == 404, (stranger, path)
    for verb, path, body in own_kinds(order):
        assert getattr(api, verb)(path, body, format="json").status_code == 401
    order.refresh_from_db()
    assert order.status == "pending_payment"


def test_a_cook_reads_but_does_not_reorder_in_the_customers_name(order, cora, signed_in):
    client = signed_in(cora)
    assert client.get(f"{ORDERS}/{order.number}").json()["timeline"][0]["by"] == "Sam"
    assert client.post(f"{ORDERS}/{order.number}/reorder", {}, format="json").status_code == 404


def test_cancelling(order, sam, signed_in):
    answer = signed_in(sam).post(f"{ORDERS}/{order.number}/cancel", {}, format="json")
    assert (answer.json()["status"], answer.json()["moves"]) == ("cancelled", [])
    again = signed_in(sam).post(f"{ORDERS}/{order.number}/cancel", {}, format="json")
    assert (again.status_code, again.json()["code"], again.json()["legal"]) == (409, "illegal_transition", [])


def test_the_kitchen_moves_it(order, cora, sam, signed_in):
    pay(order, now=timezone.now())
    client = signed_in(cora)
    version = client.get(f"{ORDERS}/{order.number}").json()["version"]
    move = {"to": "accepted", "version": version}
    assert client.post(f"{ORDERS}/{order.number}/transition", move, format="json").json()["status"] == "accepted"
    stale = client.post(f"{ORDERS}/{order.number}/transition", move, format="json")
    assert (stale.status_code, stale.json()["current_version"]) == (412, version + 1)
    illegal = client.post(f"{ORDERS}/{order.number}/transition", {"to": "completed"}, format="json")
    assert (illegal.status_code, illegal.json()["legal"]) == (409, ["cancelled", "preparing"])
    assert signed_in(sam).post(f"{ORDERS}/{order.number}/transition", {"to": "ready"}, format="json").status_code == 403
    seen = signed_in(sam).get(f"{ORDERS}/{order.number}").json()["timeline"]
    assert [(step["status"], step["by"]) for step in seen[:3]] == [
        ("pending_payment", "You"),
        ("paid", ""),
        ("accepted", "Kitchen"),
    ]


def test_a_move_that_is_none(order, cora, signed_in):
    answer = signed_in(cora).post(f"{ORDERS}/{order.number}/transition", {"to": "eaten"}, format="json")
    assert answer.json()["errors"][0]["pointer"] == "/to"


def test_reading_again_is_304_until_it_moves(order, sam, signed_in):
    client = signed_in(sam)
    path = f"{ORDERS}/{order.number}"
    etag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    pay(order, now=timezone.now())
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_reordering(order, sam, stew, signed_in):
    client = signed_in(sam)
    answer = client.post(f"{ORDERS}/{order.number}/reorder", {}, format="json").json()
    assert (answer["added"], answer["missing"], [item["quantity"] for item in answer["cart"]["items"]]) == (1, [], [2])
    order.lines.get().meal.__class__.objects.update(status="archived")
    answer = client.post(f"{ORDERS}/{order.number}/reorder", {}, format="json").json()
    assert (answer["added"], answer["missing"]) == (0, [{"title": "Lentil soup", "reason": "unavailable"}])


def test_my_orders_are_mine(order, sam, kim, signed_in, api):
    mine = signed_in(sam).get(ORDERS).json()
    assert [(row["number"], row["total"]["amount"]) for row in mine["results"]] == [(order.number, "18.50")]
    assert signed_in(kim).get(ORDERS).json()["results"] == []
    assert api.get(ORDERS).status_code == 401


def count(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_lists_cost_the_same_for_one_and_for_three(order, ready, sam, cora, lentils, kitchen, signed_in):
    client, cook = signed_in(sam), signed_in(cora)
    kitchens_orders = f"/api/v1/kitchens/{kitchen.public_id}/orders"
    one = (count(client, ORDERS), count(cook, kitchens_orders))
    for _again in range(2):
        ready(sam, lentils)
        client.post(ORDERS, {}, format="json")
    assert (count(client, ORDERS), count(cook, kitchens_orders)) == one


def test_the_document_costs_the_same_for_one_line_and_for_three(order, ready, sam, ada, lentils, stew, signed_in):
    client = signed_in(sam)
    one = count(client, f"{ORDERS}/{order.number}")
    ready(sam, lentils, stew, make_dish(ada, "Third"))
    number = client.post(ORDERS, {}, format="json").json()["number"]
    assert count(client, f"{ORDERS}/{number}") == one


def test_a_kitchens_orders_are_its_own_peoples(order, cora, mia, sam, ada, api, kitchen, signed_in):
    path = f"/api/v1/kitchens/{kitchen.public_id}/orders"
    for insider in (cora, mia):
        assert [row["number"] for row in signed_in(insider).get(path).json()["results"]] == [order.number]
    assert signed_in(cora).get(f"{path}?status=paid").json()["results"] == []
    assert signed_in(cora).get(f"{path}?status=eaten").status_code == 400
    for stranger in (sam, ada):
        assert signed_in(stranger).get(path).status_code == 404
    assert api.get(path).status_code == 401


def test_slots(kitchen, api):
    slot = make_slots_now(kitchen)
    path = f"/api/v1/kitchens/{kitchen.public_id}/slots"
    found = api.get(f"{path}?fulfilment=delivery").json()["results"]
    assert {row["fulfilment"] for row in found} == {"delivery"}
    assert found[0]["left"] == 10
    assert slot.public_id in [row["id"] for row in found]
    assert api.get(f"{path}?fulfilment=drone").status_code == 400
    assert api.get("/api/v1/kitchens/nothing/slots").status_code == 404
