"""What every page of a host shows above its own: the chain, and the parts of running it.

Another part of running a chain hangs its page here with `add_place` when the apps are ready; its route takes `chain`,
the slug, and its view begins with `host_of`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from classes import rules
from classes.enums import StaffRole
from classes.models import Chain


@dataclass(frozen=True)
class Host:
    """Somebody who works for a chain, as they are on this request."""

    chain: Chain
    held: tuple[rules.Held, ...]
    is_house: bool

    @property
    def roles(self) -> frozenset[StaffRole]:
        return frozenset(one.role for one in self.held)

    @property
    def may_manage(self) -> bool:
        """The whole chain."""
        return self.is_house or any(one.role in rules.MANAGES and one.studio_id is None for one in self.held)

    @property
    def may_schedule(self) -> bool:
        return self.is_house or bool(self.roles & rules.SCHEDULES)

    def manages(self, studio_id: int) -> bool:
        """This studio: whoever manages all of them, and whoever manages it alone."""
        return self.is_house or any(one.role in rules.MANAGES and one.covers(studio_id) for one in self.held)

    @property
    def manages_any(self) -> bool:
        return self.is_house or bool(self.roles & rules.MANAGES)

    def may_change(self, session: Any, user: Any) -> bool:
        """As `rules.may_manage_session`, from the roles that are read already: for lists."""
        return self.manages(session.studio_id) or self._gives(session, user)

    def may_check_in(self, session: Any, user: Any) -> bool:
        """As `rules.may_take_attendance`, the same way."""
        takes = any(one.role in rules.TAKES_ATTENDANCE and one.covers(session.studio_id) for one in self.held)
        return self.is_house or takes or self._gives(session, user)

    def _gives(self, session: Any, user: Any) -> bool:
        return StaffRole.INSTRUCTOR in self.roles and session.instructor_id == user.pk

    @property
    def sees_all_classes(self) -> bool:
        """Managers and the front desk; instructors are shown their own."""
        return self.is_house or bool(self.roles & rules.TAKES_ATTENDANCE)

    @property
    def rank(self) -> int:
        return max(rules.RANKS.values()) if self.is_house else rules.rank_of(self.held, self.chain)

    @property
    def role_labels(self) -> list[Any]:
        return [role.label for role in StaffRole if role in self.roles]


May = Callable[[Host], bool]


@dataclass(frozen=True)
class Place:
    route: str
    label: Any
    may: May


def anybody(host: Host) -> bool:
    return True


def managers(host: Host) -> bool:
    return host.may_manage


def managers_of_any(host: Host) -> bool:
    return host.manages_any


_PLACES = (
    Place("classes:host-chain", _("Overview"), anybody),
    Place("classes:host-studios", _("Studios"), managers_of_any),
    Place("classes:host-class-types", _("Class types"), managers),
    Place("classes:host-staff", _("Staff"), managers),
    Place("classes:host-brand", _("Brand and rules"), managers),
)
_further_places: dict[str, Place] = {}


def add_place(route: str, label: Any, *, may: May = anybody) -> None:
    """Another part of running a chain; called once, when the apps are ready. Raises ValueError."""
    if route in _further_places:
        raise ValueError(f"The host place {route} is added twice.")
    _further_places[route] = Place(route, label, may)


def host_of(request: Any, slug: str) -> Host:
    """Reads the roles afresh. Raises Http404 for whoever does not work there: a chain's inside is not even known of."""
    chain = Chain.objects.filter(slug=slug).first()
    if chain is None:
        raise Http404
    held = tuple(one for one in rules.held_roles(request.user) if one.chain_id == chain.pk)
    is_house = rules.is_house_admin(request.user)
    if not held and not is_house:
        raise Http404
    return Host(chain, held, is_house)


def manager_of(request: Any, slug: str) -> Host:
    """Raises Http404 for whoever does not manage the whole chain."""
    host = host_of(request, slug)
    if not host.may_manage:
        raise Http404
    return host


def host_frame(request: HttpRequest, host: Host) -> dict[str, Any]:
    """The context of `classes/host_base.html`."""
    return {"host": host, "chain": host.chain, "tabs": _tabs(request, host)}


def _tabs(request: HttpRequest, host: Host) -> list[dict[str, Any]]:
    # What is done each day stands before what is set once.
    places = (_PLACES[0], *_further_places.values(), *_PLACES[1:])
    shown = [(place, reverse(place.route, args=[host.chain.slug])) for place in places if place.may(host)]
    home = reverse("classes:host-chain", args=[host.chain.slug])
    return [
        {"label": place.label, "url": url, "current": _is_here(request.path, url, is_home=url == home)}
        for place, url in shown
    ]


def _is_here(path: str, url: str, *, is_home: bool) -> bool:
    return path == url or (not is_home and path.startswith(url))
