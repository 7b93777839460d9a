"""Portions of a meal on a day: counted where they are sold, limited where somebody said a number (ORD-12)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError
from fitfoodie.events.services import record
from meals.models import Meal
from orders import policy
from orders.events import PortionsPlanned
from orders.models import DailyPortions
from orders.services.kitchens import kitchen_of

MAX_PORTIONS = 100_000


def locked_portions(*, meals: Sequence[Meal], day: date) -> dict[int, DailyPortions]:
    """The rows of these meals on that day, by meal; made from the recipe's own number at the first sale of the day.

    Two queries. The rows are locked, in the order of their keys as everywhere. Inserted in the order of the meals'
    keys, so that two first orders cannot wait for each other for ever.
    """
    rows = [
        DailyPortions(meal=meal, day=day, capacity=meal.portions_per_day, planned=meal.portions_per_day)
        for meal in sorted(meals, key=lambda meal: meal.pk)
    ]
    DailyPortions.objects.bulk_create(rows, ignore_conflicts=True)
    found = DailyPortions.objects.filter(day=day, meal_id__in=[meal.pk for meal in meals])
    return {row.meal_id: row for row in found.select_for_update(no_key=True).order_by("pk")}


@transaction.atomic
def plan_portions(*, meal_id: int, day: date, planned: int | None, actor: User, now: datetime) -> DailyPortions:
    """How many portions the kitchen cooks that day; None is without limit. The answer says by how much it is over.

    Locks the row. Raises Meal.DoesNotExist for people who do not work in the kitchen of the meal, DomainError.
    """
    meal = _cooked_meal(meal_id, actor)
    if planned is not None and not 0 <= planned <= MAX_PORTIONS:
        raise DomainError(_("Give a number of portions, or none for no limit."), code="out_of_range", field="planned")
    row = locked_portions(meals=[meal], day=day)[meal.pk]
    row.planned = planned
    settle_capacity(row)
    fact = PortionsPlanned(meal_id=meal.pk, day=day.isoformat(), planned=planned, over_by=row.over_by)
    record(fact, actor=actor, subject=row)
    return row


def _cooked_meal(meal_id: int, actor: User) -> Meal:
    meal = Meal.objects.get(pk=meal_id)
    if not (policy.is_order_staff(actor) or policy.works_in(actor, kitchen_of(meal=meal).pk)):
        raise Meal.DoesNotExist
    return meal


def settle_capacity(row: DailyPortions) -> None:
    """What was planned, or what is sold where that is more. `row` is locked."""
    row.capacity = None if row.planned is None else max(row.planned, row.taken)
    row.save(update_fields=["planned", "capacity"])
