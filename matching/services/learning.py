"""Forgetting what somebody liked (MAT-10)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from fitfoodie.events.services import record
from matching.events import LearningReset
from matching.models import FitnessProfile


@transaction.atomic
def reset_learning(*, user: User, now: datetime) -> FitnessProfile | None:
    """From the next request on, nothing said before `now` counts for their scores; likes and passes themselves stay.

    Locks the profile. None for who has none: there is nothing to forget.
    """
    profile = FitnessProfile.objects.select_for_update().filter(user=user).first()
    if profile is None:
        return None
    profile.learning_from = now
    profile.save(update_fields=["learning_from", "updated_at"])
    record(LearningReset(user_id=user.pk), actor=user, subject=profile)
    return profile
