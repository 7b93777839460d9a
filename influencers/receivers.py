"""What follows from facts: applicants' websites are visited, the directory and the search of posts keep up."""

from fitfoodie.events.registry import subscribe
from influencers import tasks


def _visit_website(event_id: int) -> None:
    tasks.check_website_of_event.delay(event_id=event_id)


def _place_creator(event_id: int) -> None:
    tasks.place_creator_of_event.delay(event_id=event_id)


subscribe("influencers.verification.applied", consumer="influencers.website", enqueue=_visit_website)
subscribe("accounts.role.granted", consumer="influencers.directory", enqueue=_place_creator)
subscribe("social.follow.*", consumer="influencers.directory", enqueue=_place_creator)


# Every fact that can change what a search finds of a post, or whether it may (REC-8).
_FACTS = ("edited", "published", "unpublished", "archived", "taken_down", "deleted")


def _index_post(event_id: int) -> None:
    tasks.index_post_of_event.delay(event_id=event_id)


for _fact in _FACTS:
    subscribe(f"influencers.post.{_fact}", consumer="influencers.search", enqueue=_index_post)


# Facts after which all that a person published is there for everybody, or no longer is.
_PERSONS_FACTS = (
    "accounts.user.deactivated",
    "accounts.user.reactivated",
    "accounts.deletion.requested",
    "accounts.deletion.cancelled",
    "social.profile.closed",
    "social.profile.opened",
)


def _index_posts_of_person(event_id: int) -> None:
    tasks.index_posts_of_person.delay(event_id=event_id)


for _fact in _PERSONS_FACTS:
    subscribe(_fact, consumer="influencers.search_of_person", enqueue=_index_posts_of_person)
