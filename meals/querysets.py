from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from fitfoodie.search import services as search
from meals.enums import Audience, MealStatus

if TYPE_CHECKING:
    from accounts.models import User
    from meals.models import Meal, Review  # noqa: F401  named in the types of the querysets


class MealQuerySet(models.QuerySet["Meal"]):
    def public(self) -> "MealQuerySet":
        """What a stranger may see on any surface (REC-8)."""
        return self.filter(status=MealStatus.PUBLISHED, audience=Audience.EVERYONE)

    def visible_to(self, user: "User | AnonymousUser") -> "MealQuerySet":
        """The public ones and, signed in, one's own in every state."""
        public = Q(status=MealStatus.PUBLISHED, audience=Audience.EVERYONE)
        return self.filter(public if user.is_anonymous else public | Q(creator=user))

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
        return self.filter(hidden_at=None)
