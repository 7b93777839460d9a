"""Where pages lead to a cart, to orders and to the kitchen."""

import json
import re
from datetime import timedelta

from django.core.cache import cache

from meals.tests.factories import make_meal
from orders.models import AffiliateLink, Click, LineAttribution
from orders.services import cart as carts
from orders.tests.factories import ADDRESS, NOW, filled_cart, make_slots_now
from orders.tests.factories_affiliate import BROWSER

ADD, CART = "/cart/add", "/cart/"


def test_a_card_puts_one_portion_into_the_cart_and_says_so(browse, lentils, kitchen):
    client = browse()
    page = client.get("/meals/?via=abc").content.decode()
    assert f'form="card-order" name="meal" value="{lentils.slug}"' in page
    assert '<input type="hidden" name="via" value="abc">' in page
    answer = client.post(ADD, {"meal": lentils.slug}, headers={"HX-Request": "true"})
    assert '<span id="cart-count" class="cart-count number" hx-swap-oob="true">1</span>' in answer.content.decode()
    assert json.loads(answer["HX-Trigger"]) == {"toast": {"text": "“Lentil soup” is in your cart.", "level": "success"}}
    kitchen.is_active = False
    kitchen.save()
    refused = client.post(ADD, {"meal": lentils.slug}, headers={"HX-Request": "true"})
    assert (refused.status_code, json.loads(refused["HX-Trigger"])["toast"]["level"]) == (204, "error")


def test_what_cannot_be_ordered_has_no_button(browse, ada):
    make_meal(ada, "Only read", publish=True)
    assert 'name="meal"' not in browse().get("/meals/").content.decode()


def test_a_visitor_follows_a_link_orders_and_its_creator_is_credited(browse, lentils, kitchen, sam, ben):
    link = AffiliateLink.objects.create(creator=ben, code="bens", path="/meals/")
    client = browse()
    landing = client.get("/r/bens", headers={"User-Agent": BROWSER})["Location"]
    via = re.search(r'name="via" value="([^"]+)"', client.get(landing).content.decode())
    client.post(ADD, {"meal": lentils.slug, "via": via[1]})
    client.force_login(sam)
    client.get(CART)
    slot = make_slots_now(kitchen)
    cart = carts.find_cart(person=sam)
    typed = {"cart": cart.public_id, "total": "10.50", "fulfilment": "delivery", "slot": slot.public_id, "do": "place"}
    client.post(CART, typed | ADDRESS)
    attributed = LineAttribution.objects.get(line__order__customer=sam)
    assert (attributed.creator, attributed.link, attributed.click.person) == (ben, link, sam)


def test_an_old_click_is_not_kept_in_the_cart(lentils, sam, ben):
    link = AffiliateLink.objects.create(creator=ben, code="bens", path="/meals/")
    old = Click.objects.create(link=link, clicked_at=NOW - timedelta(days=400))
    cart = carts.open_cart(person=sam, now=NOW)
    carts.add_to_cart(cart_id=cart.pk, meal_id=lentils.pk, quantity=1, person=sam, now=NOW, click=old.public_id)
    cart.refresh_from_db()
    assert cart.click is None


def test_the_count_in_the_header_follows_other_doors(browse, lentils, sam, django_capture_on_commit_callbacks):
    cache.clear()
    client = browse(sam)
    with django_capture_on_commit_callbacks(execute=True):
        filled_cart(sam, [lentils], quantity=3)
    assert [client.get(CART).context["cart_count"], client.get("/").context["cart_count"]] == [3, 3]
    cart = carts.find_cart(person=sam)
    with django_capture_on_commit_callbacks(execute=True):
        carts.empty_cart(cart_id=cart.pk)
    assert client.get("/").context["cart_count"] == 0
    assert client.session["cart_count"] == 0


def test_orders_and_kitchen_are_found_from_ones_own_pages(browse, sam, cora, lentils):
    assert 'href="/orders/"' in browse(sam).get(sam.get_absolute_url()).content.decode()
    customer = browse(sam)
    customer.post(ADD, {"meal": lentils.slug, "quantity": 2})
    assert 'href="/orders/"' in customer.get(CART).content.decode()
    pages = [browse(person).get("/orders/").content.decode() for person in (sam, cora)]
    assert ['href="/kitchen/"' in page for page in pages] == [False, True]
