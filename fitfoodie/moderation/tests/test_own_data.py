"""What the download holds of reports, and what is forgotten."""

from datetime import timedelta

from django.utils import timezone

from fitfoodie.moderation.models import Case, Report
from fitfoodie.moderation.services.own_data import PART
from fitfoodie.moderation.tasks import forget_report_emails


def test_the_download_holds_what_one_reported_and_not_what_the_owner_was_told(file, decide, eve, mod, soup, sam):
    report = file(eve, "meal", soup, note="Look.")
    decide(report.case, mod, "no_action", answer="It is fine.")
    (document,) = PART.documents(eve)
    assert (document.name, document.rows) == ("reports", document.data)
    assert document.data == [
        {
            "receipt": report.public_id,
            "about": "meal",
            "title": "Red lentil soup",
            "category": "spam",
            "note": "Look.",
            "filed_at": report.filed_at,
            "outcome": "no_action",
            "answer": "It is fine.",
            "decided_at": Case.objects.get().decided_at,
        }
    ]
    assert [each.data for each in PART.documents(sam)] == [[]]
    assert list(PART.media(eve)) == []


def test_addresses_of_visitors_go_some_time_after_the_decision(file, decide, mod, soup, comment):
    for row, kind in ((soup, "meal"), (comment, "comment")):
        file(None, kind, row, "illegal", note="Law.", email="a@b.test")
    decide(Case.objects.get(target_type="meals.meal"), mod, "no_action")
    assert forget_report_emails() == 0
    Case.objects.exclude(decided_at=None).update(decided_at=timezone.now() - timedelta(days=31))
    assert forget_report_emails() == 1
    assert list(Report.objects.order_by("pk").values_list("email", flat=True)) == ["", "a@b.test"]
