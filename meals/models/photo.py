from django.db import models

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.images.models import AbstractPhoto
from fitfoodie.common.models import TimestampedModel
from meals.models.meal import Meal


class MealPhoto(TimestampedModel, AbstractPhoto):
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(AbstractPhoto.Meta):
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.alt or self.public_id
