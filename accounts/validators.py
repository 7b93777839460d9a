import re
import unicodedata
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from accounts.cities import countries
from accounts.sports import Sport

HANDLE_PATTERN = re.compile(r"^[a-z0-9](?:[a-z0-9_]{1,28})[a-z0-9]$")

# Names of our own pages and words that would let somebody speak for the house.
RESERVED_HANDLES = frozenset(
    """
    about accounts admin administrator api chat classes coach creators design discover everyone feed fitfoodie help
    import legal login logout me meals moderator orders privacy root search security settings signup staff static
    support system team terms train webhooks
    """.split()  # noqa: SIM905  a table of words reads better than a list of strings
)

validate_handle_form = RegexValidator(
    HANDLE_PATTERN,
    message=_("Use 3 to 30 small letters, digits or underscores, beginning and ending with a letter or digit."),
    code="handle_form",
)


def validate_handle(value: str) -> None:
    validate_handle_form(value)
    if value in RESERVED_HANDLES:
        raise ValidationError(_("This handle is kept for the site itself. Please choose another."), code="reserved")


def validate_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("“%(value)s” is not a time zone we know."), params={"value": value}, code="time_zone")


# --- Profiles

MAX_LINKS = 5
MAX_SPORTS = 20
_LINK_FORM = URLValidator(schemes=["https"])
# Categories of Unicode: control, format (direction, zero width), private use, surrogate.
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
_NAME_HAS_A_SIGN = re.compile(r"\w", re.UNICODE)


def validate_name(value: str) -> None:
    """A name can be read: no control or direction-changing characters, at least one letter or digit."""
    if any(unicodedata.category(character) in _INVISIBLE for character in value):
        raise ValidationError(_("Names cannot hold invisible characters."), code="invisible")
    if not _NAME_HAS_A_SIGN.search(value):
        raise ValidationError(_("Please use at least one letter or digit."), code="unreadable")


def validate_link(value: str) -> None:
    """A public https address: nothing that names a user, a port or a machine by number."""
    if len(value) > 200:
        raise ValidationError(_("A link holds at most 200 characters."), code="too_long")
    try:
        _LINK_FORM(value)
        parts = urlsplit(value)
        port = parts.port
    except (ValidationError, ValueError):
        raise ValidationError(_("Enter a whole address that begins with https://"), code="link_form") from None
    host = parts.hostname or ""
    if parts.username or port or "." not in host or host.replace(".", "").isdigit() or ":" in host:
        raise ValidationError(_("Link to a public website by its name."), code="link_host")


def validate_links(values: list[str]) -> None:
    if len(values) > MAX_LINKS:
        raise ValidationError(_("At most %(count)d links."), params={"count": MAX_LINKS}, code="too_many")
    if len(set(values)) < len(values):
        raise ValidationError(_("This link is there twice."), code="duplicate")
    for value in values:
        validate_link(value)


def validate_sports(values: list[str]) -> None:
    if len(values) > MAX_SPORTS:
        raise ValidationError(_("At most %(count)d sports."), params={"count": MAX_SPORTS}, code="too_many")
    unknown = [value for value in values if value not in Sport.values]
    if unknown:
        raise ValidationError(_("“%(value)s” is not a sport we know."), params={"value": unknown[0]}, code="unknown")


def validate_country(value: str) -> None:
    if value and value not in countries():
        raise ValidationError(_("“%(value)s” is not a country code."), params={"value": value}, code="unknown")
