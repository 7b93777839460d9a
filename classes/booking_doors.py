"""How a seat that costs money is paid. The app that takes money registers the way in when the apps are ready; this app
knows none of it and gives away no seat that has a price and no door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class PaidBooking:
    """`begin(rsvp, now)` runs inside the transaction that holds the seat and makes what is to be paid for it.
    `address(rsvp)` is the page on which it is paid. Neither may change the seat itself. That a seat was given up, in
    time or late, or taken by the house, is a fact (`classes.rsvp.cancelled`): who took the money listens to it."""

    begin: Callable[[Any, datetime], None]
    address: Callable[[Any], str]


_door: PaidBooking | None = None


def register(door: PaidBooking) -> None:
    """Raises ValueError when there is one: one of the two would silently win."""
    global _door  # noqa: PLW0603  one slot, filled once when the apps are ready
    if _door is not None:
        raise ValueError("Paid bookings are registered twice.")
    _door = door


def paid_booking() -> PaidBooking | None:
    return _door
