from celery import shared_task
from django.utils import timezone

from chat.services.evidence import forget_evidence


@shared_task(name="chat.forget_evidence")
def forget_old_evidence() -> int:
    """Each day."""
    return forget_evidence(now=timezone.now())
