from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from fitfoodie.events import registry
from fitfoodie.events.models import Event

SWEEP_BATCH = 500


@shared_task(name="events.dispatch_event")
def dispatch_event(*, event_id: int) -> None:
    """Hand one event to every subscriber, then mark it. At least once: consumers keep a unique row each."""
    event = Event.objects.undispatched().filter(pk=event_id).first()
    if event is None:
        return
    for subscription in registry.subscriptions_for(event.name):
        subscription.enqueue(event.pk)
    Event.objects.filter(pk=event.pk).update(dispatched_at=timezone.now())


@shared_task(name="events.sweep_undispatched_events")
def sweep_undispatched_events() -> int:
    """Ask again for the dispatch of what a crash or a broker outage left behind; returns how many.

    One task an event, so that one that cannot be dispatched holds up no other.
    """
    # Younger rows are most likely on their way through the broker right now.
    settled_before = timezone.now() - timedelta(seconds=settings.EVENTS_SWEEP_AFTER_SECONDS)
    stale = Event.objects.undispatched().filter(occurred_at__lt=settled_before).order_by("id")
    event_ids = list(stale.values_list("pk", flat=True)[:SWEEP_BATCH])
    for event_id in event_ids:
        dispatch_event.delay(event_id=event_id)
    return len(event_ids)
