from django.db import models
from django.db.models import Q


class IdempotencyRecord(models.Model):
    """One request a caller numbered, and what it was answered (ORD-4). The unique row is what makes it run once."""

    # Who numbered it: keys of different people never meet.
    caller = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    # SHA-256 of verb, address and body: the same key with another request is a mistake of the client.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    started_at = models.DateTimeField()
    # Until then a request without an answer counts as running; later its process is taken for dead.
    locked_until = models.DateTimeField()
    # Made anew at every claim: a request that lost its claim cannot store over its successor.
    claim = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="common_idempotencyrecord_once"),
            models.CheckConstraint(
                condition=Q(status=None) | Q(status__gte=200, status__lt=500), name="common_idempotencyrecord_final"
            ),
        ]
        indexes = [models.Index(fields=["started_at"], name="common_idempotency_started")]

    def __str__(self) -> str:
        return f"{self.key} of {self.caller}"
