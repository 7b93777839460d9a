"""The pages of carts, orders and the kitchen, as people without scripts use them."""

import html
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from fitfoodie.events.models import Event
from orders.models import DailyPortions, Order, Slot
from orders.services import cart as carts
from orders.tests.factories import ADDRESS, filled_cart, make_cook, make_kitchen, make_order, make_slots_now, pay

ADD, CART = "/cart/add", "/cart/"


def add(client, meal, **more):
    return client.post(ADD, {"meal": meal.slug, "quantity": 2} | more)


def test_a_visitor_collects_and_finds_it_again_after_signing_in(browse, lentils, sam):
    client = browse()
    assert add(client, lentils)["Location"] == CART
    assert "Lentil soup" in client.get(CART).content.decode()
    assert client.get("/").context["cart_count"] == 2
    client.force_login(sam)
    assert "Lentil soup" in client.get(CART).content.decode()
    assert [item.quantity for item in carts.find_cart(person=sam).items.all()] == [2]


def test_an_empty_cart_offers_the_next_step(browse, db):
    assert "/meals/?orderable=1" in browse().get(CART).content.decode()


@pytest.mark.parametrize(("back", "leads_to"), [("/meals/", "/meals/"), ("https://evil.example/", CART), ("", CART)])
def test_adding_leads_back_to_our_own_pages_alone(browse, lentils, back, leads_to):
    assert add(browse(), lentils, next=back)["Location"] == leads_to


def test_adding_what_is_not_there_or_not_so_many(browse, lentils):
    client = browse()
    assert client.post(ADD, {"meal": "nothing"}).status_code == 404
    assert add(client, lentils, quantity="999")["Location"] == lentils.get_absolute_url()
    assert client.get(ADD).status_code == 405


def test_lines_are_changed_and_removed(browse, lentils, sam, kim):
    client = browse(sam)
    add(client, lentils)
    item = carts.find_cart(person=sam).items.get()
    path = f"/cart/items/{item.public_id}"
    client.post(path, {"quantity": "5"})
    item.refresh_from_db()
    assert item.quantity == 5
    assert client.post(path, {"quantity": "0"})["Location"] == CART
    stranger = browse(kim)
    assert stranger.post(path, {"do": "remove"}).status_code == 404
    add(stranger, lentils)
    assert stranger.post(path, {"do": "remove"}).status_code == 404
    client.post(path, {"do": "remove"})
    assert not carts.find_cart(person=sam).items.exists()


@pytest.fixture
def ready(kitchen, lentils, sam):
    slot = make_slots_now(kitchen)
    return filled_cart(sam, [lentils], quantity=2, now=timezone.now(), slot=slot)


def form(cart, **more):
    given = {"cart": cart.public_id, "total": "18.50", "fulfilment": "delivery", "was": "delivery", "note": "Ring"}
    return given | {"slot": cart.slot.public_id, "do": "place"} | ADDRESS | more


def test_placing_leads_on_and_a_second_click_to_the_same_order(browse, ready, sam):
    client = browse(sam)
    first, second = (client.post(CART, form(ready)) for _twice in range(2))
    order = Order.objects.get()
    assert first["Location"] == second["Location"] == f"/orders/{order.number}/pay/"
    assert (order.note, order.address) == ("Ring", ADDRESS)


def test_nothing_typed_is_lost_when_something_is_missing(browse, ready, sam):
    answer = browse(sam).post(CART, form(ready, street="", city="Köln"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="Köln"' in page
    assert 'id="a-street_error"' in page
    assert not Order.objects.exists()


def test_another_total_is_shown_first(browse, ready, sam):
    answer = browse(sam).post(CART, form(ready, total="1.00"))
    assert (answer.status_code, "The price has changed" in answer.content.decode()) == (409, True)


def test_saving_keeps_what_was_typed_and_another_way_asks_for_another_time(browse, ready, sam):
    client = browse(sam)
    client.post(CART, form(ready, do="save", note="Twice"))
    client.post(CART, form(ready, do="save", fulfilment="pickup"))
    ready.refresh_from_db()
    assert (ready.fulfilment, ready.slot, ready.address) == ("pickup", None, ADDRESS)


def test_a_visitor_is_asked_to_sign_in_and_keeps_everything(browse, lentils, kitchen):
    client = browse()
    add(client, lentils)
    slot = make_slots_now(kitchen)
    typed = {"fulfilment": "delivery", "was": "delivery", "slot": slot.public_id, "do": "place", "note": ""} | ADDRESS
    assert client.post(CART, typed)["Location"] == "/accounts/login/?next=/cart/"
    assert 'value="Linden 1"' in client.get(CART).content.decode()


def test_a_severe_allergy_is_confirmed_on_the_page(browse, ready, sam, lentils):
    sam.profile.severe_allergies = frozenset({"milk"})
    sam.profile.save()
    type(lentils).objects.update(allergens=frozenset({"milk"}), has_complete_traits=True)
    client = browse(sam)
    assert 'name="confirmed" value="milk"' in client.get(CART).content.decode()
    assert client.post(CART, form(ready)).status_code == 409
    assert client.post(CART, form(ready, confirmed=["milk"])).status_code == 302


@pytest.fixture
def order(kitchen, sam, lentils):
    return pay(make_order(sam, [lentils], quantity=2))


def test_the_order_page_is_its_customers(browse, order, sam, kim):
    page = browse(sam).get(f"/orders/{order.number}/")
    assert "The kitchen has your order" in page.content.decode()
    assert 'hx-trigger="every 5s"' in page.content.decode()
    for path in ("", "live/", "cancel", "again"):
        verb = "post" if path in ("cancel", "again") else "get"
        assert getattr(browse(kim), verb)(f"/orders/{order.number}/{path}").status_code == 404
        assert getattr(browse(), verb)(f"/orders/{order.number}/{path}")["Location"].startswith("/accounts/login/")


def test_the_live_part_is_304_until_it_moves_and_stops_at_the_end(browse, order, sam, django_assert_max_num_queries):
    client = browse(sam)
    path = f"/orders/{order.number}/live/"
    tag = client.get(path)["ETag"]
    with django_assert_max_num_queries(5):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    client.post(f"/orders/{order.number}/cancel")
    moved = client.get(path, headers={"If-None-Match": tag})
    assert (moved.status_code, "hx-get" in moved.content.decode()) == (200, False)


def test_cancelling_too_late_says_so(browse, order, sam):
    Order.objects.update(status="accepted")
    answer = browse(sam).post(f"/orders/{order.number}/cancel", follow=True)
    assert "can no longer be cancelled" in answer.content.decode()


def test_the_same_again(browse, order, sam, lentils):
    assert browse(sam).post(f"/orders/{order.number}/again")["Location"] == CART
    type(lentils).objects.update(status="archived")
    answer = browse(sam).post(f"/orders/{order.number}/again", follow=True)
    assert "cannot be ordered any more" in answer.content.decode()


def test_my_orders_and_their_table(browse, order, sam, kim):
    assert order.number in browse(sam).get("/orders/").content.decode()
    assert order.number not in browse(kim).get("/orders/?page=x").content.decode()
    Order.objects.update(customer_name="=cmd()")
    table = b"".join(browse(sam).get("/orders/export/").streaming_content).decode()
    assert f"{order.number},paid," in table
    assert ",'=cmd(),Lentil soup,2,8.00,0.00,16.00,18.50,EUR" in table


def board_path(kitchen, rest=""):
    return f"/kitchen/{kitchen.public_id}/{rest}"


def test_the_kitchens_screen_moves_orders(browse, order, cora, kitchen):
    client = browse(cora)
    assert client.get("/kitchen/")["Location"] == board_path(kitchen)
    assert "Lentil soup" in client.get(board_path(kitchen)).content.decode()
    for to in ("accepted", "preparing", "ready", "out_for_delivery", "completed"):
        order.refresh_from_db()
        client.post(f"/kitchen/orders/{order.number}/move", {"to": to, "version": order.version})
    order.refresh_from_db()
    assert order.status == "completed"
    part = client.get(board_path(kitchen), headers={"HX-Request": "true"}).content.decode()
    assert (part.lstrip().startswith('<div id="board"'), order.number in part) == (True, False)


def test_an_old_screen_is_told(browse, order, cora):
    client = browse(cora)
    path = f"/kitchen/orders/{order.number}/move"
    client.post(path, {"to": "accepted", "version": order.version})
    answer = client.post(path, {"to": "accepted", "version": order.version}, follow=True)
    assert "moved this order meanwhile" in answer.content.decode()
    answer = client.post(path, {"to": "eaten"}, follow=True)
    assert "no such step" in answer.content.decode()


@pytest.mark.parametrize("version", ["x", "-1", "1.0", "9" * 5000])
def test_a_screen_of_no_version_there_is_moves_nothing(browse, order, cora, version):
    path = f"/kitchen/orders/{order.number}/move"
    answer = browse(cora).post(path, {"to": "accepted", "version": version}, follow=True)
    order.refresh_from_db()
    assert ("moved this order meanwhile" in answer.content.decode(), order.status) == (True, "paid")


def test_two_tabs_of_one_cart_order_what_was_shown_or_ask(browse, ready, sam, stew):
    """The second tab shows the old sum: what the first added is not ordered unseen; then one order, whoever clicks."""
    first, second = browse(sam), browse(sam)
    shown = form(ready, total="18.50")
    add(first, stew, quantity=1)
    stale = second.post(CART, shown)
    assert (stale.status_code, Order.objects.count()) == (409, 0)
    assert "The price has changed" in stale.content.decode()
    fresh = form(ready, total="28.00")
    placed, again = first.post(CART, fresh), second.post(CART, fresh)
    assert (placed["Location"], Order.objects.get().lines.count()) == (again["Location"], 2)


def test_a_tab_left_open_changes_no_cart_that_is_ordered(browse, ready, sam, lentils):
    client = browse(sam)
    item = ready.items.get()
    client.post(CART, form(ready))
    assert client.post(CART, form(ready, do="save", note="More salt")).status_code == 409
    assert client.post(f"/cart/items/{item.public_id}", {"do": "remove"}).status_code == 404
    assert Order.objects.get().lines.get().quantity == item.quantity


def test_a_time_that_closed_while_one_was_typing_asks_for_another_and_loses_nothing(browse, ready, sam):
    Slot.objects.filter(pk=ready.slot_id).update(closes_at=timezone.now() - timedelta(seconds=1))
    answer = browse(sam).post(CART, form(ready, note="Ring twice"))
    page = answer.content.decode()
    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert ("It is too late for this time" in page, "Ring twice" in page, ADDRESS["street"] in page) == (True,) * 3


def test_what_sold_out_while_one_was_typing_is_named(browse, ready, sam, lentils):
    day = ready.slot.starts_at.astimezone(ZoneInfo(ready.kitchen.time_zone)).date()
    DailyPortions.objects.create(meal=lentils, day=day, capacity=0, planned=0)
    answer = browse(sam).post(CART, form(ready))
    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert "“Lentil soup” is sold out that day." in html.unescape(answer.content.decode())


def test_rejecting_asks_why(browse, order, cora):
    client = browse(cora)
    assert "Reject this order" in client.get(f"/kitchen/orders/{order.number}/").content.decode()
    path = f"/kitchen/orders/{order.number}/move"
    assert client.post(path, {"to": "rejected", "reason": ""}).status_code == 400
    client.post(path, {"to": "rejected", "reason": "No lentils"})
    assert Event.objects.filter(name="orders.order.rejected").get().data["reason"] == "No lentils"


def test_strangers_find_no_kitchen(browse, order, sam, ada, kitchen):
    other = make_cook(make_kitchen("Other", is_default=False))
    for person in (sam, ada, other):
        client = browse(person)
        for rest in ("", "portions/", "slots/", "export/"):
            assert client.get(board_path(kitchen, rest)).status_code == 404
        for path in ("", "ticket/"):
            assert client.get(f"/kitchen/orders/{order.number}/{path}").status_code == 404
        assert client.post(f"/kitchen/orders/{order.number}/move", {"to": "accepted"}).status_code == 404
    assert browse(sam).get("/kitchen/").status_code == 404


def test_support_chooses_a_kitchen(browse, mia, kitchen):
    make_kitchen("Other", is_default=False)
    assert "Other" in browse(mia).get("/kitchen/").content.decode()


def test_the_ticket_and_the_table(browse, order, cora, kitchen):
    client = browse(cora)
    assert "Linden 1" in client.get(f"/kitchen/orders/{order.number}/ticket/").content.decode()
    table = b"".join(client.get(board_path(kitchen, "export/")).streaming_content).decode()
    assert order.number in table


def test_portions_of_today(browse, cora, kitchen, lentils):
    client = browse(cora)
    path = board_path(kitchen, "portions/")
    client.post(path, {"meal": lentils.slug, "planned": "12"})
    assert DailyPortions.objects.get().planned == 12
    assert 'value="12"' in client.get(path).content.decode()
    DailyPortions.objects.update(taken=10, capacity=12)
    assert "over by 2" in client.post(path, {"meal": lentils.slug, "planned": "8"}, follow=True).content.decode()
    assert "Give a number" in client.post(path, {"meal": lentils.slug, "planned": "-8"}, follow=True).content.decode()
    assert client.post(path, {"meal": "nothing", "planned": "8"}).status_code == 404


def test_times_are_cancelled(browse, cora, kitchen):
    slot = make_slots_now(kitchen)
    client = browse(cora)
    path = board_path(kitchen, "slots/")
    assert "Cancel this time" in client.get(path).content.decode()
    client.post(path, {"slot": slot.public_id, "reason": ""})
    client.post(path, {"slot": slot.public_id, "reason": "The van broke down"})
    assert Slot.objects.get(pk=slot.pk).is_cancelled
    assert client.post(path, {"slot": "nothing", "reason": "x"}).status_code == 404


def test_the_meals_page_says_what_is_left(browse, kitchen, lentils):
    make_slots_now(kitchen)
    path = lentils.get_absolute_url()
    page = browse().get(f"{path}?via=abc").content.decode()
    assert 'name="via" value="abc"' in page
    assert "Next:" in page
    type(lentils).objects.update(portions_per_day=3)
    assert "3 portions left today" in browse().get(path).content.decode()
    type(lentils).objects.update(portions_per_day=0)
    assert "Sold out today" in browse().get(path).content.decode()
    kitchen.is_active = False
    kitchen.save()
    assert "No kitchen takes orders" in browse().get(path).content.decode()


def test_staff_move_an_order_with_a_reason(browse, order, mia, admin_client):
    page = admin_client.get(f"/admin/orders/order/?q={order.number}")
    assert order.number in page.content.decode()
    data = {"action": "accept", "_selected_action": [order.pk], "reason": "The kitchen called"}
    admin_client.post("/admin/orders/order/", data)
    order.refresh_from_db()
    assert (order.status, order.moves.last().reason) == ("accepted", "The kitchen called")
    for path in (
        f"order/{order.pk}/change/",
        "kitchen/",
        "slot/",
        "dailyportions/",
        f"kitchen/{order.kitchen_id}/change/",
    ):
        assert admin_client.get(f"/admin/orders/{path}").status_code == 200
