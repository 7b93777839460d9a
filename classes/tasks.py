from celery import shared_task
from django.utils import timezone

from classes.models import Session
from classes.search import CLASSES
from classes.services import deciding, series
from fitfoodie.events.models import Event
from fitfoodie.search import services as search

INDEX_BATCH = 200


@shared_task(name="classes.make_sessions")
def make_sessions() -> int:
    """Hourly; makes each occurrence once however often it runs."""
    now = timezone.now()
    return series.make_sessions(until=series.horizon(now), now=now)


@shared_task(name="classes.decide_sessions")
def decide_sessions() -> int:
    """Each minute. Late after an outage, never twice."""
    return deciding.decide_sessions(now=timezone.now())


@shared_task(name="classes.index_session_of_event", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def index_session_of_event(*, event_id: int) -> None:
    """Make search agree with the class the event is about, as the class now is. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        search.index_objects(CLASSES, [int(event.subject_id)])


@shared_task(name="classes.index_sessions_of_place", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def index_sessions_of_place(*, event_id: int) -> None:
    """The same for all coming classes of the chain or studio the event is about: its name, or that it is open."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return
    column = "studio" if event.subject_type == "classes.studio" else "chain"
    coming = Session.objects.across_chains().filter(starts_at__gt=timezone.now(), **{column: int(event.subject_id)})
    ids = list(coming.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), INDEX_BATCH):
        search.index_objects(CLASSES, ids[start : start + INDEX_BATCH])
