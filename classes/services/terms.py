"""What leaving costs, and saying so before it is done (CLS-9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from classes.enums import FeeState, RsvpStatus
from classes.models import Rsvp, Session
from classes.policies import from_json
from fitfoodie.common.templatetags.money import money

# A class that was moved may be left for free this long (CLS-13).
AFTER_MOVE = timedelta(hours=24)
# Time to object before money is asked for (CLS-10).
FEE_WAITS = timedelta(days=5)


@dataclass(frozen=True)
class Terms:
    """Of leaving now. `free_until` is the last instant at which it costs nothing, None when that is over or it never
    costs anything; `keeps_price`: what was paid is not given back."""

    is_late: bool
    fee: Decimal
    currency: str
    free_until: datetime | None
    keeps_price: bool
    says: str


def leaving_terms(*, rsvp: Rsvp, now: datetime) -> Terms:
    """Reads the rules as they were when the seat was booked, by the clock of the server."""
    session = rsvp.session
    is_late = rsvp.status == RsvpStatus.CONFIRMED and is_late_now(rsvp, session, now)
    keeps_price = is_late and bool(rsvp.price)
    fee = from_json(rsvp.policy).late_cancel_fee if is_late and not keeps_price else Decimal(0)
    currency = session.chain.currency
    until = free_until(rsvp, session) if rsvp.status == RsvpStatus.CONFIRMED and not is_late else None
    says = _words(rsvp, is_late=is_late, fee=fee, currency=currency, until=until)
    return Terms(is_late, fee, currency, until, keeps_price, says)


def leaving_fee(terms: Terms, now: datetime) -> dict[str, Any]:
    """The columns of a booking that was left on these terms."""
    if not terms.fee:
        return {}
    return {"fee": terms.fee, "fee_state": FeeState.PENDING, "fee_charges_at": now + FEE_WAITS}


def is_late_now(rsvp: Rsvp, session: Session, now: datetime) -> bool:
    return now >= free_until(rsvp, session)


def free_until(rsvp: Rsvp, session: Session) -> datetime:
    """The latest of: the start of the late window, the grace after booking, a day after the class was moved."""
    ends = [from_json(rsvp.policy).late_from(session.starts_at)]
    if rsvp.free_cancel_until:
        ends.append(rsvp.free_cancel_until)
    if session.moved_at and rsvp.confirmed_at and rsvp.confirmed_at <= session.moved_at:
        ends.append(session.moved_at + AFTER_MOVE)
    return max(ends)


def _words(rsvp: Rsvp, *, is_late: bool, fee: Decimal, currency: str, until: datetime | None) -> str:
    if rsvp.status == RsvpStatus.WAITLISTED:
        return _("You give up your place in line. If you come back, you start at the end.")
    if rsvp.status in (RsvpStatus.OFFERED, RsvpStatus.HELD):
        return _("The seat goes to the next in line at once. You pay nothing.")
    if is_late and rsvp.price:
        paid = money(rsvp.price, currency)
        return _("It is too late to cancel for free: the %(sum)s you paid are not given back.") % {"sum": paid}
    if fee:
        return _("It is too late to cancel for free: this costs %(sum)s.") % {"sum": money(fee, currency)}
    if is_late:
        return _("Cancelling now counts as late. It costs nothing here, but the studio sees it.")
    return _free_words(rsvp, until)


def _free_words(rsvp: Rsvp, until: datetime | None) -> str:
    zone = ZoneInfo(rsvp.session.time_zone)
    when = date_format(until.astimezone(zone), "j F, H:i") if until else ""
    if rsvp.price:
        return _("You can cancel for free until %(when)s and get back what you paid.") % {"when": when}
    return _("You can cancel for free until %(when)s.") % {"when": when}
