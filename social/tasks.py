from celery import shared_task
from django.utils import timezone

from accounts.models import User
from fitfoodie.events.models import Event
from social.services import feed
from social.services.leaving import end_ties_of


@shared_task(name="social.take_up_event", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def take_up_event(*, event_id: int) -> None:
    """Add to the feed, or withdraw from it, what the event says; then spread it. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return
    for item in feed.take_up(event):
        spread_item.delay(item_id=item.pk, after=0)


@shared_task(name="social.spread_item", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def spread_item(*, item_id: int, after: int) -> None:
    """One chunk of followers, then the next in a task of its own: other work gets its turn. Idempotent."""
    next_after = feed.spread(item_id=item_id, after=after)
    if next_after is not None:
        spread_item.delay(item_id=item_id, after=next_after)


@shared_task(name="social.tend_feed_of_follow", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def tend_feed_of_follow(*, event_id: int) -> None:
    """After a follow began or ended: fill or clear what the follower has of the followee, as the two stand now."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return
    pair = {"owner_id": event.data["follower_id"], "actor_id": event.data["followee_id"]}
    if feed.is_followed(**pair):
        feed.backfill(**pair)
    else:
        feed.clear_out(**pair)


@shared_task(name="social.follow_leaving", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def follow_leaving(*, event_id: int) -> None:
    """End what is between others and somebody whose account is closed for good. Idempotent.

    A suspension, or leaving that can still be taken back, only pauses: the ties come back with the person (MOD-8).
    """
    event = Event.objects.filter(pk=event_id).first()
    closed = User.objects.filter(is_active=False).exclude(deletion_requested_at=None)
    user = closed.filter(pk=event.data["user_id"]).first() if event else None
    if user is not None:
        end_ties_of(user=user)


@shared_task(name="social.forget_old_feed_entries")
def forget_old_feed_entries() -> int:
    """Each hour; what is more than one batch waits for the next."""
    return feed.forget_old_entries(now=timezone.now())
