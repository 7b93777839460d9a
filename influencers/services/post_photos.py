"""The pictures of a post: what they show, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.common.images import services as images
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from influencers import rules
from influencers.events import PostPhotoAdded, PostPhotoRemoved
from influencers.models import PostPhoto
from influencers.services.posts import locked_post, own_post, require_poster
from influencers.validators import MAX_PHOTOS
from meals.validators import clean_alt


@transaction.atomic
def add_post_photo(*, post_id: int, actor: User, file: File[bytes], now: datetime, alt: str = "") -> PostPhoto:
    """Take an upload; it is shown once checked and re-encoded in the background (REC-14).

    Locks the post. Raises NotAllowedError, DomainError when there are enough, ImageRefused.
    """
    post = own_post(post_id, actor)
    require_poster(actor)
    positions = list(post.photos.values_list("position", flat=True))
    if len(positions) >= MAX_PHOTOS:
        message = _("A post has at most %d photos. Remove one first.") % MAX_PHOTOS
        raise DomainError(message, code="too_many_photos", field="photo")
    photo = PostPhoto(post=post, position=max(positions, default=0) + 1, alt=clean_alt(alt))
    photo = images.accept_upload(photo=photo, file=file, now=now)
    record(PostPhotoAdded(post_id=post.pk, photo_id=photo.pk), actor=actor, subject=post)
    return photo


@transaction.atomic
def describe_post_photo(*, photo_id: int, actor: User, alt: str) -> PostPhoto:
    """What it shows, for people who cannot see it. Raises PostPhoto.DoesNotExist, NotAllowedError, DomainError."""
    photo = PostPhoto.objects.get(pk=photo_id)
    own_post(photo.post_id, actor)
    photo.alt = clean_alt(alt)
    photo.save(update_fields=["alt", "updated_at"])
    return photo


@transaction.atomic
def reorder_post_photos(*, post_id: int, actor: User, public_ids: Sequence[str]) -> list[PostPhoto]:
    """Put them in this order; it must name each photo of the post once. Locks the post."""
    post = own_post(post_id, actor)
    photos = {photo.public_id: photo for photo in post.photos.all()}
    if sorted(public_ids) != sorted(photos):
        message = _("Somebody changed the photos meanwhile. Reload and order them again.")
        raise DomainError(message, code="order_mismatch", field="order")
    ordered = [photos[public_id] for public_id in public_ids]
    for position, photo in enumerate(ordered, 1):
        photo.position = position
    PostPhoto.objects.bulk_update(ordered, ["position"])
    return ordered


@transaction.atomic
def remove_post_photo(*, photo_id: int, actor: User, now: datetime, reason: str = "") -> None:
    """Delete it with its files. Staff give a reason. Raises PostPhoto.DoesNotExist, NotAllowedError."""
    photo = PostPhoto.objects.get(pk=photo_id)
    post = locked_post(photo.post_id)
    if not rules.is_author(actor, post):
        if not rules.may_take_down_post_photo(actor):
            raise NotAllowedError(_("Only its author may remove this photo."))
        reason = clean_reason(reason)
    record(PostPhotoRemoved(post_id=post.pk, photo_id=photo.pk, reason=reason), actor=actor, subject=post)
    images.delete_photo(photo=photo)
