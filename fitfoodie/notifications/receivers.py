from fitfoodie.events.registry import subscribe
from fitfoodie.notifications.kinds import all_kinds
from fitfoodie.notifications.tasks import forget_blocked, tell


def enqueue_telling(event_id: int) -> None:
    tell.delay(event_id=event_id)


def enqueue_forgetting(event_id: int) -> None:
    forget_blocked.delay(event_id=event_id)


for _fact in sorted({kind.event for kind in all_kinds()}):
    subscribe(_fact, consumer="notifications", enqueue=enqueue_telling)
subscribe("social.block.added", consumer="notifications.forget", enqueue=enqueue_forgetting)
