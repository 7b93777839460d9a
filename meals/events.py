"""What happens to meals, as facts. Fields are only ever added, with a default."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@event("meals.meal.created", label=_("Meal drafted"))
class MealCreated:
    meal_id: int
    creator_id: int
    slug: str
    is_imported: bool = False


@event("meals.meal.edited", label=_("Meal edited"))
class MealEdited:
    meal_id: int
    creator_id: int
    slug: str
    version: int
    # Names of the fields that changed, separated by commas.
    changed: str
    status: str


@event("meals.meal.published", label=_("Meal published"), is_public=True)
class MealPublished:
    meal_id: int
    creator_id: int
    slug: str
    audience: str
    is_first_time: bool
    was_scheduled: bool


@event("meals.meal.scheduled", label=_("Meal scheduled"))
class MealScheduled:
    meal_id: int
    creator_id: int
    slug: str
    # ISO 8601, UTC.
    scheduled_for: str


@event("meals.meal.schedule_lapsed", label=_("Scheduled meal could not be published"))
class MealScheduleLapsed:
    meal_id: int
    creator_id: int
    slug: str
    reason: str


@event("meals.meal.unpublished", label=_("Meal taken back to draft"))
class MealUnpublished:
    meal_id: int
    creator_id: int
    slug: str
    reason: str = ""


@event("meals.meal.archived", label=_("Meal archived"))
class MealArchived:
    meal_id: int
    creator_id: int
    slug: str
    was_published: bool
    reason: str = ""


@event("meals.meal.restored", label=_("Meal restored"))
class MealRestored:
    meal_id: int
    creator_id: int
    slug: str
    status: str
    reason: str = ""


@event("meals.meal.deleted", label=_("Draft deleted"))
class MealDeleted:
    meal_id: int
    creator_id: int
    slug: str


@event("meals.meal.saved", label=_("Meal saved"))
class MealSaved:
    meal_id: int
    user_id: int


@event("meals.meal.unsaved", label=_("Meal no longer saved"))
class MealUnsaved:
    meal_id: int
    user_id: int


@event("meals.review.written", label=_("Review written"), is_public=True)
class ReviewWritten:
    meal_id: int
    creator_id: int
    review_id: int
    author_id: int
    rating: int
    is_new: bool


@event("meals.review.removed", label=_("Review removed by its author"))
class ReviewRemoved:
    meal_id: int
    review_id: int
    author_id: int


@event("meals.review.hidden", label=_("Review hidden"))
class ReviewHidden:
    meal_id: int
    review_id: int
    author_id: int
    reason: str


@event("meals.review.shown", label=_("Hidden review shown again"))
class ReviewShown:
    meal_id: int
    review_id: int
    author_id: int
    reason: str


@event("meals.photo.added", label=_("Photo added"))
class PhotoAdded:
    meal_id: int
    photo_id: int


@event("meals.photo.removed", label=_("Photo removed"))
class PhotoRemoved:
    meal_id: int
    photo_id: int
    reason: str = ""


@event("meals.meal.imported", label=_("Meal imported"))
class MealImported:
    meal_id: int
    import_id: int
    kind: str
