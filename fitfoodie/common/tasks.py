from datetime import timedelta

from celery import current_app, shared_task
from django.utils import timezone

import fitfoodie.common.images.tasks  # noqa: F401  Celery looks for tasks here, those of photos are beside the photos
from fitfoodie.common.api import idempotency
from fitfoodie.common.jobs.schedule import slot_of
from fitfoodie.common.models import ScheduledRun

KEEP_RUNS = timedelta(days=7)


@shared_task(name="common.run_scheduled")
def run_scheduled(*, task: str, every: int) -> bool:
    """Enqueue `task` for the slot that is due now, unless another scheduler has done so; returns whether it did.

    Slots are whole multiples of `every` seconds since the epoch.
    """
    now = timezone.now()
    slot_at = slot_of(now, every)
    _run, is_ours = ScheduledRun.objects.get_or_create(task=task, slot_at=slot_at, defaults={"enqueued_at": now})
    if is_ours:
        current_app.tasks[task].delay()
    return is_ours


@shared_task(name="common.forget_old_runs")
def forget_old_runs() -> int:
    """Drop the slots nobody asks about any more; returns how many."""
    deleted, _by_model = ScheduledRun.objects.filter(slot_at__lt=timezone.now() - KEEP_RUNS).delete()
    return deleted


@shared_task(name="common.forget_expired_idempotency_records")
def forget_expired_idempotency_records() -> int:
    """Drop stored answers older than a day; returns how many (ORD-4)."""
    return idempotency.forget_expired_records(now=timezone.now())
