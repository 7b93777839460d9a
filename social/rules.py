"""Who may do what in the community. Predicates only: the policy hides, services ask these."""

from typing import TYPE_CHECKING, Any

from accounts.rules import is_verified_email
from social.enums import WhoMayComment

if TYPE_CHECKING:
    from accounts.models import User

COMMENTS_PER_MINUTE = 10


def may_reach_out(person: "User") -> bool:
    """Follow and ask for friendship: with a confirmed address (F2). Who wants to be left alone needs none."""
    return person.is_active and is_verified_email(person)


def may_mend_blocks(actor: Any) -> bool:
    return bool(actor.is_active and actor.has_perm("social.change_block"))


def may_mend_connections(actor: Any) -> bool:
    return bool(actor.is_active and actor.has_perm("social.change_connection"))


def may_react(person: "User") -> bool:
    """Like, comment and share: with a confirmed address (F2)."""
    return person.is_active and is_verified_email(person)


def may_comment(person: Any, row: Any, *, owner_id: int, is_follower: bool) -> bool:
    """As the owner says at this moment; the owner always may."""
    if person.pk == owner_id:
        return True
    if row.who_may_comment == WhoMayComment.FOLLOWERS:
        return is_follower
    return bool(row.who_may_comment == WhoMayComment.EVERYONE)


def may_edit_comment(person: Any, comment: Any) -> bool:
    return bool(person.is_authenticated and comment.author_id == person.pk)


def is_comment_staff(person: Any) -> bool:
    return bool(person.is_authenticated and person.is_active and person.has_perm("social.change_comment"))


def may_revoke_links(person: Any) -> bool:
    return bool(person.is_active and person.has_perm("social.change_sharelink"))
