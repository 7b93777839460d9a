"""Whether this customer may order these meals now. Refusals never tell who blocked whom (rules: across domains)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meals.enums import MealStatus
from meals.models import Meal
from orders.models import Kitchen
from social import policy as social


def orderable(customer: Any) -> "QuerySet[Meal]":
    """Those the customer may see, with a price, whose creator is there for them."""
    meals = Meal.objects.visible_to(customer).filter(social.there_for(customer, "creator"))
    return meals.filter(status=MealStatus.PUBLISHED, price__isnull=False)


def there_to_order(*, meal_ids: Iterable[int], customer: Any) -> set[int]:
    """One query."""
    return set(orderable(customer).filter(pk__in=list(meal_ids)).values_list("pk", flat=True))


def why_not(*, meal: Meal, there: set[int], kitchen: Kitchen | None) -> str:
    """One neutral sentence, or nothing when the meal can be ordered."""
    if meal.pk not in there:
        return _("This meal cannot be ordered at the moment.")
    if kitchen is not None and str(meal.price.currency) != kitchen.currency:
        return _("This meal is sold in another currency than the rest.")
    return ""
