"""The nightly look at the books, kept for the health page."""

from datetime import datetime

from orders.models import LedgerReport, Movement
from orders.selectors.ledger import verify_ledger


def check_ledger(*, now: datetime) -> LedgerReport:
    problems = verify_ledger()
    return LedgerReport.objects.create(checked_at=now, movement_count=Movement.objects.count(), problems=problems)
