from celery import shared_task
from django.utils import timezone

from fitfoodie.moderation.services.retention import forget_emails


@shared_task(name="moderation.forget_report_emails")
def forget_report_emails() -> int:
    """Daily: addresses of reporters without an account go some time after the decision."""
    return forget_emails(now=timezone.now())
