import structlog
from celery import shared_task
from django.utils import timezone

from fitfoodie.common.jobs.task import ReliableTask
from fitfoodie.events.models import Event
from orders.providers.base import ProviderUnavailableError
from orders.services import (
    clicks,
    commissions,
    expiry,
    freeze_letters,
    freezing,
    ledger_check,
    payments,
    payouts,
    provider_events,
    refunds,
    seats,
    slots,
)

logger = structlog.get_logger(__name__)


@shared_task(name="orders.make_slots")
def make_slots() -> int:
    """Hourly; makes each slot once however often it runs."""
    return slots.make_all_slots(now=timezone.now())


@shared_task(name="orders.expire_orders")
def expire_orders() -> int:
    """Each minute. Late after an outage, never twice."""
    return expiry.expire_orders(now=timezone.now())


@shared_task(name="orders.complete_class_orders")
def complete_class_orders() -> int:
    """Hourly: paid seats of classes that are over."""
    return seats.complete_orders(now=timezone.now())


@shared_task(name="orders.follow_seat", base=ReliableTask)
def follow_seat(*, event_id: int) -> None:
    """Make the order of a seat agree with what became of the seat. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        seats.follow_seat(rsvp_id=int(event.data["rsvp_id"]), now=timezone.now())


@shared_task(name="orders.send_refund", base=ReliableTask)
def send_refund(*, refund_id: int) -> None:
    """A provider that is away is asked again by `check_open_payments`."""
    try:
        refunds.send_refund(refund_id=refund_id, now=timezone.now())
    except ProviderUnavailableError as error:
        logger.warning("refund_not_sent", refund_id=refund_id, error=error.message)


@shared_task(name="orders.check_open_payments")
def check_open_payments() -> int:
    """Covers messages of providers that never came, and refunds whose sending was lost."""
    now = timezone.now()
    refunds.send_open_refunds(now=now)
    return payments.check_open_payments(now=now)


@shared_task(name="orders.verify_ledger")
def verify_ledger() -> int:
    """Daily; the health page shows what was found."""
    return len(ledger_check.check_ledger(now=timezone.now()).problems)


@shared_task(name="orders.tell_of_test_payment", base=ReliableTask)
def tell_of_test_payment(*, body: str, headers: dict[str, str]) -> None:
    """The test bank's message, when it takes its time."""
    provider_events.handle_provider_event(provider="test", body=body.encode(), headers=headers, now=timezone.now())


@shared_task(name="orders.approve_due_commissions")
def approve_due_commissions() -> int:
    """Hourly. Also asks for the last payout of whoever is leaving."""
    approved = commissions.approve_due_commissions(now=timezone.now())
    payouts.request_final_payouts(now=timezone.now())
    return approved


@shared_task(name="orders.forget_old_clicks")
def forget_old_clicks() -> int:
    return clicks.forget_old_clicks(now=timezone.now())


@shared_task(name="orders.follow_suspension")
def follow_suspension(*, event_id: int) -> None:
    """Make earnings agree with whether their creator is suspended now (AFF-10). Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        freezing.follow_suspension(
            creator_id=int(event.data["user_id"]),
            actor=event.actor,
            reason=str(event.data.get("reason", "")),
            key=f"event:{event.pk}",
            now=timezone.now(),
        )


@shared_task(name="orders.tell_of_freeze", base=ReliableTask)
def tell_of_freeze(*, event_id: int) -> None:
    """The letter about frozen earnings, or about what became of the appeal. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None and event.name == "orders.earnings_appeal.decided":
        freeze_letters.tell_answer(appeal_id=int(event.data["appeal_id"]), now=timezone.now())
    elif event is not None and "freeze_id" in event.data:
        freeze_letters.tell_frozen(freeze_id=int(event.data["freeze_id"]), now=timezone.now())
