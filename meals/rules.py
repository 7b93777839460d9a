"""Who may do what with meals. Predicates only: querysets hide, services ask these."""

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress

from accounts.enums import Role

if TYPE_CHECKING:
    from accounts.models import User


def may_write(user: Any) -> bool:
    """Drafts and imports: everybody who is signed in may try the studio."""
    return bool(user.is_authenticated and user.is_active)


def has_verified_email(user: "User") -> bool:
    return bool(EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists())


def may_publish(user: Any) -> bool:
    """A creator whose address is verified (F2, N29)."""
    return is_creator(user) and has_verified_email(user)


def is_creator(user: Any) -> bool:
    return may_write(user) and user.has_role(Role.CREATOR)


def may_edit(user: Any, meal: Any) -> bool:
    """The creator alone writes; staff take down or hide, they do not put words into a mouth."""
    return may_write(user) and meal.creator_id == user.pk


def may_take_down(user: Any, meal: Any) -> bool:
    return may_edit(user, meal) or is_meal_staff(user)


def is_meal_staff(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("meals.change_meal"))


def may_review(user: Any, meal: Any) -> bool:
    """Everyone signed in but the one who sells it."""
    return may_write(user) and meal.creator_id != user.pk


def may_hide_review(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("meals.change_review"))


def may_take_down_photo(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("meals.change_mealphoto"))
