"""The verbs of meals: every door goes through these, none around them."""

from meals.content import UNSET, MealContent
from meals.services.file_import import start_file_import
from meals.services.foods import FoodsLoaded, load_foods
from meals.services.imports import Imported, import_export, import_from_html, import_from_json_ld, import_from_url
from meals.services.lifecycle import (
    archive_meal,
    delete_meal,
    publish_due_meals,
    publish_meal,
    restore_meal,
    schedule_meal,
    unpublish_meal,
)
from meals.services.own_data import meals_as_json_ld
from meals.services.photos import (
    add_photo,
    crop_photo,
    describe_photo,
    remove_photo,
    reorder_photos,
    set_cover,
)
from meals.services.recompute import read_lines, recompute_meal, unknown_reason
from meals.services.reviews import delete_review, hide_review, show_review, write_review
from meals.services.saves import save_meal, unsave_meal
from meals.services.write_meal import content_of, create_meal, edit_meal
from meals.validators import InvalidMealError

__all__ = [
    "UNSET",
    "FoodsLoaded",
    "Imported",
    "InvalidMealError",
    "MealContent",
    "add_photo",
    "archive_meal",
    "content_of",
    "create_meal",
    "crop_photo",
    "delete_meal",
    "delete_review",
    "describe_photo",
    "edit_meal",
    "hide_review",
    "import_export",
    "import_from_html",
    "import_from_json_ld",
    "import_from_url",
    "load_foods",
    "meals_as_json_ld",
    "publish_due_meals",
    "publish_meal",
    "read_lines",
    "recompute_meal",
    "remove_photo",
    "reorder_photos",
    "restore_meal",
    "save_meal",
    "schedule_meal",
    "set_cover",
    "show_review",
    "start_file_import",
    "unknown_reason",
    "unpublish_meal",
    "unsave_meal",
    "write_review",
]
