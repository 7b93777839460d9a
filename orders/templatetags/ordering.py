"""What a meal's page says of ordering it."""

from typing import Any

from django import template
from django.utils import timezone

from fitfoodie.common.errors import ConflictError
from meals.models import Meal
from orders.models import DailyPortions
from orders.selectors.slots import open_slots
from orders.services.kitchens import kitchen_of, local_day

register = template.Library()


@register.inclusion_tag("orders/_order_box.html", takes_context=True)
def order_box(context: Any, meal: Meal) -> dict[str, Any]:
    """Portions and a button; sold out today, with the next time there is. Three queries, of orderable meals alone."""
    request = context["request"]
    now = timezone.now()
    try:
        kitchen = kitchen_of(meal=meal)
    except ConflictError:
        return {"is_offered": False}
    slot = open_slots(kitchen, now=now).first()
    day = local_day(kitchen, now)
    row = DailyPortions.objects.filter(meal=meal, day=day).first()
    left = row.left if row else meal.portions_per_day
    return {
        "is_offered": True,
        "meal": meal,
        "slot": slot,
        "zone": kitchen.time_zone,
        "left": left,
        "is_few": left is not None and left <= 10,
        "via": request.GET.get("via", ""),
        "csrf_token": context.get("csrf_token", ""),
    }
