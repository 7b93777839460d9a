"""What is asked about the people who may earn on an order when it is placed, all of it in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import User
from orders.models import CommissionRate, KitchenCreator, KitchenMember


@dataclass
class Earner:
    """`rate` is what staff set for them at that instant, if anything; `is_colleague`: the buyer works in a kitchen that
    cooks for them by name, or in which they work too."""

    rate: Decimal | None = None
    is_colleague: bool = False
    addresses: set[str] = field(default_factory=set)


def earners(*, creator_ids: Iterable[int], buyer_id: int | None, at: datetime) -> dict[int, Earner]:
    """By primary key, the buyer among them. One query."""
    wanted = {*creator_ids, *([] if buyer_id is None else [buyer_id])}
    kitchens = KitchenMember.objects.filter(person=buyer_id) if buyer_id else KitchenMember.objects.none()
    rows = User.objects.filter(pk__in=wanted).annotate(
        rate=Subquery(rates_in_force(at).filter(creator=OuterRef("pk")).values("rate")[:1]),
        is_colleague=_works_in(kitchens.values("kitchen")),
    )
    found: dict[int, Earner] = {}
    for pk, rate, is_colleague, *addresses in rows.values_list(
        "pk", "rate", "is_colleague", "email", "emailaddress__email"
    ):
        person = found.setdefault(pk, Earner(rate, is_colleague))
        person.addresses |= set(filter(None, addresses))
    return found


def rates_in_force(at: datetime) -> "QuerySet[CommissionRate]":
    """Set by staff, the last one first."""
    return CommissionRate.objects.filter(valid_from__lte=at).order_by("-valid_from", "-pk")


def _works_in(kitchens: "QuerySet[KitchenMember, Any]") -> Exists:
    cooks_for = KitchenCreator.objects.filter(creator=OuterRef("pk"), kitchen__in=kitchens)
    works_there = KitchenMember.objects.filter(person=OuterRef("pk"), kitchen__in=kitchens)
    return Exists(cooks_for) | Exists(works_there)  # type: ignore[return-value]  # two conditions are one
