"""How many portions are in the cart, for the header of every page, whichever door changed it.

Whoever changes a cart leaves a mark in the cache; the next page counts once. A page after no change asks no database:
it takes what is cached, else what the pages of this session counted last.
"""

from collections.abc import MutableMapping
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Sum

from orders.enums import CartState
from orders.models import Cart, CartItem

# In the session: the id of a visitor's cart, and the portions last counted.
SESSION_KEY = "cart"
COUNT_KEY = "cart_count"
_CHANGED = -1
_KEPT = 30 * 86400


def note_change(cart: Cart) -> None:
    """Once the transaction of the caller is through; a cache that is away breaks no order."""
    transaction.on_commit(partial(cache.set, _key(cart.owner_id, cart.public_id), _CHANGED, _KEPT), robust=True)


def portions_in_cart(*, person: Any, session: MutableMapping[str, Any]) -> int:
    """The session follows the cache, so that an evicted entry falls back to what was true."""
    seen = int(session.get(COUNT_KEY, 0))
    visitor_cart = session.get(SESSION_KEY, "")
    if person.pk is None and not visitor_cart:
        return seen
    key = _key(person.pk, visitor_cart)
    known = cache.get(key)
    if known == _CHANGED:
        known = _counted(person.pk, visitor_cart)
        cache.set(key, known, _KEPT)
    if known is not None and known != seen:
        session[COUNT_KEY] = known
    return seen if known is None else int(known)


def _key(owner_id: int | None, public_id: str) -> str:
    return f"cart-count:{'visitor' if owner_id is None else 'member'}:{owner_id or public_id}"


def _counted(owner_id: int | None, public_id: str) -> int:
    whose = {"cart__owner": None, "cart__public_id": public_id} if owner_id is None else {"cart__owner_id": owner_id}
    items = CartItem.objects.filter(cart__state=CartState.OPEN, **whose)
    return int(items.aggregate(portions=Sum("quantity"))["portions"] or 0)
