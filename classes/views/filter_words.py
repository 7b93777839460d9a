"""Filters of classes in words, each as a chip that can be taken away."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sports import Sport
from classes.enums import ClassFormat, ClassLevel, DayPart, OnDay
from classes.filters import ME, SessionFilters
from classes.models import Chain, ClassType, Studio

_MEMBERS: dict[str, Any] = {
    "day": OnDay,
    "part": DayPart,
    "level": ClassLevel,
    "interest": Sport,
    "format": ClassFormat,
}
_WORDS = {
    "q": gettext_lazy("“%(value)s”"),
    "city": gettext_lazy("in %(value)s"),
    "radius_km": gettext_lazy("within %(value)s km"),
    "from": gettext_lazy("from %(value)s"),
    "to": gettext_lazy("until %(value)s"),
    "instructor": gettext_lazy("with @%(value)s"),
}


def chips(filters: SessionFilters, url: Callable[[SessionFilters], str]) -> list[dict[str, str]]:
    """What is set, each with the address without it. A radius without a place says nothing."""
    active = [pair for pair in filters.active if pair[0] != "radius_km" or filters.near or filters.city]
    return [{"label": label_of(name, value), "url": url(filters.without(name, value))} for name, value in active]


def label_of(name: str, value: str) -> str:
    """A filter in words."""
    if name in _MEMBERS:
        return str(_MEMBERS[name](value).label)
    if name == "near":
        return _("Near me") if value == ME else _("Near a point")
    if name == "free":
        return _("Free") if value == "true" else _("Not free")
    if name == "has_seats":
        return _("With free seats") if value == "true" else _("Full")
    if name in _NAMED:
        return _NAMED[name](value) or value
    return str(_WORDS[name]) % {"value": value}


def _studio(value: str) -> str | None:
    named = Studio.objects.open_to_all()
    return (named.filter(public_id=value) | named.filter(slug=value)).values_list("name", flat=True).first()


def _class_type(value: str) -> str | None:
    return ClassType.objects.open_to_all().filter(public_id=value).values_list("title", flat=True).first()


def _chain(value: str) -> str | None:
    return Chain.objects.filter(slug=value, is_active=True).values_list("name", flat=True).first()


_NAMED: dict[str, Callable[[str], str | None]] = {"studio": _studio, "class_type": _class_type, "chain": _chain}
