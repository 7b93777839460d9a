"""The sum on the page of the cart: every step, then the total; what the form sends back is read in every language."""

import pytest
from django.urls import reverse
from django.utils import timezone

from meals.tests.factories import make_creator, make_user
from orders.models import Order
from orders.tests.factories import filled_cart, make_dish, make_kitchen, make_slots_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def cart(db):
    kitchen = make_kitchen()
    dish = make_dish(make_creator("nadja"))
    return filled_cart(make_user("otto"), [dish], quantity=2, slot=make_slots_now(kitchen), now=timezone.now())


def test_the_last_row_is_the_total(client, cart):
    client.force_login(cart.owner)
    page = client.get(reverse("orders:cart")).content.decode()
    assert page.count('<div class="total">') == 1
    assert '<div class="total"><dt>Total</dt>' in page


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_form_sends_the_total_as_a_number(client, cart, language):
    client.force_login(cart.owner)
    client.cookies["django_language"] = language
    page = client.get(reverse("orders:cart"), headers={"accept-language": language}).content.decode()
    sent = page.split('name="total" value="')[1].split('"')[0]
    assert float(sent) > 0
    assert not Order.objects.exists()
