"""Which kitchen cooks a meal, and what day it is there."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from fitfoodie.common.errors import ConflictError
from meals.models import Meal
from orders.models import Kitchen, KitchenCreator


def kitchen_of_creator(*, creator_id: int) -> Kitchen:
    """The kitchen that names the creator, and no other; else the default one. Raises ConflictError.

    A kitchen that names a creator and takes no orders is not stood in for: it is the one that may cook for them.
    """
    named = KitchenCreator.objects.filter(creator_id=creator_id).values("kitchen_id")
    found = list(Kitchen.objects.filter(Q(pk__in=named) | Q(is_default=True)).order_by("is_default", "pk"))
    own = [kitchen for kitchen in found if not kitchen.is_default] or found
    if not own or not own[0].is_active:
        raise ConflictError(_("No kitchen takes orders for this meal at the moment."), code="no_kitchen")
    return own[0]


def kitchen_of(*, meal: Meal) -> Kitchen:
    """Raises ConflictError."""
    return kitchen_of_creator(creator_id=meal.creator_id)


def local_day(kitchen: Kitchen, at: datetime) -> date:
    """The day of the kitchen's own calendar (ORD-17)."""
    return at.astimezone(ZoneInfo(kitchen.time_zone)).date()


def days_ahead(kitchen: Kitchen, *, now: datetime, days: int) -> list[date]:
    today = local_day(kitchen, now)
    return [today + timedelta(days=count) for count in range(days)]
