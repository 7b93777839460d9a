"""The writes on photos that apps call. Who may do so is theirs to decide."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TypeVar, cast

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _

from fitfoodie.common.errors import DomainError, IllegalTransitionError
from fitfoodie.common.images import renditions
from fitfoodie.common.images.cleaning import Crop, checked_crop, inspect_upload
from fitfoodie.common.images.models import TRANSITIONS, AbstractPhoto, PhotoState, rows_of
from fitfoodie.common.images.processing import delete_files
from fitfoodie.common.images.tasks import process_photo

PhotoT = TypeVar("PhotoT", bound=AbstractPhoto)


@transaction.atomic
def accept_upload(*, photo: PhotoT, file: File[bytes], now: datetime, crop: Crop | None = None) -> PhotoT:
    """Keep the upload privately and have it checked in the background; `photo` is an unsaved row of the caller.

    Raises ImageRefused for what its header already shows to be no photo, DomainError for a wrong crop.
    """
    photo.crop = _checked(crop)
    inspect_upload(file, min_side=photo.MIN_SIDE)
    photo.original.save("original", file, save=False)
    photo.state, photo.state_since = PhotoState.PENDING, now
    photo.save()
    _process_on_commit(photo)
    return photo


@transaction.atomic
def change_crop(*, photo: PhotoT, crop: Crop | None, now: datetime) -> PhotoT:
    """Cut the photo anew; the old cut stays visible until the new one is ready.

    Locks the row. Raises IllegalTransitionError unless the photo is ready, DomainError for a wrong crop.
    """
    checked = _checked(crop)
    photo = cast("PhotoT", rows_of(type(photo)).select_for_update().get(pk=photo.pk))
    if PhotoState.PENDING not in TRANSITIONS[photo.state]:
        raise IllegalTransitionError(
            _("The photo is still being checked. Crop it when it is shown."), legal=TRANSITIONS[photo.state]
        )
    photo.crop, photo.state, photo.state_since = checked, PhotoState.PENDING, now
    photo.save(update_fields=["crop", "state", "state_since"])
    _process_on_commit(photo)
    return photo


@transaction.atomic
def delete_photo(*, photo: AbstractPhoto) -> None:
    """Delete the row now and its files, private and public, once that is certain."""
    public = renditions.file_names(photo.name, photo.width) if photo.name else []
    private, original = photo.original.storage, photo.original.name
    photo.delete()
    transaction.on_commit(partial(delete_files, storages["default"], public))
    transaction.on_commit(partial(delete_files, private, [original] if original else []))


def _checked(crop: Crop | None) -> list[float] | None:
    try:
        return checked_crop(crop)
    except (TypeError, ValueError) as error:
        raise DomainError(
            _("A crop is left, top, right and bottom between 0 and 1."), code="invalid_crop", field="crop"
        ) from error


def _process_on_commit(photo: AbstractPhoto) -> None:
    # robust: a broker that is away must not fail an upload that is already kept; the sweep asks again
    transaction.on_commit(partial(process_photo.delay, model=photo._meta.label_lower, pk=photo.pk), robust=True)
