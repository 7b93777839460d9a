"""The badge beside a name. Who gets it is decided by whoever verifies people; here it is pinned on and taken off."""

from datetime import datetime

from django.db import transaction

from accounts import badge_policy
from accounts.models import Profile, User


@transaction.atomic
def give_badge(*, user: User, now: datetime) -> bool:
    """Whether it was not there before. Locks the profile; the caller holds the person's lock."""
    return _set(user, is_verified=True)


@transaction.atomic
def take_badge(*, user: User, now: datetime) -> bool:
    """Gone everywhere on the next request; returns whether it was there. Locks the profile."""
    return _set(user, is_verified=False)


def end_verification(profile: Profile, person: User, now: datetime) -> bool:
    """The badge vouches for a name: with another name it waits for a new decision (CRE-5).

    Call under the locks of person and profile. Returns whether there was a badge.
    """
    if not profile.is_verified:
        return False
    profile.is_verified = False
    profile.save(update_fields=["is_verified", "updated_at"])
    badge_policy.renamed(person, now)
    return True


def _set(user: User, *, is_verified: bool) -> bool:
    profile = Profile.objects.select_for_update().get(user=user.pk)
    if profile.is_verified == is_verified:
        return False
    profile.is_verified = is_verified
    profile.save(update_fields=["is_verified", "updated_at"])
    return True
