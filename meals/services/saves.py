"""Keeping a meal for later. Both verbs may be said twice; the counter moves with the row (REC-13)."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import NotAllowedError
from fitfoodie.events.services import record
from meals import rules
from meals.events import MealSaved, MealUnsaved
from meals.models import Meal, SavedMeal


@transaction.atomic
def save_meal(*, meal_id: int, user: User) -> bool:
    """Whether it was not saved before. Raises Meal.DoesNotExist for what the person may not see, NotAllowedError."""
    if not rules.may_write(user):
        raise NotAllowedError(_("Sign in to save meals."))
    meal = Meal.objects.visible_to(user).get(pk=meal_id)
    _row, is_new = SavedMeal.objects.get_or_create(user=user, meal=meal)
    if is_new:
        Meal.objects.filter(pk=meal.pk).update(save_count=F("save_count") + 1)
        record(MealSaved(meal_id=meal.pk, user_id=user.pk), actor=user, subject=meal)
    return is_new


@transaction.atomic
def unsave_meal(*, meal_id: int, user: User) -> bool:
    """Whether it was saved. Works on meals that have meanwhile been hidden, or nobody could tidy up."""
    deleted, _rows = SavedMeal.objects.filter(user=user, meal_id=meal_id).delete()
    if deleted:
        Meal.objects.filter(pk=meal_id).update(save_count=F("save_count") - 1)
        record(MealUnsaved(meal_id=meal_id, user_id=user.pk), actor=user, subject=Meal(pk=meal_id))
    return bool(deleted)
