"""Tokens for apps: allauth's JWT strategy with refresh tokens kept in our own table (SEC-3, SEC-4)."""

import uuid
from typing import Any

from allauth.account.internal.userkit import user_id_to_str
from allauth.account.models import EmailAddress
from allauth.headless import app_settings
from allauth.headless.tokens.strategies.jwt import JWTTokenStrategy, internal
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.auth.mails import send_token_reused_mail
from accounts.models import RefreshToken, User
from accounts.services.refresh_tokens import issue_refresh_token, rotate_refresh_token


class RotatingTokenStrategy(JWTTokenStrategy):
    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any] | None:
        access_token = self.create_access_token(request)
        if access_token is None or not isinstance(request.user, User):
            return None
        key = str(request.session.session_key)
        sid = internal.session_key_to_sid(key)
        token = issue_refresh_token(user=request.user, session_key=key, sid=sid, now=timezone.now())
        return {
            "access_token": access_token,
            "refresh_token": _signed(token),
            "expires_in": app_settings.JWT_ACCESS_TOKEN_EXPIRES_IN,
        }

    def create_access_token(self, request: HttpRequest) -> str | None:
        if not request.session.session_key:
            request.session.save()
        token: str | None = super().create_access_token(request)
        return token

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        payload = internal.decode_token(refresh_token, "refresh")
        session = _living_session(payload) if payload else None
        if payload is None or session is None:
            return None
        rotation = rotate_refresh_token(jti=uuid.UUID(payload["jti"]), now=timezone.now())
        if rotation.reused_by is not None:
            send_token_reused_mail(rotation.reused_by)
        if rotation.token is None:
            return None
        access_token = internal.create_access_token(rotation.token.user, session, self.get_claims(rotation.token.user))
        return access_token, _signed(rotation.token)


def _living_session(payload: dict[str, Any]) -> SessionBase | None:
    """The session behind a token, when it still stands and belongs to the token's person."""
    session = internal.get_token_session(payload)
    return session if session is not None and internal.validate_token_user(payload, session) else None


def _signed(token: RefreshToken) -> str:
    config = internal._get_jwt_config()  # noqa: SLF001  allauth offers no public door to its signing key
    payload = {
        "iat": int(token.issued_at.timestamp()),
        "exp": int(token.expires_at.timestamp()),
        "sid": token.sid,
        "jti": str(token.jti),
        "token_use": "refresh",
        "sub": user_id_to_str(token.user),
    }
    return str(
        internal.jwt.encode(
            payload, config.signing_key, algorithm=config.algorithm, headers=internal.get_jwt_headers(config)
        )
    )


def user_of_access_token(token: str) -> tuple[User, dict[str, Any]] | None:
    """The person behind an access token whose session still stands, in one query (SEC-4).

    The session, the person, whether they are active and whether their address is confirmed are read together; a
    changed password shows in the session's hash exactly as it does for a browser.
    """
    payload = internal.decode_token(token, "access")
    key = internal.session_key_from_sid(payload["sid"]) if payload else None
    if payload is None or not key or not payload["sub"].isdigit():
        return None
    session = Session.objects.filter(session_key=key, expire_date__gt=timezone.now()).values("session_data")
    is_verified = Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True))
    people = User.objects.select_related("profile", "preferences").annotate(
        session_data=Subquery(session), has_verified_email=is_verified
    )
    user = people.filter(pk=payload["sub"], is_active=True).first()
    if user is None or not _session_vouches_for(user, user.session_data):
        return None
    return user, payload | {"session_key": key}


def _session_vouches_for(user: User, session_data: str | None) -> bool:
    data = SessionStore().decode(session_data) if session_data else {}
    return (
        data.get(SESSION_KEY) == str(user.pk)
        and bool(data.get(BACKEND_SESSION_KEY))
        and constant_time_compare(str(data.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())
    )
