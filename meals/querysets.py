from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from meals.enums import Audience, MealStatus

if TYPE_CHECKING:
    from accounts.models import User
    from meals.models import Meal  # noqa: F401  named in the type of the queryset


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
