import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from fitfoodie.events import registry


class EventQuerySet(models.QuerySet["Event"]):
    def undispatched(self) -> "EventQuerySet":
        return self.filter(dispatched_at=None)

    def about(self, subject: models.Model) -> "EventQuerySet":
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


class Event(models.Model):
    """One fact. The row is the audit trail and the outbox entry at once; it is never changed but for its dispatch."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    # The id of the request or job in which it happened: one id runs from the page to the last consumer.
    correlation_id = models.CharField(max_length=64, blank=True)
    occurred_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(dispatched_at=None), name="events_event_undispatched"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="events_event_subject"),
            models.Index(fields=["name", "-id"], name="events_event_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    @property
    def payload(self) -> Any:
        return registry.type_named(self.name).payload(**self.data)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Events are never deleted: blank personal keys instead.")
