import re
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

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
