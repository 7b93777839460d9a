"""Codes on the page of the cart."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from orders.models import CartCode
from orders.services.cart import add_to_cart, find_cart, open_cart
from orders.services.quoting import quote_cart
from orders.tests.factories_pricing import make_code
from orders.views.codes import CART_PAGE, codes_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper(client, sam, lentils):
    now = timezone.now()
    cart = open_cart(person=sam, now=now)
    add_to_cart(cart_id=cart.pk, meal_id=lentils.pk, quantity=1, person=sam, now=now)
    client.force_login(sam)
    return client


def shown(client, sam):
    """The part of the page as it would be drawn now."""
    request = RequestFactory().get("/cart/")
    request.user, request.session = sam, client.session
    quote = quote_cart(cart=find_cart(person=sam), customer=sam, now=timezone.now())
    context = codes_context(request, quote)
    request.session.save()
    return render_to_string("orders/_codes.html", context, request)


def test_a_code_is_used_and_taken_out(shopper, sam):
    make_code("SPRING", percent=25)
    assert shopper.post("/cart/codes/use", {"code": "spring"})["Location"] == CART_PAGE
    html = shown(shopper, sam)
    assert "SPRING" in html
    assert "€2.00" in html
    assert shopper.post("/cart/codes/remove", {"code": "SPRING"})["Location"] == CART_PAGE
    assert CartCode.objects.count() == 0


def test_a_code_that_does_not_apply_says_why(shopper, sam):
    make_code("HALF", percent=50)
    make_code("LONER", percent=30, is_stackable=False)
    for code in ("HALF", "LONER"):
        shopper.post("/cart/codes/use", {"code": code})
    assert "Cannot be combined: on its own it saves €2.40, your other codes save €4.00." in shown(shopper, sam)


def test_a_refusal_stands_beside_the_field_once_and_nothing_typed_is_lost(shopper, sam):
    shopper.post("/cart/codes/use", {"code": "nonsense"})
    html = shown(shopper, sam)
    assert "There is no such code. Check the spelling." in html
    assert 'value="nonsense"' in html
    assert "nonsense" not in shown(shopper, sam)


def test_a_visitor_is_told_nothing_that_helps_guessing(client):
    make_code("GONE", percent=10, is_active=False)
    client.post("/cart/codes/use", {"code": "gone"})
    assert client.session["cart_code_refused"]["text"] == "This code cannot be used here. Sign in to see why."


def test_taking_out_without_a_cart_changes_nothing(client):
    assert client.post("/cart/codes/remove", {"code": "X10"}).status_code == 302
    assert client.get("/cart/codes/use").status_code == 405
