"""What the feed does after the fact."""

from fitfoodie.events.registry import subscribe
from social import feed_sources
from social.feed_sources import FeedSource
from social.tasks import follow_leaving, take_up_event, tend_feed_of_follow


def enqueue_take_up(event_id: int) -> None:
    take_up_event.delay(event_id=event_id)


def enqueue_tend(event_id: int) -> None:
    tend_feed_of_follow.delay(event_id=event_id)


def enqueue_leaving(event_id: int) -> None:
    follow_leaving.delay(event_id=event_id)


def subscribe_source(source: FeedSource) -> None:
    """Register a source and listen to what adds to it and takes from it. Called by the app that has it, when ready."""
    feed_sources.register(source)
    for name in (*source.added_by, *source.withdrawn_by):
        subscribe(name, consumer=f"social.feed.{source.kind}", enqueue=enqueue_take_up)


for _name in ("social.follow.accepted", "social.follow.removed"):
    subscribe(_name, consumer="social.feed", enqueue=enqueue_tend)
subscribe("accounts.user.deactivated", consumer="social.ties", enqueue=enqueue_leaving)
