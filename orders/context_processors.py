from typing import Any

from django.http import HttpRequest

from orders.services.cart_count import portions_in_cart


def cart_badge(request: HttpRequest) -> dict[str, Any]:
    """Portions in the cart, for the header; counted anew only after the cart has changed."""
    session, person = getattr(request, "session", None), getattr(request, "user", None)
    if session is None or person is None:
        return {"cart_count": 0}
    return {"cart_count": portions_in_cart(person=person, session=session)}
