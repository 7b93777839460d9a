"""Rules on what people write under things."""

import re

from django.utils.translation import gettext as _

from fitfoodie.common.errors import DomainError

MAX_COMMENT = 2000
MAX_MENTIONS = 10

# Not inside an e-mail address or a path. The handle itself is checked against people, not against a form.
MENTION = re.compile(r"(?<![\w@./])@([a-z0-9][a-z0-9_]{1,28}[a-z0-9])\b", re.IGNORECASE)
_TOO_MANY_LINES = re.compile(r"\n{3,}")
# Characters that turn the reading direction of what follows them, on other people's lines as well.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\x00]")


def clean_comment(text: str) -> str:
    """Without controls and long gaps. Raises DomainError for nothing, and for too much."""
    cleaned = _TOO_MANY_LINES.sub("\n\n", _BIDI.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if not cleaned:
        raise DomainError(_("Write something first."), code="required", field="text")
    if len(cleaned) > MAX_COMMENT:
        raise DomainError(_("Keep it to %d characters.") % MAX_COMMENT, code="too_long", field="text")
    return cleaned


def handles_in(text: str) -> list[str]:
    """Each once, in lower case, in the order of the text; at most ten, so that nobody calls the whole house."""
    return list(dict.fromkeys(found.lower() for found in MENTION.findall(text)))[:MAX_MENTIONS]
