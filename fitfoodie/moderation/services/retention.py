from datetime import datetime, timedelta

from django.conf import settings

from fitfoodie.moderation.enums import CaseState
from fitfoodie.moderation.models import Report


def forget_emails(*, now: datetime) -> int:
    """Erase the addresses of reporters without an account once they are needed no more; returns how many."""
    before = now - timedelta(days=settings.REPORT_EMAIL_KEEP_DAYS)
    spent = Report.objects.exclude(email="").filter(case__state=CaseState.DECIDED, case__decided_at__lt=before)
    return spent.update(email="")
