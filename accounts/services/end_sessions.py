import hashlib
from collections.abc import Collection

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.events import SessionsEnded
from accounts.models import RefreshToken, User
from fitfoodie.events.services import record


@transaction.atomic
def end_sessions(*, user: User, session_keys: Collection[str], reason: str, actor: User | None) -> int:
    """Sign these devices of the person out, effective on their next request (SEC-4); returns how many there were.

    Ends browser sessions and the tokens of apps alike: both live in the session. Keys of other people are ignored.
    """
    mine = list(
        UserSession.objects.select_for_update()
        .filter(user=user, session_key__in=session_keys)
        .values_list("session_key", flat=True)
    )
    Session.objects.filter(session_key__in=mine).delete()
    RefreshToken.objects.filter(session_key__in=mine).delete()
    UserSession.objects.filter(session_key__in=mine).delete()
    if mine:
        hashes = [hash_session_key(key) for key in mine]
        record(SessionsEnded(user_id=user.pk, session_hashes=hashes, reason=reason), actor=actor, subject=user)
    return len(mine)


def end_all_sessions(*, user: User, reason: str, actor: User | None, keep: str | None = None) -> int:
    """Every device of the person but the session `keep`."""
    keys = UserSession.objects.filter(user=user).exclude(session_key=keep or "").values_list("session_key", flat=True)
    return end_sessions(user=user, session_keys=list(keys), reason=reason, actor=actor)


def hash_session_key(key: str) -> str:
    """What a socket compares itself with: the key alone would open the session to whoever reads the event."""
    return hashlib.sha256(key.encode()).hexdigest()
