from celery import shared_task
from django.utils import timezone

from accounts.models import User
from classes.services.parting import part_company
from fitfoodie.events.models import Event
from matching.services import matches


@shared_task(name="matching.follow_block", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def follow_block(*, event_id: int) -> None:
    """End the match of two people of whom one blocked the other. Idempotent; the deck hid them at once."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return
    blocker_id, blocked_id = event.data["blocker_id"], event.data["blocked_id"]
    matches.end_between(
        one_id=blocker_id, other_id=blocked_id, ended_by_id=blocker_id, cause="blocked", now=timezone.now()
    )


@shared_task(name="matching.follow_leaving", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def follow_leaving(*, event_id: int) -> None:
    """End the matches of somebody whose account is closed for good. Idempotent.

    A suspension, or leaving that can still be taken back, only hides: what it hid comes back with the person (MOD-8).
    """
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return
    user_id = int(event.data["user_id"])
    if User.objects.filter(pk=user_id, is_active=False).exclude(deletion_requested_at=None).exists():
        matches.end_all_of(user_id=user_id, cause="left", now=timezone.now())


@shared_task(name="matching.part_company", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def part_company_of(*, event_id: int) -> None:
    """A match ended: outings still open between the two are taken back, unless they are friends. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        part_company(one_id=event.data["low_id"], other_id=event.data["high_id"], now=timezone.now())
