from fitfoodie.events.registry import subscribe
from orders.tasks import follow_suspension


def enqueue_suspension(event_id: int) -> None:
    follow_suspension.delay(event_id=event_id)


for _fact in ("accounts.user.deactivated", "accounts.user.reactivated"):
    subscribe(_fact, consumer="orders.earnings", enqueue=enqueue_suspension)
