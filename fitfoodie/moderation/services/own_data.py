"""What the download of one's own data holds of moderation: the reports one filed (GDP-1)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart
from accounts.models import User
from fitfoodie.moderation.models import Report
from fitfoodie.moderation.selectors import reports_of, shown_to


def documents_of(user: User) -> list[Document]:
    reports = list(reports_of(user).order_by("pk"))
    shown = shown_to(user, reports)
    data = [_row(report, shown[report.pk]) for report in reports]
    return [Document("reports", _("Reports"), data, data)]


def _row(report: Report, shown: Any) -> dict[str, Any]:
    """What moderators wrote for the owner of the thing is not the reporter's."""
    return {
        "receipt": report.public_id,
        "about": shown.kind,
        "title": shown.title,
        "category": report.category,
        "note": report.note,
        "filed_at": report.filed_at,
        "outcome": report.case.outcome,
        "answer": report.case.answer,
        "decided_at": report.case.decided_at,
    }


PART = ExportPart("moderation", documents=documents_of, media=lambda _user: ())
