"""What happens to classes after the fact, because somebody recorded it."""

from classes.tasks import index_session_of_event, index_sessions_of_place, part_company_of, release_seats_of
from fitfoodie.events.registry import subscribe

# Every fact that can change what a search finds of a class, or whether it may.
_FACTS = ("scheduled", "changed", "moved", "substituted", "cancelled")


def enqueue_index(event_id: int) -> None:
    index_session_of_event.delay(event_id=event_id)


for _fact in _FACTS:
    subscribe(f"classes.session.{_fact}", consumer="classes.search", enqueue=enqueue_index)


def enqueue_index_of_place(event_id: int) -> None:
    index_sessions_of_place.delay(event_id=event_id)


for _name in ("classes.studio.changed", "classes.chain.changed"):
    subscribe(_name, consumer="classes.search_of_place", enqueue=enqueue_index_of_place)


def enqueue_release(event_id: int) -> None:
    release_seats_of.delay(event_id=event_id)


for _end in ("accounts.user.deactivated", "accounts.deletion.requested"):
    subscribe(_end, consumer="classes.seats", enqueue=enqueue_release)


def enqueue_parting(event_id: int) -> None:
    part_company_of.delay(event_id=event_id)


for _tie in ("social.block.added", "social.connection.removed"):
    subscribe(_tie, consumer="classes.company", enqueue=enqueue_parting)
