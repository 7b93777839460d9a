from fitfoodie.events.registry import subscribe
from orders.tasks import follow_seat, follow_suspension, tell_of_freeze


def enqueue_suspension(event_id: int) -> None:
    follow_suspension.delay(event_id=event_id)


for _fact in ("accounts.user.deactivated", "accounts.user.reactivated"):
    subscribe(_fact, consumer="orders.earnings", enqueue=enqueue_suspension)


def enqueue_letter(event_id: int) -> None:
    tell_of_freeze.delay(event_id=event_id)


for _fact in ("orders.earnings.frozen", "orders.earnings_appeal.decided"):
    subscribe(_fact, consumer="orders.freeze_letters", enqueue=enqueue_letter)


def enqueue_seat(event_id: int) -> None:
    follow_seat.delay(event_id=event_id)


for _fact in ("classes.rsvp.cancelled", "classes.rsvp.expired"):
    subscribe(_fact, consumer="orders.seats", enqueue=enqueue_seat)
