"""The house rules of a class: how late one may cancel, how long an offer stands. Pure: numbers in, numbers out."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Policy:
    """Resolved: class type → studio → chain → platform (TEN-3). Written down on each booking as it was then.

    Minutes count back from the start of the class unless they say otherwise; fees are in the chain's currency.
    """

    late_cancel_minutes: int = 12 * 60
    # After booking, or after being promoted within the window, one may still leave for free this long (CLS-9).
    grace_minutes: int = 15
    offer_minutes: int = 15
    waitlist_closes_minutes: int = 60
    booking_opens_days: int = 60
    booking_closes_minutes: int = 0
    # W29: with a minimum, the class is guaranteed once so many are in; below it at `decides_minutes` it is cancelled.
    min_participants: int = 0
    decides_minutes: int = 4 * 60
    # A guaranteed class may be joined this shortly before it starts; None is as `booking_closes_minutes`.
    guaranteed_closes_minutes: int | None = None
    late_cancel_fee: Decimal = Decimal(0)
    no_show_fee: Decimal = Decimal(0)
    check_in_opens_minutes: int = 30
    # Inside the window: offered to the head of the line, or open for whoever of the line clicks first (CLS-5).
    is_open_claim: bool = False
    # Promotion leaves the person's other overlapping waitlists (CLS-7).
    leaves_clashing_waitlists: bool = True

    def as_json(self) -> dict[str, Any]:
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(self).items()}

    def late_from(self, starts_at: datetime) -> datetime:
        """From here on cancelling is late (CLS-9)."""
        return starts_at - timedelta(minutes=self.late_cancel_minutes)

    def waitlist_closes(self, starts_at: datetime) -> datetime:
        return starts_at - timedelta(minutes=self.waitlist_closes_minutes)

    def booking_closes(self, starts_at: datetime, *, is_guaranteed: bool) -> datetime:
        minutes = self.booking_closes_minutes
        if is_guaranteed and self.guaranteed_closes_minutes is not None:
            minutes = self.guaranteed_closes_minutes
        return starts_at - timedelta(minutes=minutes)


NAMES = tuple(field.name for field in fields(Policy))
_MONEY = frozenset({"late_cancel_fee", "no_show_fee"})


def resolve(layers: Iterable[Any]) -> Policy:
    """From the most special to the most general; of each value the first that is not None wins."""
    found: dict[str, Any] = {}
    for layer in layers:
        for name in NAMES:
            value = getattr(layer, name, None)
            if name not in found and value is not None:
                found[name] = value
    return replace(Policy(), **found)


def from_json(data: dict[str, Any]) -> Policy:
    """A snapshot read back; what it does not know yet is as the platform has it."""
    known: dict[str, Any] = {name: value for name, value in data.items() if name in NAMES}
    for name in _MONEY & known.keys():
        known[name] = Decimal(known[name])
    return Policy(**known)
