"""Who may report and who may decide. Predicates only; services ask them under their locks."""

from typing import TYPE_CHECKING, Any

from accounts.roles import rank_of
from accounts.rules import is_verified_email
from fitfoodie.moderation.enums import Category

if TYPE_CHECKING:
    from accounts.models import User

# So many people who can be trusted hide a thing until somebody has looked (MOD-1).
TRUSTED_TO_HIDE = 3
TRUSTED_AFTER_DAYS = 14


def may_report(person: Any, category: Category) -> bool:
    """Illegal content is open to everybody, without an account too (MOD-11); the rest to confirmed addresses (F2)."""
    return category == Category.ILLEGAL or is_verified_email(person)


def may_moderate(person: Any) -> bool:
    return bool(person.is_authenticated and person.is_active and person.has_perm("moderation.decide_case"))


def conflict_of(actor: "User", *, owner: "User | None", has_reported: bool) -> str:
    """Why a moderator must leave this case to others (MOD-7): `own`, `reporter`, `rank`; empty when nothing is."""
    if owner is not None and owner.pk == actor.pk:
        return "own"
    if has_reported:
        return "reporter"
    if owner is not None and rank_of(owner.roles) > rank_of(actor.roles):
        return "rank"
    return ""
