"""Who may do what in a chain. Predicates only; each reads the roles afresh, in one query: a role that was taken is gone
on the next request (N30), and what somebody is in one chain says nothing about another (TEN-2)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from accounts.enums import Role
from classes.enums import StaffRole

RANKS: dict[str, int] = {StaffRole.DESK: 1, StaffRole.INSTRUCTOR: 1, StaffRole.MANAGER: 2, StaffRole.OWNER: 3}
MANAGES = frozenset({StaffRole.OWNER, StaffRole.MANAGER})
SCHEDULES = MANAGES | {StaffRole.INSTRUCTOR}
TAKES_ATTENDANCE = MANAGES | {StaffRole.DESK}


@dataclass(frozen=True)
class Held:
    """A role that somebody has now; without a studio it holds in all studios of the chain."""

    role: StaffRole
    chain_id: int
    studio_id: int | None

    def covers(self, studio_id: int | None) -> bool:
        return self.studio_id is None or self.studio_id == studio_id


def is_house_admin(user: Any) -> bool:
    """The administrators of the platform may everything in every chain."""
    return bool(user.is_authenticated and user.is_active and (user.is_superuser or user.has_role(Role.ADMIN)))


def held_roles(user: Any) -> tuple[Held, ...]:
    """All roles of the person in chains that are open. One query, nothing remembered."""
    if not user.is_authenticated or not user.is_active:
        return ()
    rows = user.chain_roles.filter(is_active=True, chain__is_active=True).order_by("id")
    return tuple(Held(StaffRole(role), chain, studio) for role, chain, studio in _columns(rows))


def _columns(rows: Any) -> Iterable[tuple[str, int, int | None]]:
    found: Iterable[tuple[str, int, int | None]] = rows.values_list("role", "chain_id", "studio_id")
    return found


def staff_roles(user: Any, chain: Any) -> frozenset[StaffRole]:
    """What the person is in this chain, be it in one studio of it. To decide on a thing ask one of the predicates
    below: they know in which studio a role counts."""
    return frozenset(held.role for held in held_roles(user) if held.chain_id == chain.pk)


def is_staff_of(user: Any, chain: Any) -> bool:
    return bool(staff_roles(user, chain)) or is_house_admin(user)


def may_manage_chain(user: Any, chain: Any) -> bool:
    """The brand, the rules of booking, studios, class types and staff: owners and managers of the whole chain."""
    return _has(user, MANAGES, chain_id=chain.pk, studio_id=None) or is_house_admin(user)


def may_manage_studio(user: Any, studio: Any) -> bool:
    """Also whoever manages this studio alone."""
    return _has(user, MANAGES, chain_id=studio.chain_id, studio_id=studio.pk) or is_house_admin(user)


def may_manage_somewhere(user: Any, chain: Any) -> bool:
    """The whole chain, or a studio of it."""
    return bool(staff_roles(user, chain) & MANAGES) or is_house_admin(user)


def studios_managed(user: Any, chain: Any) -> set[int]:
    """Ids of the studios that somebody manages who does not manage the whole chain."""
    held = (one for one in held_roles(user) if one.chain_id == chain.pk and one.role in MANAGES)
    return {one.studio_id for one in held if one.studio_id is not None}


def may_schedule(user: Any, studio: Any) -> bool:
    """Put a class on the timetable of this studio: who manages it, and instructors where they teach (CLS-14)."""
    return _has(user, SCHEDULES, chain_id=studio.chain_id, studio_id=studio.pk) or is_house_admin(user)


def may_schedule_somewhere(user: Any, chain: Any) -> bool:
    """Whether "New class" shows at all."""
    return bool(staff_roles(user, chain) & SCHEDULES) or is_house_admin(user)


def may_manage_session(user: Any, session: Any) -> bool:
    """Move, change or cancel a class: who manages the studio, and the instructor who gives it."""
    return _has_with_session(user, session, MANAGES)


def may_take_attendance(user: Any, session: Any) -> bool:
    """See the roster and check people in: owner, manager, front desk, and the instructor who gives the class."""
    return _has_with_session(user, session, TAKES_ATTENDANCE)


def highest_rank(user: Any, chain: Any) -> int:
    """Rank in the whole chain: a role in one studio lets nobody decide about the staff of all."""
    if is_house_admin(user):
        return max(RANKS.values())
    return rank_of(held_roles(user), chain)


def rank_of(held: Iterable[Held], chain: Any) -> int:
    return max((RANKS[one.role] for one in held if one.chain_id == chain.pk and one.studio_id is None), default=0)


def _has(user: Any, roles: Collection[StaffRole], *, chain_id: int, studio_id: int | None) -> bool:
    return _among(held_roles(user), roles, chain_id=chain_id, studio_id=studio_id)


def _among(held: Iterable[Held], roles: Collection[StaffRole], *, chain_id: int, studio_id: int | None) -> bool:
    return any(one.chain_id == chain_id and one.role in roles and one.covers(studio_id) for one in held)


def _has_with_session(user: Any, session: Any, roles: Collection[StaffRole]) -> bool:
    held = held_roles(user)
    if _among(held, roles, chain_id=session.chain_id, studio_id=session.studio_id) or is_house_admin(user):
        return True
    # Who stands in may be of another studio of the chain; who lost the role gives the class no longer.
    teaches = any(one.chain_id == session.chain_id and one.role == StaffRole.INSTRUCTOR for one in held)
    return teaches and session.instructor_id == user.pk


def may_moderate_ratings(user: Any) -> bool:
    """Moderators of the platform: whoever runs a class cannot remove what is said of it (N41)."""
    return bool(user.is_authenticated and user.is_active and user.has_perm("classes.change_sessionrating"))


def may_correct_bookings(user: Any) -> bool:
    """Support and administrators of the platform, in every chain."""
    return bool(user.is_authenticated and user.is_active and user.has_perm("classes.change_rsvp"))


def may_moderate_peer_reviews(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("classes.change_peerreview"))
