"""What may be said in orders, one value at a time."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.errors import DomainError
from orders.enums import MAX_QUANTITY, Fulfilment

_LINK_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{1,18})[A-Za-z0-9]\Z")
UTM_NAMES = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
MAX_UTM = 100
# Addresses that are no pages: machines, the back office, signing in, and links that lead on.
_NO_PAGES = ("/api/", "/admin/", "/accounts/", "/r/", "/media/", "/private/", "/static/", "/i18n/", "/.well-known/")


def validate_link_code(code: str) -> None:
    if not _LINK_CODE.match(code):
        message = _("Use 3 to 20 letters, digits and hyphens; begin and end with a letter or digit.")
        raise ValidationError(message, code="invalid_code")


def validate_own_page(path: str) -> None:
    """A page of this site and of no other (AFF-2): a path from the root that one of our routes answers."""
    if not _is_plain_path(path) or path.startswith(_NO_PAGES) or not _is_route(path):
        message = _("Name a page of this site, such as /meals/red-lentil-soup/. Other sites cannot be linked.")
        raise ValidationError(message, code="not_our_page")


def _is_plain_path(path: str) -> bool:
    """Neither scheme nor host, nor what a browser might take for one: `//host`, `/\\host`, a control character."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable() or " " in path:
        return False
    try:
        parts = urlsplit(path)
    except ValueError:
        return False
    return not (parts.scheme or parts.netloc or parts.query or parts.fragment) and "//" not in path


def _is_route(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def validate_utm(utm: Mapping[str, str]) -> None:
    unknown = sorted(set(utm) - set(UTM_NAMES))
    if unknown:
        message = _("Unknown: %(names)s. Known are %(known)s.")
        values = {"names": ", ".join(unknown), "known": ", ".join(UTM_NAMES)}
        raise ValidationError(message, code="unknown_utm", params=values)
    if any(not isinstance(value, str) or len(value) > MAX_UTM or not value.isprintable() for value in utm.values()):
        raise ValidationError(_("UTM values are texts of at most %(most)s characters."), params={"most": MAX_UTM})


# --- Carts and orders

MAX_NOTE = 500
# Field and how long it may be, in the order of the form.
ADDRESS_FIELDS: dict[str, int] = {
    "name": 80,
    "street": 120,
    "extra": 120,
    "postcode": 20,
    "city": 80,
    "phone": 40,
}
REQUIRED_FOR_DELIVERY = ("name", "street", "postcode", "city")


class AddressError(DomainError):
    """`errors` names each field at fault."""

    code = "address_incomplete"

    def __init__(self, message: str, *, errors: Mapping[str, str]) -> None:
        super().__init__(message)
        self.errors = {f"address/{name}": text for name, text in errors.items()}


def clean_line(text: Any) -> str:
    return " ".join(str(text).replace("\x00", " ").split())


def clean_address(given: Mapping[str, Any]) -> dict[str, str]:
    """The known fields, trimmed; empty ones are left out. Raises AddressError for unknown or over-long ones."""
    unknown = {str(name): gettext("This field is not known.") for name in given if name not in ADDRESS_FIELDS}
    cleaned = {name: clean_line(given[name]) for name in ADDRESS_FIELDS if given.get(name)}
    long = {
        name: gettext("Keep this to %d characters.") % ADDRESS_FIELDS[name]
        for name, text in cleaned.items()
        if len(text) > ADDRESS_FIELDS[name]
    }
    if unknown or long:
        raise AddressError(gettext("The address cannot be kept like this."), errors=unknown | long)
    return {name: text for name, text in cleaned.items() if text}


def require_deliverable(address: Mapping[str, str]) -> None:
    """Raises AddressError naming what a courier would miss."""
    missing = {name: gettext("This is needed to deliver.") for name in REQUIRED_FOR_DELIVERY if not address.get(name)}
    if missing:
        raise AddressError(gettext("Say where it shall be delivered."), errors=missing)


def clean_note(note: Any) -> str:
    """Keeps its lines. Raises DomainError when it is too long."""
    text = "\n".join(line.strip() for line in str(note).replace("\x00", " ").strip().splitlines())
    if len(text) > MAX_NOTE:
        raise DomainError(gettext("Keep the note to %d characters.") % MAX_NOTE, code="too_long", field="note")
    return text


def clean_quantity(quantity: Any) -> int:
    if isinstance(quantity, bool) or not isinstance(quantity, int) or not 1 <= quantity <= MAX_QUANTITY:
        message = gettext("Order between 1 and %d portions of a meal.") % MAX_QUANTITY
        raise DomainError(message, code="quantity_range", field="quantity")
    return quantity


def clean_fulfilment(value: Any) -> Fulfilment:
    if value not in Fulfilment.values:
        raise DomainError(gettext("Choose delivery or pickup."), code="invalid_choice", field="fulfilment")
    return Fulfilment(value)
