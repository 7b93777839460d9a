from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from orders.services.ledger_check import check_ledger


class Command(BaseCommand):
    help = "Check the books against themselves and against orders, refunds and payouts. Exit code 1 when they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        report = check_ledger(now=timezone.now())
        for problem in report.problems:
            self.stderr.write(problem)
        if report.problems:
            raise SystemExit(1)
        self.stdout.write(f"{report.movement_count} movements of money, all is right.")
