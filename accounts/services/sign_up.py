from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from accounts.auth.handles import suggest_handle
from accounts.events import UserJoined
from accounts.models import Preferences, Profile, User
from fitfoodie.common.errors import ConflictError
from fitfoodie.events.services import record

# Two people with one name may be handed the same free handle; the next look finds another.
_MOST_TRIES = 5


@transaction.atomic
def sign_up(*, user: User, method: str = "email", language: str = "en") -> User:
    """Write an unsaved person with profile and preferences; a missing name or handle is made from what is there.

    A handle that somebody takes in the same moment gives way to a free one like it: it can be changed later.
    Raises ConflictError naming `email` when the address was taken a moment before.
    """
    user.email = user.email.lower()
    user.name = user.name or user.email.partition("@")[0][:80]
    _save(user)
    Profile.objects.create(user=user)
    Preferences.objects.create(user=user, language=language)
    record(UserJoined(user_id=user.pk, method=method), actor=user, subject=user)
    return user


def _save(user: User) -> None:
    for _ in range(_MOST_TRIES):
        user.handle = user.handle or suggest_handle(name=user.name, email=user.email)
        if _is_saved(user):
            return
        user.handle = ""
    raise ConflictError(gettext("This address was taken a moment ago."), code="email_taken", field="email")


def _is_saved(user: User) -> bool:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        user.pk = None
        if User.objects.filter(email__iexact=user.email).exists():
            message = gettext("This address was taken a moment ago.")
            raise ConflictError(message, code="email_taken", field="email") from None
        return False
    return True
