"""On one's own page: the ways to what one booked, did, saved and teaches. Nobody else is shown it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.profile_sections import ProfileSection
from classes import rules


def training_of(person: User, viewer: User | AnonymousUser) -> dict[str, Any] | None:
    """One query more: whether the person works for a chain."""
    if person.pk != viewer.pk:
        return None
    places = [*_for_everybody(), *(_for_hosts() if _works(viewer) else [])]
    found = ((_address(route), icon, label, detail) for route, icon, label, detail in places)
    links = [{"url": url, "icon": icon, "label": label, "detail": detail} for url, icon, label, detail in found if url]
    return {"links": links}


def _works(viewer: Any) -> bool:
    return rules.is_house_admin(viewer) or bool(rules.held_roles(viewer))


def _for_everybody() -> list[tuple[str, str, str, str]]:
    return [
        ("classes:mine", "calendar", _("My classes"), _("What you booked, wait for and plan with friends.")),
        ("classes:history", "clock", _("My training so far"), _("Past classes, hours and weeks in a row.")),
        ("matching:deck", "people", _("Training partners"), _("People near you who train what you train.")),
        ("matching:classes", "train", _("Classes for you"), _("The next two weeks, what fits you best first.")),
        ("search:saved", "search", _("Saved searches"), _("And a mail when something new fits.")),
    ]


def _for_hosts() -> list[tuple[str, str, str, str]]:
    return [
        ("classes:teach", "train", _("The week you teach"), _("Your classes of the next seven days.")),
        ("classes:host", "pin", _("Your chains"), _("Timetable, rosters, studios and staff.")),
    ]


def _address(route: str) -> str:
    """Empty for a page of an app above that is not there."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


SECTION = ProfileSection("training", "classes/_profile_training.html", training_of, position=5)
