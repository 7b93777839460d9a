from collections.abc import Iterable, Iterator
from itertools import islice

from celery import shared_task
from django.utils import timezone

from fitfoodie.events.models import Event
from fitfoodie.search import services as search
from meals import services
from meals.models import Meal
from meals.search import MEALS
from meals.services.file_import import read_file

INDEX_BATCH = 200


@shared_task(name="meals.index_meal_of_event", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def index_meal_of_event(*, event_id: int) -> None:
    """Make search agree with the meal the event is about, as the meal now is. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        search.index_objects(MEALS, [int(event.subject_id)])


@shared_task(name="meals.index_meals_of_person", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def index_meals_of_person(*, event_id: int) -> None:
    """The same for all meals of the person the event is about: they came, went, or closed their profile."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        meals = Meal.objects.filter(creator_id=int(event.subject_id)).order_by("pk")
        for batch in batched(meals.values_list("pk", flat=True).iterator(), INDEX_BATCH):
            search.index_objects(MEALS, batch)


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


def batched(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """Python 3.11 has no `itertools.batched` yet."""
    rest = iter(ids)
    while batch := list(islice(rest, size)):
        yield batch
