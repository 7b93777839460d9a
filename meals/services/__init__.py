"""The verbs of meals: every door goes through these, none around them."""

from meals.content import UNSET, MealContent
from meals.services.lifecycle import (
    archive_meal,
    delete_meal,
    publish_due_meals,
    publish_meal,
    restore_meal,
    schedule_meal,
    unpublish_meal,
)
from meals.services.recompute import recompute_meal
from meals.services.reviews import delete_review, hide_review, show_review, write_review
from meals.services.saves import save_meal, unsave_meal
from meals.services.write_meal import content_of, create_meal, edit_meal
from meals.validators import InvalidMealError

__all__ = [
    "UNSET",
    "InvalidMealError",
    "MealContent",
    "archive_meal",
    "content_of",
    "create_meal",
    "delete_meal",
    "delete_review",
    "edit_meal",
    "hide_review",
    "publish_due_meals",
    "publish_meal",
    "recompute_meal",
    "restore_meal",
    "save_meal",
    "schedule_meal",
    "show_review",
    "unpublish_meal",
    "unsave_meal",
    "write_review",
]
