"""Reports and cases as their readers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from fitfoodie.moderation.enums import CaseState, Outcome
from fitfoodie.moderation.models import Case, Report
from fitfoodie.moderation.rules import TRUSTED_AFTER_DAYS
from fitfoodie.moderation.targets import target_named


@dataclass(frozen=True)
class Shown:
    """What a reporter may read of the thing they reported: title and address are empty once they cannot see it."""

    kind: str
    label: Any
    title: str = ""
    url: str = ""


def reports_of(person: User) -> "QuerySet[Report]":
    """Newest first when ordered by `-id`."""
    return Report.objects.filter(reporter_id=person.pk).select_related("case")


def report_for(viewer: Any, public_id: str) -> Report:
    """One's own; of one filed without an account, whoever has the receipt. Raises Report.DoesNotExist."""
    is_theirs = Q(reporter=None)
    if viewer.pk is not None:
        is_theirs |= Q(reporter_id=viewer.pk)
    return Report.objects.select_related("case").get(is_theirs, public_id=public_id)


def shown_to(viewer: Any, reports: Sequence[Report]) -> dict[int, Shown]:
    """By report, in a number of queries that depends on the kinds alone."""
    seen = _seen(viewer, [report.case for report in reports])
    keys = {report.pk: (report.case.target_type, report.case.target_id) for report in reports}
    return {report.pk: seen.get(keys[report.pk]) or _gone(report) for report in reports}


def _seen(viewer: Any, cases: list[Case]) -> dict[tuple[str, int], Shown]:
    seen: dict[tuple[str, int], Shown] = {}
    for name in {case.target_type for case in cases}:
        target = target_named(name)
        for row in target.rows(viewer, [case.target_id for case in cases if case.target_type == name]):
            seen[name, row.pk] = Shown(target.kind, target.label, target.title(row), target.address(row))
    return seen


def _gone(report: Report) -> Shown:
    target = target_named(report.case.target_type)
    return Shown(target.kind, target.label)


def decisions_about(person: User) -> "QuerySet[Case]":
    """What was decided against things of theirs; not who reported them, nor that somebody did in vain (MOD-2)."""
    against = Case.objects.filter(owner_id=person.pk, state=CaseState.DECIDED).exclude(outcome=Outcome.NO_ACTION)
    return against.order_by("-decided_at", "-pk")


def trusted_reporters(case: Case, *, now: datetime) -> int:
    """Distinct reporters with a confirmed address and an account of some age, most of whose decided reports were not
    in vain (MOD-1). A brigade of new accounts counts nothing."""
    decided = Q(reports_filed__case__state=CaseState.DECIDED)
    in_vain = decided & Q(reports_filed__case__outcome=Outcome.NO_ACTION)
    people = User.objects.reachable().filter(
        pk__in=case.reports.exclude(reporter=None).values("reporter_id"),
        joined_at__lt=now - timedelta(days=TRUSTED_AFTER_DAYS),
    )
    confirmed = people.filter(Exists(EmailAddress.objects.filter(user_id=OuterRef("pk"), verified=True)))
    counted = confirmed.annotate(
        decided=Count("reports_filed", filter=decided), in_vain=Count("reports_filed", filter=in_vain)
    )
    return counted.filter(in_vain__lte=F("decided") - F("in_vain")).count()
