"""What missing a class or leaving it late costs: nothing for five days, nothing while it is disputed (CLS-10)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes import rules
from classes.enums import FeeState, RsvpStatus
from classes.events.ratings import FeeDecided, FeeDisputed
from classes.events.seats import RsvpCorrected
from classes.models import Rsvp
from classes.services.seats import about, lock_session, make_move
from classes.services.terms import FEE_WAITS
from classes.validators import clean_dispute
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record


def charge_due_fees(*, now: datetime) -> int:
    """Those that waited their time and nobody disputed; how many. Each under its session, in its own transaction."""
    due = Rsvp.objects.across_chains().filter(fee_state=FeeState.PENDING, fee_charges_at__lte=now)
    ids = list(due.order_by("fee_charges_at", "id").values_list("pk", flat=True)[:500])
    return sum(_charge(pk, now) for pk in ids)


@transaction.atomic
def _charge(rsvp_id: int, now: datetime) -> bool:
    rsvp = _locked(rsvp_id)
    if rsvp.fee_state != FeeState.PENDING or rsvp.fee_charges_at is None or rsvp.fee_charges_at > now:
        return False
    _set_state(rsvp, FeeState.DUE, actor=None, reason="")
    return True


def may_be_disputed(rsvp: Rsvp, now: datetime) -> bool:
    """Until it is charged; "did not come" without a fee for as long."""
    if rsvp.fee_state == FeeState.PENDING:
        return True
    is_missed = rsvp.status == RsvpStatus.NO_SHOW and rsvp.fee_state == FeeState.NONE and not rsvp.dispute
    return is_missed and now <= rsvp.session.ends_at + FEE_WAITS


@transaction.atomic
def dispute_fee(*, user: User, rsvp_id: str, text: str, now: datetime) -> Rsvp:
    """The person says what happened; nothing is charged until the host has decided. `rsvp_id` is public.

    Locks the session. Raises Rsvp.DoesNotExist, ConflictError (`not_disputable`), DomainError without words.
    """
    mine = Rsvp.objects.of_person(user).get(public_id=rsvp_id)
    rsvp = _locked(mine.pk)
    if not may_be_disputed(rsvp, now):
        message = _("This cannot be disputed any more. Write to the studio instead.")
        raise ConflictError(message, code="not_disputable")
    rsvp.dispute = clean_dispute(text)
    rsvp.fee_state = FeeState.DISPUTED
    rsvp.save(update_fields=["dispute", "fee_state"])
    record(FeeDisputed(**about(rsvp)), actor=user, subject=rsvp)
    return rsvp


@transaction.atomic
def decide_fee(
    *, rsvp_id: int, actor: Any, is_charged: bool, reason: str, now: datetime, was_there: bool = False
) -> Rsvp:
    """Staff of the studio, or of the house, charge a fee or let it go. `was_there` also sets the record right.

    Locks the session. Raises Rsvp.DoesNotExist, NotAllowedError, ConflictError (`no_fee`), DomainError without reason.
    """
    rsvp = _locked(rsvp_id)
    if not (rules.may_manage_session(actor, rsvp.session) or rules.may_correct_bookings(actor)):
        raise NotAllowedError(_("Only who runs the class decides on its fees."))
    if rsvp.fee_state not in (FeeState.PENDING, FeeState.DISPUTED, FeeState.DUE):
        raise ConflictError(_("There is nothing to decide: no fee is open."), code="no_fee")
    why = clean_reason(reason)
    if was_there and not is_charged and rsvp.status == RsvpStatus.NO_SHOW:
        make_move(rsvp, RsvpStatus.ATTENDED, actor, why, now)
        record(RsvpCorrected(**about(rsvp), to_status=rsvp.status, reason=why), actor=actor, subject=rsvp)
    return _set_state(rsvp, FeeState.DUE if is_charged and rsvp.fee else FeeState.WAIVED, actor=actor, reason=why)


def _locked(rsvp_id: int) -> Rsvp:
    """Fresh, under the lock of its session; its `session` is the locked one."""
    session = lock_session(Rsvp.objects.across_chains().values_list("session_id", flat=True).get(pk=rsvp_id))
    rsvp = session.rsvps.select_related("user").get(pk=rsvp_id)
    rsvp.session = session
    return rsvp


def _set_state(rsvp: Rsvp, state: FeeState, *, actor: Any, reason: str) -> Rsvp:
    rsvp.fee_state = state
    rsvp.fee_charges_at = None
    rsvp.save(update_fields=["fee_state", "fee_charges_at"])
    fact = FeeDecided(
        **about(rsvp), state=state, amount=f"{rsvp.fee:.2f}", currency=rsvp.session.chain.currency, reason=reason
    )
    record(fact, actor=actor, subject=rsvp)
    return rsvp
