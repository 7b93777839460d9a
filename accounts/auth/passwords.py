"""What we refuse as a password, and why, in plain words (V6.2): length counts, composition does not."""

import hashlib
import re
from collections.abc import Iterable

import structlog
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fitfoodie.common.http import FetchError, fetch

logger = structlog.get_logger(__name__)

_LOOK_ALIKES = str.maketrans("@4301!|$57", "aaeoiilsst")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
# A unit this short stays guessable however often it is repeated; a word this short says nothing about the rest.
_SHORT_UNIT = 4
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "01234567890123456789",
)


class LengthValidator:
    def __init__(self, min_length: int = 10, max_length: int = 1024) -> None:
        self.min_length = min_length
        self.max_length = max_length

    def validate(self, password: str, user: models.Model | None = None) -> None:
        if len(password) < self.min_length:
            message = ngettext(
                "This has %(count)d character. Use at least %(least)d: a few words in a row are easy to remember.",
                "This has %(count)d characters. Use at least %(least)d: a few words in a row are easy to remember.",
                len(password),
            )
            params = {"count": len(password), "least": self.min_length}
            raise ValidationError(message, code="password_too_short", params=params)
        if len(password) > self.max_length:
            message = _("Use at most %(most)d characters.")
            raise ValidationError(message, code="password_too_long", params={"most": self.max_length})

    def get_help_text(self) -> str:
        return _("At least %(least)d characters. Any characters, spaces too.") % {"least": self.min_length}


class PersonalValidator(UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("email", "handle", "name")

    def __init__(self, user_attributes: Iterable[str] = DEFAULT_USER_ATTRIBUTES, max_similarity: float = 0.7) -> None:
        super().__init__(tuple(user_attributes), max_similarity)

    def validate(self, password: str, user: models.Model | None = None) -> None:
        try:
            super().validate(password, user)  # type: ignore[arg-type]  # any object with the attributes will do
        except ValidationError as error:
            message = _("This is too close to your name or e-mail address. Choose something nobody would think of.")
            raise ValidationError(message, code="password_too_similar") from error

    def get_help_text(self) -> str:
        return ""


class GuessableValidator:
    """Common passwords in their usual disguises: look-alike letters, digits or signs around them, repetition.

    Works offline on the list of 20,000 that Django ships, so that a site without a way out is protected too.
    """

    def __init__(self) -> None:
        self._common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: models.Model | None = None) -> None:
        is_short_repeated = len(_repeated_unit(password.lower())) <= _SHORT_UNIT
        if is_short_repeated or any(self._is_guessable(form) for form in _plain_forms(password)):
            message = _("This password is among the first that anybody would try. Use a few unrelated words instead.")
            raise ValidationError(message, code="password_too_common")

    def _is_guessable(self, form: str) -> bool:
        unit = _repeated_unit(form)
        if len(unit) <= _SHORT_UNIT:
            return False
        return unit in self._common or unit == settings.SITE_NAME.lower() or any(unit in row for row in _ROWS)

    def get_help_text(self) -> str:
        return ""


def _plain_forms(password: str) -> set[str]:
    """The word behind the disguise, undressed in each usual order. What is only digits and signs stays as it is."""
    lowered = password.lower().strip()
    seen_through = lowered.translate(_LOOK_ALIKES)
    forms = {lowered, seen_through, _EDGES.sub("", lowered), _EDGES.sub("", lowered).translate(_LOOK_ALIKES)}
    return {form for form in forms if form}


def _repeated_unit(text: str) -> str:
    """“abcabc” → “abc”; a text that does not repeat is its own unit."""
    return text[: (text + text).find(text, 1)]


class BreachedValidator:
    """Asks a k-anonymous breach list when the operator has switched it on; a list that is down stops nobody."""

    def validate(self, password: str, user: models.Model | None = None) -> None:
        if settings.BREACHED_PASSWORDS_ENABLED and self._is_listed(password):
            message = _("This password is in a list of stolen passwords. If you use it elsewhere, change it there too.")
            raise ValidationError(message, code="password_breached")

    def _is_listed(self, password: str) -> bool:
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        try:
            page = fetch(settings.BREACHED_PASSWORDS_URL + digest[:5], timeout=2, accept=None)
        except FetchError as error:
            logger.warning("breached_passwords_unreachable", code=error.code)
            return False
        counts = dict(line.strip().split(":", 1) for line in page.text.splitlines() if ":" in line)
        return counts.get(digest[5:], "0") != "0"  # padded answers carry entries with a count of zero

    def get_help_text(self) -> str:
        return ""
