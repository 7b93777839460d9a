"""Carts of people who have not signed in. Apps hold a signed token, pages the session; both lead to one row."""

from datetime import datetime

from django.core import signing
from django.http import HttpResponse
from rest_framework.request import Request

from fitfoodie.common.api.exceptions import ProblemError
from fitfoodie.common.api.problems import Problem
from orders.models import Cart
from orders.services.cart import open_cart
from orders.services.visiting import SESSION_KEY, cart_for

HEADER = "Cart-Token"
_signer = signing.Signer(salt="orders.cart")


def token_of(cart: Cart) -> str:
    return _signer.sign(cart.public_id)


def _visitor_cart(request: Request) -> str:
    """Raises 400 for a token that is not ours: a client that lost its cart shall hear of it."""
    token = request.headers.get(HEADER)
    if not token:
        return str(request._request.session.get(SESSION_KEY, ""))
    try:
        return str(_signer.unsign(token))
    except signing.BadSignature:
        detail = "This Cart-Token is not one of ours. Leave it out to start with an empty cart."
        raise ProblemError(Problem(400, "bad_request", detail)) from None


def cart_of(request: Request, *, now: datetime) -> Cart:
    """The caller's cart, made where there is none; what they collected before they signed in is in it."""
    return open_cart(person=request.user, visitor_cart=_visitor_cart(request), now=now)


def cart_to_read(request: Request, *, now: datetime) -> Cart | None:
    """The same without making one."""
    return cart_for(person=request.user, visitor_cart=_visitor_cart(request), now=now)


def with_token(response: HttpResponse, request: Request, cart: Cart | None) -> HttpResponse:
    """Tells a visitor the token to send with the next request."""
    if cart is not None and request.user.is_anonymous:
        response[HEADER] = token_of(cart)
    return response
