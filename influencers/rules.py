"""Who may do what with pages, posts and verifications. Predicates only: querysets hide, services ask these."""

from typing import TYPE_CHECKING, Any

from accounts.enums import Role
from accounts.rules import is_verified_email

if TYPE_CHECKING:
    from influencers.models import Post


def is_creator(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_role(Role.CREATOR))


def may_edit_page(user: Any) -> bool:
    """Creators whose address is confirmed: what they write is read by others (F2)."""
    return is_creator(user) and is_verified_email(user)


def may_apply(user: Any) -> bool:
    return may_edit_page(user)


def may_review(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("influencers.review_verification"))


def may_decide(user: Any, *, applicant_id: int) -> bool:
    """Nobody on their own behalf."""
    return may_review(user) and user.pk != applicant_id


def may_decide_appeal(user: Any, *, applicant_id: int, first_reviewer_id: int | None) -> bool:
    """Another reviewer than the one whose decision is appealed against."""
    return may_decide(user, applicant_id=applicant_id) and user.pk != first_reviewer_id


def may_post(user: Any) -> bool:
    """A creator whose address is verified (F2)."""
    return is_creator(user) and is_verified_email(user)


def is_author(user: Any, post: "Post") -> bool:
    """The author alone writes; staff take down, they do not put words into a mouth."""
    return bool(user.is_authenticated and user.is_active and post.author_id == user.pk)


def may_take_down_post(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("influencers.change_post"))


def may_take_down_cover(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("influencers.change_creatorpage"))


def may_take_down_post_photo(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("influencers.change_postphoto"))
