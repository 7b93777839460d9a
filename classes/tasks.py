from celery import shared_task
from django.utils import timezone

from classes.services import deciding, series


@shared_task(name="classes.make_sessions")
def make_sessions() -> int:
    """Hourly; makes each occurrence once however often it runs."""
    now = timezone.now()
    return series.make_sessions(until=series.horizon(now), now=now)


@shared_task(name="classes.decide_sessions")
def decide_sessions() -> int:
    """Each minute. Late after an outage, never twice."""
    return deciding.decide_sessions(now=timezone.now())
