"""Why a seat cannot be had. Codes are stable and stand in the API."""

from fitfoodie.common.errors import ConflictError


class OfferExpiredError(ConflictError):
    """The time of an offered seat was over when it was accepted, whether or not the sweep had run (CLS-6)."""

    code = "offer_expired"


class BookingClosedError(ConflictError):
    """Too early, too late, cancelled, or over."""

    code = "booking_closed"


class NoSeatsTogetherError(ConflictError):
    """Not all of the people get a seat, so nobody does (W5)."""

    code = "no_seats_together"


class ClashError(ConflictError):
    """Room or instructor, or the person, is somewhere else at that time. `other` is the session in the way."""

    code = "clash"

    def __init__(self, message: str, *, other: object, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.other = other
