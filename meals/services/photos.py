"""The pictures of a meal: what they show, in which order, which one leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.common.images import services as images
from fitfoodie.common.images.cleaning import Crop
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from meals import rules
from meals.events import PhotoAdded, PhotoRemoved
from meals.models import Meal, MealPhoto
from meals.services.locking import locked_meal
from meals.validators import clean_alt

MAX_PHOTOS = 12


@transaction.atomic
def add_photo(
    *, meal_id: int, actor: User, file: File[bytes], now: datetime, alt: str = "", crop: Crop | None = None
) -> MealPhoto:
    """Take an upload; it is shown once checked and re-encoded in the background (REC-14). The first one leads.

    Locks the meal. Raises NotAllowedError, ConflictError when there are enough, ImageRefused, DomainError.
    """
    meal = _own(meal_id, actor)
    last = meal.photos.order_by("-position").first()
    if meal.photos.count() >= MAX_PHOTOS:
        message = _("A meal has at most %d photos. Remove one first.") % MAX_PHOTOS
        raise DomainError(message, code="too_many_photos", field="photo")
    photo = MealPhoto(meal=meal, position=last.position + 1 if last else 1, alt=clean_alt(alt))
    photo = images.accept_upload(photo=photo, file=file, now=now, crop=crop)
    if meal.cover_id is None:
        _lead(meal, photo)
    record(PhotoAdded(meal_id=meal.pk, photo_id=photo.pk), actor=actor, subject=meal)
    return photo


@transaction.atomic
def remove_photo(*, photo_id: int, actor: User, now: datetime, reason: str = "") -> None:
    """Delete it with its files. Staff give a reason. The next one leads when it led. Raises MealPhoto.DoesNotExist."""
    meal = locked_meal(MealPhoto.objects.get(pk=photo_id).meal_id)
    photo = MealPhoto.objects.get(pk=photo_id)
    if not rules.may_edit(actor, meal):
        if not rules.may_take_down_photo(actor):
            raise NotAllowedError(_("Only the creator may remove this photo."))
        reason = clean_reason(reason)
    if meal.cover_id == photo.pk:
        _lead(meal, meal.photos.exclude(pk=photo.pk).first())
    record(PhotoRemoved(meal_id=meal.pk, photo_id=photo.pk, reason=reason), actor=actor, subject=meal)
    images.delete_photo(photo=photo)


@transaction.atomic
def reorder_photos(*, meal_id: int, actor: User, public_ids: Sequence[str]) -> list[MealPhoto]:
    """Put them in this order; it must name each photo of the meal once. Locks the meal."""
    meal = _own(meal_id, actor)
    photos = {photo.public_id: photo for photo in meal.photos.all()}
    if sorted(public_ids) != sorted(photos):
        message = _("Somebody changed the photos meanwhile. Reload and order them again.")
        raise DomainError(message, code="order_mismatch", field="order")
    ordered = [photos[public_id] for public_id in public_ids]
    for position, photo in enumerate(ordered, 1):
        photo.position = position
    MealPhoto.objects.bulk_update(ordered, ["position"])
    return ordered


@transaction.atomic
def set_cover(*, photo_id: int, actor: User) -> MealPhoto:
    """This one leads on cards and on the page. Locks the meal. Raises MealPhoto.DoesNotExist, NotAllowedError."""
    photo = MealPhoto.objects.get(pk=photo_id)
    _lead(_own(photo.meal_id, actor), photo)
    return photo


@transaction.atomic
def describe_photo(*, photo_id: int, actor: User, alt: str) -> MealPhoto:
    """What it shows, for people who cannot see it. Raises as `set_cover`."""
    photo = MealPhoto.objects.get(pk=photo_id)
    _own(photo.meal_id, actor)
    photo.alt = clean_alt(alt)
    photo.save(update_fields=["alt", "updated_at"])
    return photo


@transaction.atomic
def crop_photo(*, photo_id: int, actor: User, crop: Crop | None, now: datetime) -> MealPhoto:
    """Cut it anew in the background. Raises as `set_cover`, IllegalTransitionError while it is being checked."""
    photo = MealPhoto.objects.get(pk=photo_id)
    _own(photo.meal_id, actor)
    return images.change_crop(photo=photo, crop=crop, now=now)


def _own(meal_id: int, actor: User) -> Meal:
    meal = locked_meal(meal_id)
    if not rules.may_edit(actor, meal):
        raise NotAllowedError(_("Only the creator may change the photos."))
    return meal


def _lead(meal: Meal, photo: MealPhoto | None) -> None:
    meal.cover = photo
    meal.save(update_fields=["cover", "updated_at"])
