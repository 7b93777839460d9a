"""Who may do what with people. Each predicate answers one question; services and doors ask it by name."""

from typing import TYPE_CHECKING

from accounts.enums import Role, Visibility
from accounts.roles import rank_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# --- Profiles

# What a person decides on, and who sees it until they do. Health is nobody's business by default.
DEFAULT_VISIBILITY: dict[str, Visibility] = {
    "photo": Visibility.EVERYONE,
    "bio": Visibility.EVERYONE,
    "links": Visibility.EVERYONE,
    "city": Visibility.MEMBERS,
    "sports": Visibility.MEMBERS,
    "level": Visibility.MEMBERS,
    "diets": Visibility.MEMBERS,
    "allergies": Visibility.NOBODY,
}


def visibility_of(field: str, chosen: dict[str, str]) -> Visibility:
    """The person's choice, or the default; a value of another time that we no longer know counts as `nobody`."""
    value = chosen.get(field)
    if value is None:
        return DEFAULT_VISIBILITY[field]
    return Visibility(value) if value in Visibility.values else Visibility.NOBODY


def sees(visibility: Visibility, *, is_member: bool, is_owner: bool) -> bool:
    if is_owner or visibility == Visibility.EVERYONE:
        return True
    return visibility == Visibility.MEMBERS and is_member


# --- Roles and people


def may_manage_roles(actor: "User | AnonymousUser") -> bool:
    return actor.is_active and actor.has_perm("accounts.manage_roles")


def may_change_role(actor: "User", target: "User", role: Role) -> bool:
    """Neither above one's own rank, nor on somebody who ranks above (N31)."""
    own = rank_of(actor.roles)
    return may_manage_roles(actor) and own >= rank_of([role]) and own >= rank_of(target.roles)


def may_deactivate(actor: "User", target: "User") -> bool:
    return actor.is_active and actor.has_perm("accounts.deactivate_user") and _stands_above(actor, target)


def may_sign_out(actor: "User", target: "User") -> bool:
    return actor.is_active and actor.has_perm("accounts.sign_out_user") and _stands_above(actor, target)


def _stands_above(actor: "User", target: "User") -> bool:
    """Never oneself, never a higher rank (MOD-7)."""
    return actor.pk != target.pk and rank_of(actor.roles) >= rank_of(target.roles)


# --- Getting in


def is_verified_email(user: "User | AnonymousUser") -> bool:
    """Whether the person has confirmed an address of theirs: without it one may look, but not write (F2).

    Asked once per person object, so once per request; the token authentication brings the answer along.
    """
    if not user.is_authenticated:
        return False
    known = getattr(user, "has_verified_email", None)
    if known is None:
        known = user.emailaddress_set.filter(verified=True).exists()  # type: ignore[attr-defined]  # allauth's reverse name
        user.has_verified_email = known  # type: ignore[attr-defined]  # kept for the rest of the request
    return bool(known)
