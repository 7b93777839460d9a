from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel
from meals.models.meal import Meal
from meals.querysets import ReviewQuerySet


class Review(TimestampedModel):
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="reviews")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meal_reviews")
    rating = models.PositiveSmallIntegerField(_("rating"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("what you would tell a friend"), max_length=2000, blank=True)
    # Hidden by staff, with a reason in the event log; leaves the average at once.
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["meal", "-created_at"], name="meals_review_newest")]
        constraints = [
            models.UniqueConstraint(fields=["meal", "author"], name="meals_review_one_each"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="meals_review_rating_range"),
        ]

    def __str__(self) -> str:
        return f"{self.rating}/5 by {self.author_id}"


class SavedMeal(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_meals")
    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="saves")
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "meal"], name="meals_savedmeal_once")]

    def __str__(self) -> str:
        return f"{self.meal_id} saved by {self.user_id}"
