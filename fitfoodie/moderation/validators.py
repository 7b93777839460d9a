"""Rules on what reporters and moderators write."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from fitfoodie.common.errors import DomainError
from fitfoodie.moderation.enums import NEEDS_NOTE, Category

MAX_NOTE = 2000
MAX_ANSWER = 1000

# Characters that turn the reading direction, and NUL.
_ODD = re.compile("[\u202a-\u202e\u2066-\u2069\x00]")


def clean_category(value: str) -> Category:
    if value not in Category.values:
        raise DomainError(_("Choose what is wrong."), code="invalid_choice", field="category")
    return Category(value)


def clean_note(note: str, category: Category) -> str:
    text = _ODD.sub("", note).strip()
    if not text and category in NEEDS_NOTE:
        message = _("Say in a few words what is wrong and why, so that we can judge it.")
        raise DomainError(message, code="required", field="note")
    return _short(text, MAX_NOTE, "note")


def clean_email(email: str) -> str:
    """Empty, or an address. Raises DomainError."""
    address = email.strip()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError(_("This is no e-mail address."), code="invalid", field="email") from error
    return _short(address, 254, "email")


def clean_answer(answer: str) -> str:
    return _short(_ODD.sub("", answer).strip(), MAX_ANSWER, "answer")


def _short(text: str, limit: int, field: str) -> str:
    if len(text) > limit:
        raise DomainError(_("Keep it to %d characters.") % limit, code="too_long", field=field)
    return text
