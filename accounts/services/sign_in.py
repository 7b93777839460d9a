from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts.events import SessionStarted
from accounts.models import User
from fitfoodie.events.services import record


@transaction.atomic
def record_sign_in(
    *, user: User, session_key: str, user_agent: str, is_known_device: bool, has_signed_in_before: bool
) -> bool:
    """Note a sign-in that has just succeeded; returns whether it came from a device the person should hear about.

    A browser is known by its cookie. An app keeps no cookie, so another session with the same user agent vouches.
    """
    others = UserSession.objects.filter(user=user, user_agent=user_agent[:200]).exclude(session_key=session_key)
    is_new_device = has_signed_in_before and not is_known_device and not others.exists()
    record(SessionStarted(user_id=user.pk, is_new_device=is_new_device), actor=user, subject=user)
    return is_new_device
