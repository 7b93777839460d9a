"""What somebody who works for chains sees first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from classes import rules
from classes.enums import SessionStatus, StaffRole
from classes.models import Chain, ChainStaff, ClassType, Session, Studio

MAX_CHAINS = 100
AHEAD = timedelta(days=7)
NEXT_LENGTH = 6


@dataclass(frozen=True)
class HostedChain:
    chain: Chain
    roles: tuple[StaffRole, ...]
    studios: tuple[Studio, ...]


def chains_of(user: Any) -> list[HostedChain]:
    """The chains for which the person works, by name, with the open studios in which they do; for administrators of the
    house all chains. Three queries."""
    held = rules.held_roles(user)
    is_house = rules.is_house_admin(user)
    chains = Chain.objects.order_by("name", "id")
    if not is_house:
        chains = chains.filter(pk__in={one.chain_id for one in held})
    chains = chains[:MAX_CHAINS]
    studios: dict[int, list[Studio]] = {}
    open_ones = Studio.objects.across_chains().filter(chain__in=[chain.pk for chain in chains], is_active=True)
    for studio in open_ones.order_by("name", "id"):
        if is_house or _works_in(studio, held):
            studios.setdefault(studio.chain_id, []).append(studio)
    return [HostedChain(chain, _roles(held, chain), tuple(studios.get(chain.pk, ()))) for chain in chains]


def _works_in(studio: Studio, held: tuple[rules.Held, ...]) -> bool:
    return any(one.chain_id == studio.chain_id and one.covers(studio.pk) for one in held)


def _roles(held: tuple[rules.Held, ...], chain: Chain) -> tuple[StaffRole, ...]:
    mine = {one.role for one in held if one.chain_id == chain.pk}
    return tuple(role for role in StaffRole if role in mine)


def upcoming(chain: Chain, *, now: datetime, instructor: Any = None) -> QuerySet[Session]:
    """Classes to come that take place, the next first; with `instructor` those they give."""
    found = Session.objects.in_chain(chain).filter(starts_at__gte=now, status=SessionStatus.SCHEDULED)
    if instructor is not None:
        found = found.filter(instructor=instructor)
    return found.select_related("studio", "room", "instructor").order_by("starts_at", "id")


def figures_of(chain: Chain, *, now: datetime) -> dict[str, int]:
    """What there is of a chain: studios, class types, people who work there, classes of the next seven days."""
    return {
        "studios": Studio.objects.in_chain(chain).filter(is_active=True).count(),
        "class_types": ClassType.objects.in_chain(chain).filter(is_active=True).count(),
        "staff": ChainStaff.objects.in_chain(chain).filter(is_active=True).values("user").distinct().count(),
        "classes": upcoming(chain, now=now).filter(starts_at__lt=now + AHEAD).count(),
    }
