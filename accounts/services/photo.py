from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from accounts.events import ProfileUpdated
from accounts.models import Profile, ProfilePhoto, User
from fitfoodie.common.images import services as images
from fitfoodie.common.images.models import PhotoState
from fitfoodie.events.services import record


@transaction.atomic
def set_photo(*, user: User, file: "File[bytes]", now: datetime) -> ProfilePhoto:
    """Take a new photo in; the one before stays visible until this one is checked (REC-14).

    Uploads that were still waiting are dropped. Locks the profile. Raises DomainError for what is no photo.
    """
    Profile.objects.select_for_update().get(user=user)
    for waiting in ProfilePhoto.objects.filter(user=user, profile=None).exclude(state=PhotoState.SCANNING):
        images.delete_photo(photo=waiting)
    photo = images.accept_upload(photo=ProfilePhoto(user=user), file=file, now=now)
    record(ProfileUpdated(user_id=user.pk, fields=["photo"]), actor=user, subject=user)
    return photo


@transaction.atomic
def remove_photo(*, user: User, now: datetime) -> bool:
    """Delete every photo of the person, files included; returns whether there was one. Locks the profile."""
    profile = Profile.objects.select_for_update().get(user=user)
    photos = list(ProfilePhoto.objects.filter(user=user))
    profile.photo = None
    profile.save(update_fields=["photo", "updated_at"])
    for photo in photos:
        images.delete_photo(photo=photo)
    if photos:
        record(ProfileUpdated(user_id=user.pk, fields=["photo"]), actor=user, subject=user)
    return bool(photos)
