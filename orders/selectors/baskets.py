"""From rows to the values that prices are computed from, in as many queries for one line and code as for many."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery, prefetch_related_objects

from fitfoodie.common.money import ZERO
from meals.models import Meal
from orders.enums import DEAD, Fulfilment, Funder, PromoKind, PromoScope
from orders.models import Cart, CartItem, Order, PromoCode, Redemption
from orders.pricing.shapes import Basket, BasketLine, CustomerFacts, Terms

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Uses:
    """What the customer has used: `by_promo` for other orders, `own` for the order of this very cart (ORD-6)."""

    by_promo: dict[int, int] = field(default_factory=dict)
    own: dict[int, Decimal] = field(default_factory=dict)


def basket_of(cart: Cart, customer: Any, *, items: Sequence[CartItem] | None = None) -> Basket:
    """Lines have the primary key of their cart item as `key`. What has no price at the moment counts as nothing.

    `items` are those of the cart with their meals, where the caller has read them.
    """
    typed = _typed(cart, customer)
    promos = [row.promo for row in typed]
    lines = _lines(
        list(cart.items.select_related("meal")) if items is None else items,
        with_tags=any(promo.scope == PromoScope.TAGS for promo in promos),
    )
    uses = _uses(typed)
    kitchen = cart.kitchen
    return Basket(
        lines=lines,
        codes=tuple(terms_of(promo, uses) for promo in promos),
        customer=_facts(cart, customer, promos, uses),
        currency=kitchen.currency if kitchen else settings.DEFAULT_CURRENCY,
        tax_rate=kitchen.tax_rate if kitchen else ZERO,
        delivery_fee=_delivery_fee(cart, sum((line.gross for line in lines), ZERO)),
    )


def terms_of(promo: PromoCode, uses: Uses) -> Terms:
    """`promo` comes with its creator, and with the meals or tags that its scope asks for."""
    return replace(
        bare_terms(promo, uses),
        creator_name=promo.creator.name if promo.creator else "",
        meal_ids=frozenset(meal.pk for meal in promo.meals.all()) if promo.scope == PromoScope.MEALS else frozenset(),
        tag_ids=frozenset(tag.pk for tag in promo.tags.all()) if promo.scope == PromoScope.TAGS else frozenset(),
    )


def bare_terms(promo: PromoCode, uses: Uses) -> Terms:
    """What the row itself says, without asking which meals it is about."""
    own = uses.own.get(promo.pk)
    return Terms(
        key=promo.pk,
        code=promo.code,
        kind=PromoKind(promo.kind),
        percent=promo.percent,
        amount=promo.amount,
        buy_quantity=promo.buy_quantity,
        get_quantity=promo.get_quantity,
        currency=promo.currency,
        creator_id=promo.creator_id,
        creator_name="",
        funder=Funder(promo.funder),
        scope=PromoScope(promo.scope),
        meal_ids=frozenset(),
        tag_ids=frozenset(),
        min_subtotal=promo.min_subtotal,
        starts_at=promo.starts_at,
        ends_at=promo.ends_at,
        uses_left=None if promo.left is None else promo.left + (own is not None),
        per_customer=promo.per_customer,
        is_first_order_only=promo.is_first_order_only,
        is_stackable=promo.is_stackable,
        budget_left=None if promo.budget is None else promo.budget - promo.spent + (own or ZERO),
        is_active=promo.is_active,
    )


def has_ordered(customer_id: int, *, but_not: dict[str, Any]) -> bool:
    """Whether an order of theirs counts as one; those that never came to be and those for trying out do not."""
    orders = Order.objects.filter(customer_id=customer_id, is_test=False).exclude(status__in=DEAD)
    return orders.exclude(**but_not).exists()


def _typed(cart: Cart, customer: Any) -> list[Any]:
    """The codes of the cart as they were typed, each with what the customer has used of it."""
    rows = cart.typed_codes.select_related("promo__creator").order_by("typed_at", "pk")
    typed: list[Any] = list(rows if customer.pk is None else rows.annotate(**_used(cart, customer)))
    promos = [row.promo for row in typed]
    for scope, names in ((PromoScope.MEALS, "meals"), (PromoScope.TAGS, "tags")):
        prefetch_related_objects([promo for promo in promos if promo.scope == scope], names)
    return typed


def _used(cart: Cart, customer: Any) -> dict[str, Subquery]:
    """Asked with the codes themselves: uses of other orders, and what the order of this very cart saved (ORD-6)."""
    counted = Redemption.objects.filter(
        promo=OuterRef("promo"), customer_id=customer.pk, released_at=None, order__is_test=False
    ).order_by()
    own = Q(order__cart=cart, order__cart__isnull=False)
    elsewhere = counted.exclude(own).values("promo").annotate(uses=Count("pk")).values("uses")
    return {"used_elsewhere": Subquery(elsewhere), "saved_here": Subquery(counted.filter(own).values("amount")[:1])}


def _lines(items: Sequence[CartItem], *, with_tags: bool) -> tuple[BasketLine, ...]:
    tags = _tags([item.meal_id for item in items]) if with_tags else {}
    return tuple(_line(item, frozenset(tags.get(item.meal_id, ()))) for item in items)


def _line(item: CartItem, tag_ids: frozenset[int]) -> BasketLine:
    meal = item.meal
    price = meal.price.amount if meal.price is not None else ZERO
    return BasketLine(item.pk, meal.pk, meal.creator_id, tag_ids, meal.title, price, item.quantity)


def _tags(meal_ids: Sequence[int]) -> dict[int, set[int]]:
    tags: dict[int, set[int]] = defaultdict(set)
    for meal_id, tag_id in Meal.tags.through.objects.filter(meal_id__in=meal_ids).values_list("meal_id", "tag_id"):
        tags[meal_id].add(tag_id)
    return tags


def _uses(typed: Sequence[Any]) -> Uses:
    elsewhere = {row.promo_id: getattr(row, "used_elsewhere", None) for row in typed}
    here = {row.promo_id: getattr(row, "saved_here", None) for row in typed}
    return Uses(
        {key: uses for key, uses in elsewhere.items() if uses},
        # SQLite reads the amount of a subquery as floating point.
        {key: Decimal(saved).quantize(_CENT) for key, saved in here.items() if saved is not None},
    )


def _facts(cart: Cart, customer: Any, promos: Sequence[PromoCode], uses: Uses) -> CustomerFacts:
    if customer.pk is None:
        return CustomerFacts(is_known=False)
    is_asked = any(promo.is_first_order_only for promo in promos)
    ordered = is_asked and has_ordered(customer.pk, but_not={"cart_id": cart.pk})
    return CustomerFacts(is_known=True, has_ordered=ordered, uses=dict(uses.by_promo))


def _delivery_fee(cart: Cart, subtotal: Decimal) -> Decimal:
    """Free from the kitchen's threshold on, which is asked of the meals before any code."""
    kitchen = cart.kitchen
    if kitchen is None or cart.fulfilment != Fulfilment.DELIVERY or not subtotal:
        return ZERO
    is_free = kitchen.free_delivery_from is not None and subtotal >= kitchen.free_delivery_from
    return ZERO if is_free else kitchen.delivery_fee
