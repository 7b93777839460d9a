from celery import shared_task
from django.db import transaction
from django.db.models import F

from tests.crash.models import Delivery


@shared_task(name="tests.deliver")
def deliver(*, event_id: int, consumer: str) -> None:
    """One effect for each new row, none for a row that is there: what every consumer does."""
    with transaction.atomic():
        row, is_new = Delivery.objects.get_or_create(event_id=event_id, consumer=consumer)
        if is_new:
            Delivery.objects.filter(pk=row.pk).update(effects=F("effects") + 1)
