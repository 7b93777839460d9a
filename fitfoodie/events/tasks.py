from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from fitfoodie.events import registry
from fitfoodie.events.models import Event

# Younger rows are most likely on their way through the broker right now.
SWEEP_AFTER = timedelta(seconds=30)
SWEEP_BATCH = 500


@shared_task(name="events.dispatch_event")
def dispatch_event(*, event_id: int) -> None:
    """Hand one event to every subscriber, then mark it. At least once: consumers keep a unique row each."""
    event = Event.objects.filter(pk=event_id).undispatched().first()
    if event is None:
        return
    for subscription in registry.subscriptions_for(event.name):
        subscription.enqueue(event.pk)
    Event.objects.filter(pk=event.pk).update(dispatched_at=timezone.now())


@shared_task(name="events.sweep_undispatched_events")
def sweep_undispatched_events() -> int:
    """Dispatch what a crash or a broker outage left behind; returns how many. Safe to run side by side."""
    with transaction.atomic():
        stale = Event.objects.undispatched().filter(occurred_at__lt=timezone.now() - SWEEP_AFTER).order_by("id")
        event_ids = list(stale.select_for_update(skip_locked=True).values_list("pk", flat=True)[:SWEEP_BATCH])
        for event_id in event_ids:
            dispatch_event(event_id=event_id)
    return len(event_ids)
