"""What the staff health page says about money."""

import dataclasses

from health_check.base import HealthCheck
from health_check.exceptions import ServiceWarning

from orders.models import LedgerReport


@dataclasses.dataclass
class LedgerCheck(HealthCheck):
    """For staff only, and no reason to take the process out: books that do not agree want a person."""

    name = "ledger"

    def run(self) -> None:
        report = LedgerReport.objects.order_by("-checked_at", "-pk").first()
        if report is not None and report.problems:
            raise ServiceWarning(
                f"{len(report.problems)} things are wrong in the books as of {report.checked_at:%Y-%m-%d %H:%M} UTC: "
                f"{report.problems[0]} Run `manage.py verify_ledger`."
            )
