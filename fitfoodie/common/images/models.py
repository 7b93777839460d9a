from __future__ import annotations

import secrets

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.images import renditions


class PhotoState(models.TextChoices):
    PENDING = "pending", _("waiting to be checked")
    SCANNING = "scanning", _("being checked")
    READY = "ready", _("ready")
    HELD = "held", _("held until the scanner answers")
    REFUSED = "refused", _("refused")


# A crash during SCANNING leads back to PENDING (the sweep); a new crop leads from READY to PENDING.
TRANSITIONS: dict[str, frozenset[str]] = {
    PhotoState.PENDING: frozenset({PhotoState.SCANNING}),
    PhotoState.SCANNING: frozenset({PhotoState.READY, PhotoState.HELD, PhotoState.REFUSED, PhotoState.PENDING}),
    PhotoState.HELD: frozenset({PhotoState.SCANNING}),
    PhotoState.READY: frozenset({PhotoState.PENDING}),
    PhotoState.REFUSED: frozenset(),
}
CLAIMABLE = tuple(state for state, targets in TRANSITIONS.items() if PhotoState.SCANNING in targets)


def private_storage() -> Storage:
    return storages["private"]


def new_stem(folder: str, model: type[models.Model]) -> str:
    """An unguessable place of its own for each file, so that an address, once given, may be cached for ever."""
    token = secrets.token_hex(12)
    return f"{folder}/{model._meta.label_lower}/{token[:2]}/{token}"


def original_path(photo: models.Model, file_name: str) -> str:
    """The uploader's file name is dropped: it may hold a person's name, a path or a trick."""
    del file_name
    return new_stem("originals", type(photo))


def rows_of(model: type[AbstractPhoto]) -> models.QuerySet[AbstractPhoto]:
    """Every row of a photo model, whatever its own manager hides."""
    return models.QuerySet(model)


class AbstractPhoto(models.Model):
    """A picture somebody uploaded: the private original and, once checked, where its public sizes are.

    `name` is the common beginning of the public sizes (see `renditions`) and empty until the first success; it stays
    through a second processing, so that a new crop leaves no hole. Written by `services` and `processing` alone.
    """

    MIN_SIDE = 200

    # Empty once the photo is refused: there is no reason left to keep it.
    original = models.FileField(upload_to=original_path, storage=private_storage, max_length=160, blank=True)
    name = models.CharField(max_length=120, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=PhotoState.choices, default=PhotoState.PENDING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    placeholder = models.CharField(max_length=1000, blank=True, editable=False)
    color = models.CharField(max_length=7, blank=True, editable=False)
    alt = models.CharField(_("description for people who cannot see it"), max_length=300, blank=True)
    # Left, top, right, bottom as fractions of the upright picture.
    crop = models.JSONField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    # When it was last asked for or claimed; while SCANNING it is the ticket of whoever claimed it.
    state_since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(name=""), name="%(app_label)s_%(class)s_ready_has_name"
            ),
        ]
        indexes = [
            # Small whatever the table holds: only what the sweep looks for.
            models.Index(
                fields=["state", "state_since"],
                condition=Q(state__in=["pending", "scanning", "held"]),
                name="%(app_label)s_%(class)s_open",
            ),
        ]

    @property
    def picture(self) -> renditions.Picture | None:
        return renditions.picture(
            name=self.name,
            width=self.width,
            height=self.height,
            alt=self.alt,
            placeholder=self.placeholder,
            color=self.color,
        )

    def processed(self) -> None:
        """Called in the transaction that ends a processing, with the new state read; for what an app derives."""
