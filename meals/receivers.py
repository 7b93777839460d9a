"""What happens to meals after the fact, because somebody recorded it."""

from fitfoodie.events.registry import subscribe
from meals.tasks import index_meal_of_event, index_meals_of_person

# Every fact that can change what a search finds of a meal, or whether it may (REC-8).
_FACTS = ("created", "edited", "published", "scheduled", "unpublished", "archived", "restored", "deleted")


def enqueue_index(event_id: int) -> None:
    index_meal_of_event.delay(event_id=event_id)


for _fact in _FACTS:
    subscribe(f"meals.meal.{_fact}", consumer="meals.search", enqueue=enqueue_index)


# Facts after which all that a person published is there for everybody, or no longer is.
_PERSONS_FACTS = (
    "accounts.user.deactivated",
    "accounts.user.reactivated",
    "accounts.deletion.requested",
    "accounts.deletion.cancelled",
    "social.profile.closed",
    "social.profile.opened",
)


def enqueue_index_of_person(event_id: int) -> None:
    index_meals_of_person.delay(event_id=event_id)


for _fact in _PERSONS_FACTS:
    subscribe(_fact, consumer="meals.search_of_person", enqueue=enqueue_index_of_person)
