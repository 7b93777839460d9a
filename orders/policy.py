"""Whose orders are whose: the customer's own, those of kitchens one works in, and all of them for staff (ORD-16)."""

from typing import Any

from django.db.models import Q, QuerySet

from orders.models import Kitchen, KitchenMember, Order

VIEW = "orders.view_order"
CHANGE = "orders.change_order"


def is_order_staff(person: Any) -> bool:
    """May correct what customers and kitchens cannot, with a reason."""
    return bool(person is not None and person.is_active and person.has_perm(CHANGE))


def may_see_all(person: Any) -> bool:
    return bool(person.is_active and person.has_perm(VIEW))


def kitchens_of(person: Any) -> "QuerySet[Kitchen]":
    """Those whose orders the person works."""
    if person.pk is None:
        return Kitchen.objects.none()
    if may_see_all(person):
        return Kitchen.objects.filter(chain=None)
    return Kitchen.objects.filter(
        chain=None, pk__in=KitchenMember.objects.filter(person_id=person.pk).values("kitchen_id")
    )


def works_in(person: Any, kitchen_id: int) -> bool:
    return bool(
        person is not None and KitchenMember.objects.filter(kitchen_id=kitchen_id, person_id=person.pk).exists()
    )


def orders_visible_to(person: Any) -> "QuerySet[Order]":
    if person.pk is None:
        return Order.objects.none()
    if may_see_all(person):
        return Order.objects.all()
    kitchens = KitchenMember.objects.filter(person_id=person.pk).values("kitchen_id")
    return Order.objects.filter(Q(customer_id=person.pk) | Q(kitchen_id__in=kitchens))


def may_refund(person: Any, order: Order) -> bool:
    """The kitchen that cooks it, and staff; nobody their own order, unless they work in its kitchen."""
    if works_in(person, order.kitchen_id):
        return True
    return is_order_staff(person) and order.customer_id != person.pk
