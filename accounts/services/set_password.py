from django.db import transaction

from accounts.events import PasswordChanged
from accounts.models import User
from accounts.services.end_sessions import end_all_sessions
from fitfoodie.events.services import record


@transaction.atomic
def set_password(*, user: User, password: str, keep_session: str | None, is_reset: bool) -> None:
    """Store the new password and end every other session and refresh token of the person (SEC-2).

    The caller has validated the password and proven the person. A second factor stays in force.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    end_all_sessions(user=user, reason="password_changed", actor=user, keep=keep_session)
    record(PasswordChanged(user_id=user.pk, is_reset=is_reset), actor=user, subject=user)
