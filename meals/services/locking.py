"""The row every change of a meal decides on."""

from meals.models import Meal


def locked_meal(meal_id: int) -> Meal:
    """The meal, locked until the transaction ends, so that decisions on it are made one after another.

    NO KEY: whoever only points at the meal (a save, a review) need not wait. Raises Meal.DoesNotExist.
    """
    return Meal.objects.select_for_update(no_key=True).get(pk=meal_id)
