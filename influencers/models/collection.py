from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.models import TimestampedModel
from influencers.querysets import CollectionQuerySet


class Collection(TimestampedModel):
    """Meals of a creator that belong together, in an order of theirs: “Weeknights”, “For the gym bag”."""

    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="collections")
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(max_length=140, allow_unicode=True)
    description = models.TextField(_("description"), max_length=1000, blank=True, validators=[MaxLengthValidator(1000)])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_public = models.BooleanField(_("everyone may see it"), default=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["creator", "slug"], name="influencers_collection_slug")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("influencers:collection", kwargs={"handle": self.creator.handle, "slug": self.slug})


class CollectionItem(models.Model):
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    meal = models.ForeignKey("meals.Meal", on_delete=models.CASCADE, related_name="collection_items")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "meal"], name="influencers_collectionitem_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meal_id} in {self.collection_id}"
