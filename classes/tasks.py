from celery import shared_task
from django.utils import timezone

from classes.services import series


@shared_task(name="classes.make_sessions")
def make_sessions() -> int:
    """Hourly; makes each occurrence once however often it runs."""
    now = timezone.now()
    return series.make_sessions(until=series.horizon(now), now=now)
