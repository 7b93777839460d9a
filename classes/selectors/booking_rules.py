"""The rules of booking of one level, and what holds where it says nothing (TEN-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classes.policies import NAMES, Policy

HOUR = 60


@dataclass(frozen=True)
class Above:
    """What holds while this level leaves a value empty. `source` is who decided it; empty is the platform."""

    value: Any
    text: str
    source: str


def above(layers: Sequence[Any], *, currency: str) -> dict[str, Above]:
    """Of each rule what the levels above say; `layers` from the nearest to the most general."""
    return {name: _found(name, layers, currency) for name in NAMES}


def _found(name: str, layers: Sequence[Any], currency: str) -> Above:
    for layer in layers:
        value = getattr(layer, name)
        if value is not None:
            return Above(value, in_words(name, value, currency), str(layer))
    value = getattr(Policy(), name)
    return Above(value, in_words(name, value, currency), "")


def in_words(name: str, value: Any, currency: str) -> str:
    """“12 h”, “60 days”, “CHF 5.00”, “yes”."""
    if value is None:
        return _("as other classes")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return f"{currency} {value:.2f}" if value else _("no fee")
    if name.endswith("_days"):
        return ngettext("%(n)d day", "%(n)d days", value) % {"n": value}
    if name.endswith("_minutes"):
        return _time(value)
    return _("no minimum") if not value else str(value)


def _time(minutes: int) -> str:
    if minutes and minutes % HOUR == 0:
        return _("%(n)d h") % {"n": minutes // HOUR}
    return _("%(n)d min") % {"n": minutes}
