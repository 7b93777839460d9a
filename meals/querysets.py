from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from fitfoodie.search import services as search
from meals.enums import Audience, MealStatus
from social import policy

if TYPE_CHECKING:
    from accounts.models import User
    from meals.models import Meal, Review  # noqa: F401  named in the types of the querysets


class MealQuerySet(models.QuerySet["Meal"]):
    def public(self) -> "MealQuerySet":
        """What a stranger may see on any surface (REC-8): of nobody who is private, suspended or leaving."""
        return self.filter(
            policy.reachable("creator"),
            status=MealStatus.PUBLISHED,
            audience=Audience.EVERYONE,
            creator__profile__is_private=False,
        )

    def listed_for(self, user: "User | AnonymousUser") -> "MealQuerySet":
        """What a search or a list of everybody's meals may hold: the public ones, without those of blocked people."""
        return self.public().filter(policy.not_blocked(user, "creator"))

    def visible_to(self, user: "User | AnonymousUser") -> "MealQuerySet":
        """What one may open: what its people show to this viewer, and one's own in every state."""
        if user.is_anonymous:
            return self.public()
        shown = Q(audience=Audience.EVERYONE) | (Q(audience=Audience.FOLLOWERS) & policy.followed(user, "creator"))
        others = Q(status=MealStatus.PUBLISHED) & shown & policy.content_of(user, "creator")
        return self.filter(Q(creator_id=user.pk) | others)

    def editable_by(self, user: Any) -> "MealQuerySet":
        return self.filter(creator=user)

    def due(self, now: Any) -> "MealQuerySet":
        return self.filter(status=MealStatus.SCHEDULED, scheduled_for__lte=now)

    def free_of(self, allergens: Iterable[str]) -> "MealQuerySet":
        """Fails closed (REC-6): a meal with an ingredient we do not know may hold anything, so it is out."""
        return self.filter(has_complete_traits=True, allergens__has_none=allergens)

    def maybe_holding(self, allergens: Iterable[str]) -> "MealQuerySet":
        """The other side of `free_of`: those that hold one of them, or might."""
        return self.filter(Q(has_complete_traits=False) | Q(allergens__has_any=allergens))

    def tagged(self, slugs: Iterable[str]) -> "MealQuerySet":
        """With any of the tags. EXISTS, not a join: no meal comes twice and no DISTINCT is needed."""
        links = self.model.tags.through.objects.filter(meal_id=OuterRef("pk"), tag__slug__in=list(slugs))
        return self.filter(Exists(links))

    def searched(self, text: str) -> "MealQuerySet":
        """Those that match the words, annotated with `search_rank`, larger is better."""
        return cast("MealQuerySet", search.apply("meals", self, text))

    def for_cards(self) -> "MealQuerySet":
        """All that a card shows, in one statement."""
        return self.select_related("creator__profile__photo", "cover")


class ReviewQuerySet(models.QuerySet["Review"]):
    def shown(self) -> "ReviewQuerySet":
        """What counts in the average, whoever wrote it and whoever looks."""
        return self.filter(hidden_at=None)

    def shown_to(self, user: "User | AnonymousUser") -> "ReviewQuerySet":
        """What one viewer reads: of nobody who is blocked, either way, suspended or leaving."""
        return self.shown().filter(policy.there_for(user, "author"))
