"""The devices somebody is signed in on, as the page and the API show them."""

import dataclasses
import hashlib
import re
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import RefreshToken, User
from fitfoodie.common.client_ip import shortened

# First match wins: Edge calls itself Chrome, Chrome calls itself Safari.
_BROWSERS = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"(?:Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bVersion/.*Safari/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11"),
)


@dataclasses.dataclass(frozen=True)
class Device:
    """`id` names the session without opening it."""

    id: str
    name: str
    is_app: bool
    ip: str
    started_at: datetime
    last_seen_at: datetime
    is_current: bool


def living_sessions(user: User) -> QuerySet[UserSession]:
    living = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    sessions: QuerySet[UserSession] = UserSession.objects.filter(Exists(living), user=user)
    return sessions


def devices_of(user: User, *, current_key: str | None) -> list[Device]:
    """The current one first, then by when they were last seen. One query."""
    has_tokens = Exists(RefreshToken.objects.filter(session_key=OuterRef("session_key")))
    sessions = living_sessions(user).annotate(is_app=has_tokens).order_by("-last_seen_at")
    devices = [_device(session, current_key) for session in sessions]
    return sorted(devices, key=lambda device: not device.is_current)


def find_session_key(user: User, device_id: str) -> str | None:
    """The key behind a device's id, if it is one of this person's."""
    keys = living_sessions(user).values_list("session_key", flat=True)
    return next((key for key in keys if _public_id(key) == device_id), None)


def _device(session: UserSession, current_key: str | None) -> Device:
    return Device(
        id=_public_id(session.session_key),
        name=device_name(session.user_agent, is_app=session.is_app),
        is_app=session.is_app,
        ip=shortened(session.ip),
        started_at=session.created_at,
        last_seen_at=session.last_seen_at,
        is_current=session.session_key == current_key,
    )


def _public_id(session_key: str) -> str:
    return hashlib.sha256(f"device:{session_key}".encode()).hexdigest()[:20]


def device_name(user_agent: str, *, is_app: bool = False) -> str:
    """“Firefox on Windows”. An app that sends no browser's name is shown by its own."""
    browser = next((name for name, pattern in _BROWSERS if re.search(pattern, user_agent)), "")
    system = next((name for name, pattern in _SYSTEMS if re.search(pattern, user_agent)), "")
    own_name = user_agent.partition("/")[0].strip()[:40]
    if own_name in ("", "Mozilla"):  # what every browser calls itself says nothing
        own_name = _("App") if is_app else _("Unknown browser")
    first = browser or own_name
    return _("%(browser)s on %(system)s") % {"browser": first, "system": system} if system else first
