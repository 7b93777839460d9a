from celery import shared_task

from fitfoodie.events.models import Event
from fitfoodie.search import services as search
from meals.search import MEALS


@shared_task(name="meals.index_meal_of_event", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def index_meal_of_event(*, event_id: int) -> None:
    """Make search agree with the meal the event is about, as the meal now is. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        search.index_objects(MEALS, [int(event.subject_id)])
