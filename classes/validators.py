"""What people may write about classes and about each other. Called by forms, serializers and services alike; nothing
here reads the database."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from classes.enums import PeerTag
from fitfoodie.common.errors import DomainError

MAX_RATING_TEXT = 2000
MAX_PEER_TEXT = 1000
MAX_DISPUTE = 1000
MAX_REPLY = 2000

# Everything but tab and line break: no page can show them, and PostgreSQL refuses the first.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINK = re.compile(r"(https?://|www\.)\S|\b[\w-]+\.(com|net|org|ch|de|io|info|shop|xyz|ly|me)\b(?!@)")
_MAIL = re.compile(r"[\w.+-]+\s?(@|\(at\)|\[at\])\s?[\w-]+\s?(\.|\(dot\)|\[dot\])\s?\w{2,}")
_PHONE = re.compile(r"(?<![\w.])(\+|00)?\d(?:[\s./()-]?\d){8,14}(?![\w])")
# Not what is rude, what nobody may read of themselves before somebody has looked. Whole words in folded form.
_ABUSE = frozenset({
    "arschloch", "asshole", "bastard", "bitch", "cunt", "faggot", "fotze", "hure", "hurensohn", "missgeburt", "nigger",
    "nutte", "retard", "schlampe", "slut", "spast", "whore", "wichser",
})  # fmt: skip
# Written for one another by those who want to get past a filter.
_LOOKALIKES = str.maketrans("01345@$!аеоріѕсху", "oieasasiaeopiscxy")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")


def clean_text(text: str) -> str:
    """One form for each character, one kind of line break, no control characters, no blanks at the ends."""
    return _CONTROL.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def clean_words(text: str, *, limit: int, field: str) -> str:
    """Raises DomainError when there is more than fits."""
    cleaned = clean_text(text)
    if len(cleaned) > limit:
        message = _("Keep it to %(limit)d characters; it has %(count)d.") % {"limit": limit, "count": len(cleaned)}
        raise DomainError(message, code="too_long", field=field)
    return cleaned


def clean_stars(stars: Any) -> int:
    if isinstance(stars, bool) or not isinstance(stars, int) or not 1 <= stars <= 5:
        raise DomainError(_("Give one to five stars."), code="stars_range", field="stars")
    return stars


def clean_dispute(text: str) -> str:
    words = clean_words(text, limit=MAX_DISPUTE, field="text")
    if not words:
        raise DomainError(_("Say in a few words what happened."), code="required", field="text")
    return words


def clean_reply(text: str) -> str:
    """Empty takes the answer back."""
    return clean_words(text, limit=MAX_REPLY, field="text")


def clean_tags(tags: Iterable[str]) -> frozenset[str]:
    given = frozenset(str(tag) for tag in tags)
    if given - frozenset(PeerTag.values):
        message = _("Choose from: %(choices)s.") % {"choices": ", ".join(PeerTag.values)}
        raise DomainError(message, code="invalid_choice", field="tags")
    return given


def held_back_for(text: str) -> str:
    """Why somebody has to look before others read it: "contact", "link" or "abuse"; empty when nobody has to.

    Compared in folded form: full-width and look-alike letters, invisible characters and g a p s do not help. Words are
    compared whole, so that neither a place nor a dish is taken for one.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if _MAIL.search(plain) or _PHONE.search(plain):
        return "contact"
    if _LINK.search(plain):
        return "link"
    return "abuse" if _words(plain) & _ABUSE else ""


def _words(plain: str) -> set[str]:
    folded = unicodedata.normalize("NFKD", plain.translate(_LOOKALIKES))
    letters = "".join(character for character in folded if not unicodedata.combining(character))
    closed = re.sub(r"\b(?:\w[\s.*_-]){3,}\w\b", lambda found: re.sub(r"[\s.*_-]", "", found[0]), letters)
    return set(re.findall(r"\w+", letters)) | set(re.findall(r"\w+", closed))


def why_held_back(reason: str) -> str:
    """A stored reason in words for the author."""
    words = {
        "filter:contact": _("It seems to hold a phone number or an e-mail address."),
        "filter:link": _("It seems to hold a link."),
        "filter:abuse": _("It holds a word that hurts."),
        "report": _("Somebody reported it."),
    }
    return words.get(reason, reason)
