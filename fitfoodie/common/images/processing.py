"""What happens to a photo in the background. Each step may be run twice or die half-way without harm."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils.translation import gettext_noop

from fitfoodie.common.images import antivirus, renditions
from fitfoodie.common.images.cleaning import CleanImage, clean_image
from fitfoodie.common.images.errors import ImageRefused
from fitfoodie.common.images.models import CLAIMABLE, AbstractPhoto, PhotoState, new_stem, rows_of

log = logging.getLogger(__name__)

# Longer than any processing may last, shorter than a person's patience.
STALE_AFTER = timedelta(minutes=5)
MAX_ATTEMPTS = 8
# Kept as written and put into the reader's language when shown: who processes does not know who will look.
HELD_REASON = gettext_noop("The virus scanner does not answer. The photo is shown as soon as it has been checked.")
GIVEN_UP_REASON = gettext_noop("The photo could not be processed. Upload it again.")


def photo_models() -> list[type[AbstractPhoto]]:
    return [model for model in apps.get_models() if issubclass(model, AbstractPhoto)]


def process(*, model: type[AbstractPhoto], pk: int, now: datetime) -> str | None:
    """Scan, clean and publish one waiting photo; returns its new state, None if it was not waiting or is gone.

    Claims the row first, so of two workers one does nothing. Holds no transaction or lock while it works. What is
    not the picture's fault (storage down) is raised again after the photo went back to PENDING.
    """
    photo = _claim(model, pk, now)
    if photo is None:
        return None
    try:
        result = _checked(photo)
    except ImageRefused as refusal:
        return _refuse(photo, refusal.message)
    except BaseException:
        _give_back(photo)
        raise
    if result is None:
        return _finish(photo, PhotoState.HELD, reason=HELD_REASON, attempts=photo.attempts - 1)
    return _publish(photo, result)


def _claim(model: type[AbstractPhoto], pk: int, now: datetime) -> AbstractPhoto | None:
    waiting = rows_of(model).filter(pk=pk, state__in=CLAIMABLE)
    with transaction.atomic():
        photo = waiting.select_for_update().first()
        if photo is None:
            return None
        photo.state, photo.state_since, photo.attempts = PhotoState.SCANNING, now, photo.attempts + 1
        photo.save(update_fields=["state", "state_since", "attempts"])
    return photo


def _checked(photo: AbstractPhoto) -> CleanImage | None:
    """The sizes of a photo that passed; None while the scanner does not say. Raises ImageRefused."""
    with photo.original.open("rb") as file:
        if antivirus.is_configured():
            verdict = antivirus.scan(file.read())
            if verdict is antivirus.Verdict.INFECTED:
                raise ImageRefused("infected")
            if verdict is antivirus.Verdict.UNKNOWN:
                return None
        return clean_image(file, crop=photo.crop, min_side=photo.MIN_SIDE, widths=renditions.WIDTHS)


def _publish(photo: AbstractPhoto, image: CleanImage) -> str | None:
    name = new_stem("photos", type(photo))
    storage = storages["default"]
    try:
        for piece in image.renditions:
            storage.save(renditions.file_name(name, piece.width, piece.format), ContentFile(piece.bytes))
    except BaseException:
        _give_back(photo)
        raise
    state = _finish(
        photo,
        PhotoState.READY,
        name=name,
        width=image.width,
        height=image.height,
        placeholder=image.placeholder,
        color=image.color,
        attempts=0,
    )
    if state is None:  # deleted or claimed anew while we worked: nobody will ever point to these files
        delete_files(storage, renditions.file_names(name, image.width))
    return state


def _finish(photo: AbstractPhoto, state: PhotoState, *, reason: str = "", **fields: Any) -> str | None:
    """Ends our claim, if it is still ours. Other columns, edited meanwhile by a person, are left alone."""
    claimed = rows_of(type(photo)).filter(pk=photo.pk, state=PhotoState.SCANNING, state_since=photo.state_since)
    replaced = renditions.file_names(photo.name, photo.width) if photo.name and "name" in fields else []
    with transaction.atomic():
        if not claimed.update(state=state, reason=reason, **fields):
            return None
        photo.refresh_from_db()
        photo.processed()
        transaction.on_commit(lambda: delete_files(storages["default"], replaced))
    return state


def _refuse(photo: AbstractPhoto, reason: str) -> str | None:
    storage, original = photo.original.storage, photo.original.name
    state = _finish(photo, PhotoState.REFUSED, reason=reason, original="")
    if state is not None and original:
        delete_files(storage, [original])
    return state


def _give_back(photo: AbstractPhoto) -> None:
    if photo.attempts >= MAX_ATTEMPTS:
        _refuse(photo, GIVEN_UP_REASON)
    else:
        _finish(photo, PhotoState.PENDING)


def delete_files(storage: Storage, names: Iterable[str]) -> None:
    """Deletes what is there; a storage that refuses leaves orphans for the clean-up, never an error for a person."""
    for name in names:
        try:
            storage.delete(name)
        except Exception:  # storages raise whatever their client library raises
            log.exception("could not delete %s", name)


def due(*, now: datetime) -> list[tuple[str, int]]:
    """(model label, pk) of photos that a crash, an outage or a silent scanner left behind; frees stale claims.

    Waits longer after each attempt, so that an outage is not met with a storm.
    """
    found: list[tuple[str, int]] = []
    for model in photo_models():
        rows = rows_of(model)
        rows.filter(state=PhotoState.SCANNING, state_since__lt=now - STALE_AFTER).update(
            state=PhotoState.PENDING, state_since=now - STALE_AFTER
        )
        waiting = rows.filter(state__in=CLAIMABLE).order_by("state_since").values_list("pk", "state_since", "attempts")
        found += [
            (model._meta.label_lower, pk)
            for pk, since, attempts in waiting[:500]
            if since <= now - timedelta(minutes=2 ** min(attempts, 6))
        ]
    return found
