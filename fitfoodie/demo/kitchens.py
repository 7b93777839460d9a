"""The kitchen of the demo world: open every day, so that ordering works at once."""

from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from orders.enums import Fulfilment
from orders.models import Kitchen, KitchenMember, OpeningTime
from orders.services.slots import make_slots

_HOURS = ((time(11), time(14)), (time(17), time(21)))


@transaction.atomic
def make_kitchen(*, cooks: Iterable[User], now: datetime) -> Kitchen:
    """The default one, found again on a second run; its slots are made either way."""
    kitchen, is_new = Kitchen.objects.get_or_create(
        is_default=True,
        defaults={
            "name": "Basil Kitchen",
            "address": "Lindenstraße 12, 10969 Berlin",
            "email": "kitchen@demo.test",
            "time_zone": "Europe/Berlin",
            "delivery_fee": Decimal("2.90"),
            "free_delivery_from": Decimal("30.00"),
        },
    )
    if is_new:
        OpeningTime.objects.bulk_create(
            OpeningTime(kitchen=kitchen, fulfilment=fulfilment, weekday=day, starts=starts, ends=ends, capacity=10)
            for fulfilment in Fulfilment.values
            for day in range(7)
            for starts, ends in _HOURS
        )
    for cook in cooks:
        KitchenMember.objects.get_or_create(kitchen=kitchen, person=cook)
    make_slots(kitchen=kitchen, now=now)
    return kitchen
