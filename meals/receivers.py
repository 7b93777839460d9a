"""What happens to meals after the fact, because somebody recorded it."""

from fitfoodie.events.registry import subscribe
from meals.tasks import index_meal_of_event

# Every fact that can change what a search finds of a meal, or whether it may (REC-8).
_FACTS = ("created", "edited", "published", "scheduled", "unpublished", "archived", "restored", "deleted")


def enqueue_index(event_id: int) -> None:
    index_meal_of_event.delay(event_id=event_id)


for _fact in _FACTS:
    subscribe(f"meals.meal.{_fact}", consumer="meals.search", enqueue=enqueue_index)
