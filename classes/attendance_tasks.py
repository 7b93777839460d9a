"""Beside `tasks`: imported with the other parts of attendance when the apps are ready."""

from celery import shared_task
from django.utils import timezone

from classes.services import attendance, fees


@shared_task(name="classes.close_due_attendance")
def close_due_attendance() -> int:
    """Every few minutes. Late after an outage, never twice (CLS-10)."""
    return attendance.close_due_attendance(now=timezone.now())


@shared_task(name="classes.charge_due_fees")
def charge_due_fees() -> int:
    """Hourly; a fee falls due once."""
    return fees.charge_due_fees(now=timezone.now())
