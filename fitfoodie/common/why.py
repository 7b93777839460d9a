"""Why somebody did something to what is not theirs: asked in every app, cleaned in one place (ANA-10)."""

import re
from typing import Final

from django.utils.translation import gettext as _

from fitfoodie.common.errors import DomainError

MAX_REASON: Final = 500

# Controls, which no page can show and PostgreSQL refuses in part, and what turns the reading direction of other lines.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def clean_reason(reason: str, *, field: str = "reason", longest: int = MAX_REASON, keeps_lines: bool = False) -> str:
    """Without what cannot be seen, on one line unless told. Raises DomainError for nothing (`reason_needed`) and for
    too much (`too_long`)."""
    seen = _UNSEEN.sub("", reason)
    text = seen.strip() if keeps_lines else " ".join(seen.split())
    if not text:
        raise DomainError(_("Say why: the person concerned will read it."), code="reason_needed", field=field)
    if len(text) > longest:
        raise DomainError(_("Keep the reason to %d characters.") % longest, code="too_long", field=field)
    return text
