"""Finding a free handle for somebody who did not choose one."""

import re
import secrets
import unicodedata
from collections.abc import Iterator

from accounts.models import FormerHandle, User
from accounts.validators import HANDLE_PATTERN, RESERVED_HANDLES

_NOT_ALLOWED = re.compile(r"[^a-z0-9]+")
_STEM_LENGTH = 24


def is_handle_taken(handle: str) -> bool:
    """Handles that somebody gave up still lead to them, so they count as taken."""
    return (
        User.objects.filter(handle__iexact=handle).exists()
        or FormerHandle.objects.filter(handle__iexact=handle).exists()
    )


def suggest_handle(*, name: str, email: str) -> str:
    """A valid handle nobody has right now; the unique constraint decides between two who get the same answer."""
    return next(handle for handle in _candidates(name, email) if _is_free(handle))


def _is_free(handle: str) -> bool:
    return bool(HANDLE_PATTERN.match(handle)) and handle not in RESERVED_HANDLES and not is_handle_taken(handle)


def _candidates(name: str, email: str) -> Iterator[str]:
    stem = _stem(name) or _stem(email.partition("@")[0]) or "member"
    yield stem
    yield from (f"{stem}_{number}" for number in range(2, 6))
    while True:
        yield f"{stem}_{secrets.randbelow(90_000) + 10_000}"


def _stem(text: str) -> str:
    """“Zoë O’Hara” → “zoe_ohara”; a name in another script gives nothing."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = _NOT_ALLOWED.sub("_", plain).strip("_")[:_STEM_LENGTH].strip("_")
    return stem if len(stem) > 1 else ""
