"""The cart of whoever is asking: a member's own, or the one whose id lies in the visitor's session.

What a visitor collected is merged lazily, on the first request after signing in that wants the cart: no signal, no
hook in signing in, and nothing is lost when the session survives by another way.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from orders.models import Cart
from orders.services.cart import find_cart, open_cart
from orders.services.cart_count import COUNT_KEY, SESSION_KEY

__all__ = ["COUNT_KEY", "SESSION_KEY", "cart_for", "cart_of_session", "open_cart_of_session"]

_VISITOR = AnonymousUser()


def cart_for(*, person: Any, visitor_cart: str, now: datetime) -> Cart | None:
    """The open cart, if there is one; what waits to be merged is in it."""
    if person.pk is not None and visitor_cart and find_cart(person=_VISITOR, visitor_cart=visitor_cart):
        return open_cart(person=person, visitor_cart=visitor_cart, now=now)
    return find_cart(person=person, visitor_cart=visitor_cart)


def cart_of_session(*, person: Any, session: Any, now: datetime) -> Cart | None:
    """For pages. A merged cart is forgotten by the session."""
    cart = cart_for(person=person, visitor_cart=session.get(SESSION_KEY, ""), now=now)
    if person.pk is not None and SESSION_KEY in session:
        del session[SESSION_KEY]
    return cart


def open_cart_of_session(*, person: Any, session: Any, now: datetime) -> Cart:
    """For pages that put something in."""
    cart = cart_of_session(person=person, session=session, now=now) or open_cart(person=person, now=now)
    if person.pk is None:
        session[SESSION_KEY] = cart.public_id
    return cart
