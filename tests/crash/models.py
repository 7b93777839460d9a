from django.db import models


class Delivery(models.Model):
    """The unique row that makes a consumer idempotent."""

    event_id = models.BigIntegerField()
    consumer = models.CharField(max_length=20)
    effects = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "consumer"], name="crash_delivery_once")]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.consumer}"
