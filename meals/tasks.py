from celery import shared_task
from django.utils import timezone

from fitfoodie.events.models import Event
from fitfoodie.search import services as search
from meals import services
from meals.models import Meal
from meals.search import MEALS
from meals.services.file_import import read_file


@shared_task(name="meals.index_meal_of_event", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def index_meal_of_event(*, event_id: int) -> None:
    """Make search agree with the meal the event is about, as the meal now is. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        search.index_objects(MEALS, [int(event.subject_id)])


@shared_task(name="meals.publish_due_meals")
def publish_due_meals() -> int:
    """Each minute. Late after an outage, never twice (CRE-4)."""
    return services.publish_due_meals(now=timezone.now())


@shared_task(name="meals.recompute_meal", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def recompute_meal(*, meal_id: int) -> None:
    """Figures anew, as after a change of the food table. A meal that is gone meanwhile is no failure."""
    if Meal.objects.filter(pk=meal_id).exists():
        services.recompute_meal(meal_id=meal_id)


@shared_task(name="meals.import_file")
def import_file(*, job_id: int, owner_id: int, name: str) -> None:
    read_file(job_id=job_id, owner_id=owner_id, name=name, now=timezone.now())
