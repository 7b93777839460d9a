"""What can go wrong on the way from a cart to a meal on the table; the API says each with its figures."""

from typing import Any

from fitfoodie.common.errors import ConflictError


class UnavailableError(ConflictError):
    """A line that cannot be ordered, now or ever. `item` is its public id, where it is in a cart."""

    code = "unavailable"

    def __init__(self, message: str, *, item: str = "", title: str = "") -> None:
        super().__init__(message)
        self.item = item
        self.title = title


class InsufficientStockError(UnavailableError):
    """Fewer portions are left than asked for (ORD-12); `left` may be none."""

    code = "insufficient_stock"

    def __init__(self, message: str, *, item: str, title: str, left: int) -> None:
        super().__init__(message, item=item, title=title)
        self.left = left


class PriceChangedError(ConflictError):
    """The customer saw another total; `quote` is what it costs now (ORD-2)."""

    code = "price_changed"

    def __init__(self, message: str, *, quote: Any) -> None:
        super().__init__(message)
        self.quote = quote


class AllergyError(ConflictError):
    """Meals hold, or may hold, what hurts the customer; `concerns` must be confirmed one by one (W10)."""

    code = "allergy_unconfirmed"

    def __init__(self, message: str, *, concerns: Any) -> None:
        super().__init__(message)
        self.concerns = concerns
