"""Why a code is refused, said by every door in the same words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from fitfoodie.common.errors import ConflictError
from orders.pricing.shapes import CodeOutcome


class CodeRefusedError(ConflictError):
    """`code` is the reason as the price says it (`expired`, `used_up`, …); `missing` goes with `minimum_not_met`."""

    code = "code_refused"

    def __init__(
        self, message: str, *, code: str | None = None, typed: str, missing: Decimal | None = None, currency: str = ""
    ) -> None:
        super().__init__(message, code=code, field="code")
        self.typed = typed
        self.missing = missing
        self.currency = currency


def refused(outcome: CodeOutcome, currency: str) -> CodeRefusedError:
    return CodeRefusedError(
        outcome.text, code=outcome.reason, typed=outcome.code, missing=outcome.missing, currency=currency
    )


def lost(outcome: CodeOutcome) -> CodeRefusedError:
    """Of a code that lies in the cart, when the order is placed."""
    words = {"code": outcome.code, "why": outcome.text}
    message = _("%(code)s: %(why)s Remove it to order without it.") % words
    return CodeRefusedError(message, code=outcome.reason, typed=outcome.code)


def unknown_code(typed: str) -> CodeRefusedError:
    return CodeRefusedError(_("There is no such code. Check the spelling."), code="unknown_code", typed=typed)


def for_strangers(typed: str) -> CodeRefusedError:
    """One answer for everything, so that codes cannot be found out by trying (ORD-8)."""
    return CodeRefusedError(_("This code cannot be used here. Sign in to see why."), typed=typed)


def used_up(typed: str) -> CodeRefusedError:
    return CodeRefusedError(_("This code has been used as often as it may be."), code="used_up", typed=typed)


def already_used(typed: str) -> CodeRefusedError:
    return CodeRefusedError(_("You have used this code already."), code="already_used", typed=typed)


def first_order_only(typed: str) -> CodeRefusedError:
    message = _("This code is for a first order, and you have ordered before.")
    return CodeRefusedError(message, code="first_order_only", typed=typed)


def budget_spent(typed: str) -> CodeRefusedError:
    message = _("Less is left of this code than a moment ago. Look at the new price and order again.")
    return CodeRefusedError(message, code="budget_spent", typed=typed)
