"""Rules on what people write to each other."""

import re

from django.utils.translation import gettext as _

from fitfoodie.common.errors import DomainError

MAX_MESSAGE = 4000
MAX_REASON = 500

_TOO_MANY_LINES = re.compile(r"\n{4,}")
# Characters that turn the reading direction of what follows them, and NUL.
_ODD = re.compile("[\u202a-\u202e\u2066-\u2069\x00]")


def clean_text(text: str) -> str:
    """Without controls and long gaps. Raises DomainError for nothing, and for too much."""
    cleaned = _TOO_MANY_LINES.sub("\n\n\n", _ODD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if not cleaned:
        raise DomainError(_("Write something first."), code="required", field="text")
    if len(cleaned) > MAX_MESSAGE:
        raise DomainError(_("Keep it to %d characters.") % MAX_MESSAGE, code="too_long", field="text")
    return cleaned


def clean_reason(reason: str) -> str:
    text = " ".join(_ODD.sub("", reason).split())
    if not text:
        raise DomainError(_("Please say why: the reason is kept."), code="required", field="reason")
    if len(text) > MAX_REASON:
        raise DomainError(_("Keep the reason to %d characters.") % MAX_REASON, code="too_long", field="reason")
    return text
