"""Refresh tokens of apps: one use, a short grace for twin requests, and an end to the family on reuse (SEC-3)."""

import dataclasses
from datetime import datetime, timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from accounts.events import TokenReused
from accounts.models import RefreshToken, User
from accounts.services.end_sessions import end_sessions
from fitfoodie.events.services import record

# Two tabs or a retried request may present one token twice; a thief comes later than this.
TWIN_GRACE = timedelta(seconds=10)


@dataclasses.dataclass(frozen=True)
class Rotation:
    """`token` is the one to hand out, None when the request must be refused; `reused_by` whose family ended."""

    token: RefreshToken | None
    reused_by: User | None = None


def issue_refresh_token(*, user: User, session_key: str, sid: str, now: datetime) -> RefreshToken:
    return RefreshToken.objects.create(
        user=user,
        session_key=session_key,
        sid=sid,
        # Tokens carry whole seconds; a token signed twice must come out the same.
        issued_at=now.replace(microsecond=0),
        expires_at=now.replace(microsecond=0) + timedelta(seconds=settings.HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN),
    )


@transaction.atomic
def rotate_refresh_token(*, jti: UUID, now: datetime) -> Rotation:
    """Spend a refresh token for its child. The caller has checked signature, session and person.

    Locks the session the family lives in, so of two requests one makes the child and the other is handed the same
    one. Reuse after the grace ends the whole family in this transaction.
    """
    family = _locked_family(jti)
    token = RefreshToken.objects.select_related("user", "child__user").filter(jti=jti).first()
    if family is None or token is None or token.expires_at <= now:
        return Rotation(None)
    if token.used_at is None:
        _note_seen(family, now)
        return Rotation(_spend(token, now))
    if now - token.used_at <= TWIN_GRACE and token.child is not None:
        return Rotation(token.child)
    end_sessions(user=token.user, session_keys=[token.session_key], reason="token_reused", actor=None)
    record(TokenReused(user_id=token.user.pk), actor=None, subject=token.user)
    return Rotation(None, reused_by=token.user)


def _locked_family(jti: UUID) -> UserSession | None:
    """Every change to a family takes this lock first, signing out included: no order of two locks can deadlock."""
    keys = RefreshToken.objects.filter(jti=jti).values("session_key")
    return UserSession.objects.select_for_update().filter(session_key__in=keys).first()


def _note_seen(family: UserSession, now: datetime) -> None:
    family.last_seen_at = now
    family.save(update_fields=["last_seen_at"])


def _spend(token: RefreshToken, now: datetime) -> RefreshToken:
    child = issue_refresh_token(user=token.user, session_key=token.session_key, sid=token.sid, now=now)
    token.used_at = now
    token.child = child
    token.save(update_fields=["used_at", "child"])
    return child


def delete_expired_refresh_tokens(*, now: datetime) -> int:
    """Housekeeping; a spent token must stay until it expires, or its reuse would go unnoticed."""
    return RefreshToken.objects.filter(expires_at__lt=now).delete()[0]
