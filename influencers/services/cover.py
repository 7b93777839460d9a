"""The cover of a creator's page: taken in, described, removed."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.common.images import services as images
from fitfoodie.common.images.models import PhotoState
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from influencers import rules
from influencers.events import CoverRemoved, PageUpdated
from influencers.models import CoverPhoto, CreatorPage
from influencers.services.page import locked_page, require_editor
from meals.validators import clean_alt


@transaction.atomic
def set_cover(*, user: User, file: File[bytes], now: datetime, alt: str = "") -> CoverPhoto:
    """Take a new photo in; the one before stays visible until this one is checked (REC-14).

    Uploads that were still waiting are dropped. Locks the page. Raises NotAllowedError, DomainError for what is no
    photo or too long a description.
    """
    require_editor(user)
    page = locked_page(user)
    waiting = CoverPhoto.objects.filter(page=page).exclude(state=PhotoState.SCANNING)
    for photo in waiting.exclude(pk=page.cover_id or 0):
        images.delete_photo(photo=photo)
    photo = images.accept_upload(photo=CoverPhoto(page=page, alt=clean_alt(alt)), file=file, now=now)
    record(PageUpdated(user_id=user.pk, fields=["cover"]), actor=user, subject=page)
    return photo


@transaction.atomic
def describe_cover(*, user: User, alt: str) -> CoverPhoto:
    """What the newest one shows, for people who cannot see it. Raises NotAllowedError, DomainError without a cover."""
    require_editor(user)
    photo = latest_cover(locked_page(user))
    if photo is None:
        raise DomainError(_("There is no cover photo to describe."), code="no_cover", field="alt")
    photo.alt = clean_alt(alt)
    photo.save(update_fields=["alt", "updated_at"])
    return photo


@transaction.atomic
def remove_cover(*, user: User, actor: User, now: datetime, reason: str = "") -> bool:
    """Delete it with its files, also one that still waits; returns whether there was one.

    By the creator, or by staff with a reason. Locks the page. Raises NotAllowedError, DomainError.
    """
    if actor.pk != user.pk:
        if not rules.may_take_down_cover(actor):
            raise NotAllowedError(_("Only its creator may remove this photo."))
        reason = clean_reason(reason)
    page = CreatorPage.objects.select_for_update().filter(user=user).first()
    photos = list(CoverPhoto.objects.filter(page=page)) if page else []
    if page is None or not photos:
        return False
    page.cover = None
    page.save(update_fields=["cover", "updated_at"])
    for photo in photos:
        images.delete_photo(photo=photo)
    record(CoverRemoved(user_id=user.pk, reason=reason), actor=actor, subject=page)
    return True


def latest_cover(page: CreatorPage) -> CoverPhoto | None:
    """The last one that was sent, whatever became of it."""
    return CoverPhoto.objects.filter(page=page).order_by("-pk").first() if page.pk else None
