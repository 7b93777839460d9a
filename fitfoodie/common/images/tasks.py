from celery import shared_task
from django.apps import apps
from django.utils import timezone

from fitfoodie.common.images import processing


@shared_task(name="common.process_photo")
def process_photo(*, model: str, pk: int) -> None:
    """Check one uploaded photo and make its sizes. Safe to run twice; a failure is taken up by the sweep."""
    processing.process(model=apps.get_model(model), pk=pk, now=timezone.now())


@shared_task(name="common.sweep_photos")
def sweep_photos() -> int:
    """Ask again for photos that wait; returns how many."""
    waiting = processing.due(now=timezone.now())
    for model, pk in waiting:
        process_photo.delay(model=model, pk=pk)
    return len(waiting)
