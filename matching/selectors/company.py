"""With whom somebody may go to a class: matches, which classes knows nothing of, beside friends, which it knows."""

from django.db.models import Q

from accounts.models import User
from classes import acquaintances, invitations
from classes.services.companions import company_of
from matching.models import Match


def companion(viewer: User, handle: str) -> User | None:
    """A match or a friend of the viewer, who is there for them; nobody else's evenings are anybody's business."""
    return company_of(viewer).filter(handle=handle.lower()).select_related("preferences").first()


def matches_as_company(person: User) -> Q:
    """Condition on users: those with whom the person has a match that nobody ended."""
    going = Match.objects.filter(ended_at=None)
    highs = going.filter(low=person.pk).values("high_id")
    lows = going.filter(high=person.pk).values("low_id")
    return Q(pk__in=highs) | Q(pk__in=lows)


def matched_among(person_id: int, others: frozenset[int]) -> set[int]:
    """Those of the others with whom the person has a match: they may write a word to each other after a class."""
    people = User.objects.filter(matches_as_company(User(pk=person_id)), pk__in=others)
    return set(people.values_list("pk", flat=True))


def register() -> None:
    """Tells classes whom one may ask along, and who knows whom."""
    invitations.register(matches_as_company)
    acquaintances.register("matching", matched_among)
