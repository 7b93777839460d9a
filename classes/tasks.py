from celery import shared_task
from django.utils import timezone

from accounts.models import User
from classes.models import Session
from classes.search import CLASSES
from classes.services import deciding, hand_on, outings, parting, series, sweeps
from classes.services.clashes import leave_overtaken_waitlists
from classes.services.rsvps import release_person
from fitfoodie.common.jobs.task import ReliableTask
from fitfoodie.events.models import Event
from fitfoodie.search import services as search

INDEX_BATCH = 200
# Whom the facts are about that can end a company.
_PAIRS = {"social.block.added": ("blocker_id", "blocked_id"), "social.connection.removed": ("low_id", "high_id")}


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


@shared_task(name="classes.expire_reservations")
def expire_reservations() -> int:
    """Each minute. Late after an outage, never twice; whoever acts first on a session does the same."""
    return sweeps.expire_reservations(now=timezone.now())


@shared_task(name="classes.close_waitlists")
def close_waitlists() -> int:
    """Each minute."""
    return sweeps.close_waitlists(now=timezone.now())


@shared_task(name="classes.tidy_seats")
def tidy_seats() -> int:
    """Each minute: what was left to a sweep, and questions among friends that nobody answered."""
    now = timezone.now()
    ended = leave_overtaken_waitlists(now=now)
    ended += hand_on.expire_hand_ons(now=now) + outings.expire_outings(now=now)
    return ended + sweeps.fill_empty_seats(now=now)


@shared_task(name="classes.release_person", base=ReliableTask)
def release_seats_of(*, event_id: int) -> int:
    """Somebody was shut out or is leaving: out of every class that has not begun, if that is still so. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    user = User.objects.filter(pk=event.data["user_id"]).first() if event else None
    if user is None or (user.is_active and user.deletion_requested_at is None):
        return 0
    return release_person(user=user, now=timezone.now(), reason="The account was closed")


@shared_task(name="classes.part_company", base=ReliableTask)
def part_company_of(*, event_id: int) -> int:
    """Somebody blocked somebody, or two are no longer friends: what was open between them is taken back. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return 0
    one_id, other_id = (int(event.data[key]) for key in _PAIRS[event.name])
    return parting.part_company(one_id=one_id, other_id=other_id, now=timezone.now())
