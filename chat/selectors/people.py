"""The other side of a conversation, as far as the viewer may still meet them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import public_avatar_of
from chat.models import Conversation
from chat.policy import close_to

PEOPLE = ("low__profile__photo", "high__profile__photo")


@dataclass(frozen=True)
class Shown:
    """Whoever is away keeps their name above what they wrote, and nothing else (CHT-7, CHT-12)."""

    name: str
    handle: str = ""
    url: str = ""
    avatar: str = ""
    verified: bool = False


def other_of(conversation: Conversation, person: User) -> User:
    """Of one of the two, the other."""
    return conversation.high if conversation.low_id == person.pk else conversation.low


def shown(other: User, *, is_there: bool) -> Shown:
    """`other` read with `profile__photo`; `is_there` for the viewer."""
    if other.deletion_requested_at is not None:
        return Shown(name=_("Deleted user"))
    if not is_there:
        return Shown(name=other.name)
    return Shown(
        name=other.name,
        handle=other.handle,
        url=other.get_absolute_url(),
        avatar=public_avatar_of(other) or "",
        verified=other.profile.is_verified,
    )


def there_among(viewer: User, people: Sequence[User]) -> set[int]:
    return set(
        User.objects.there_for(viewer).filter(pk__in=[person.pk for person in people]).values_list("pk", flat=True)
    )


def people_to_write_to(viewer: User, *, limit: int) -> list[User]:
    """Matches and friends with whom nothing has been said yet, by name."""
    talking = Conversation.objects.filter(last_seq__gt=0)
    known = talking.filter(low=viewer).values("high_id"), talking.filter(high=viewer).values("low_id")
    close = User.objects.filter(close_to(viewer)).exclude(pk__in=known[0]).exclude(pk__in=known[1])
    return list(close.select_related("profile__photo").order_by("name", "pk")[:limit])
