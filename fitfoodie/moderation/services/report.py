"""Reporting: one receipt a person, thing and category; many reports are one case (MOD-1)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.api.throttling import count, network_of
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record
from fitfoodie.moderation import rules
from fitfoodie.moderation.enums import CaseState, Category
from fitfoodie.moderation.events import CaseHeld, ReportFiled
from fitfoodie.moderation.models import Case, Report
from fitfoodie.moderation.selectors import trusted_reporters
from fitfoodie.moderation.targets import KINDS, Target
from fitfoodie.moderation.validators import clean_category, clean_email, clean_note

HOUR = 3600


class TooManyReportsError(DomainError):
    status = 429
    code = "too_many_reports"


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What a reporter says."""

    category: str
    note: str = ""
    email: str = ""


def find_target(viewer: Any, kind: str, key: Mapping[str, str]) -> tuple[Target, Any]:
    """The kind and the row that one name of it leads to, as the viewer sees it. Raises LookupError."""
    target = KINDS.get(kind)
    if target is None:
        raise LookupError(kind)
    named = [(target.keys[name], value) for name, value in key.items() if name in target.keys]
    if len(named) != 1:
        raise LookupError(kind)
    try:
        return target, target.find(viewer, *named[0])
    except ObjectDoesNotExist:
        raise LookupError(kind) from None


@transaction.atomic
def file_report(
    *, reporter: User | AnonymousUser, target: Target, row: Any, complaint: Complaint, address: str, now: datetime
) -> tuple[Report, bool]:
    """The report and whether it is new: the same person on the same thing for the same reason has one.

    `row` is one that the reporter sees; `address` is that of the network they ask from. Locks the case, then, when the
    thing is to be hidden, the thing. Raises DomainError on a bad category, note or e-mail address, NotAllowedError
    (`email_unverified`, `sign_in_to_report`, `own_thing`), TooManyReportsError.
    """
    category = clean_category(complaint.category)
    person = reporter if isinstance(reporter, User) else None
    _need_reporter(reporter, category)
    _need_other(target, row, person)
    note = clean_note(complaint.note, category)
    email = clean_email(complaint.email) if person is None else ""
    case = _open_case(target, row, now)
    present = Report.objects.filter(case=case, reporter=person, category=category).first() if person else None
    if present is not None:
        return present, False
    _need_patience(person, address, now)
    report = Report.objects.create(case=case, reporter=person, email=email, category=category, note=note, filed_at=now)
    fact = ReportFiled(
        report_id=report.pk,
        case_id=case.pk,
        target_type=case.target_type,
        target_id=case.target_id,
        category=category.value,
        is_signed_in=person is not None,
    )
    record(fact, actor=person, subject=report)
    if target.keep is not None:
        target.keep(row.pk, now)
    _weigh(case, target, now)
    return report, True


def locked_case(case_id: int) -> Case:
    """Locked until the transaction ends. Raises Case.DoesNotExist."""
    return Case.objects.select_for_update(no_key=True).get(pk=case_id)


def _need_reporter(reporter: User | AnonymousUser, category: Category) -> None:
    if rules.may_report(reporter, category):
        return
    if reporter.is_authenticated:
        raise NotAllowedError(_("Verify your e-mail address first, then report."), code="email_unverified")
    message = _("Sign in to report this. Without an account you can report what breaks the law.")
    raise NotAllowedError(message, code="sign_in_to_report")


def _need_other(target: Target, row: Any, person: User | None) -> None:
    owner = target.owner_of(row)
    if owner is not None and person is not None and owner.pk == person.pk:
        raise NotAllowedError(_("It is yours: you can change it or take it back yourself."), code="own_thing")


def _open_case(target: Target, row: Any, now: datetime) -> Case:
    """The undecided case of the thing, locked. Two first reports at once agree by the constraint."""
    undecided = Case.objects.exclude(state=CaseState.DECIDED).filter(target_type=target.name, target_id=row.pk)
    locked = undecided.select_for_update(no_key=True)
    found = locked.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            owner = target.owner_of(row)
            return Case.objects.create(target_type=target.name, target_id=row.pk, owner=owner, opened_at=now)
    except IntegrityError:
        return locked.get()


def _need_patience(person: User | None, address: str, now: datetime) -> None:
    """By account and by network; people without an account have the network alone (MOD-11)."""
    if person is not None:
        recent = Report.objects.filter(reporter=person, filed_at__gt=now - timedelta(seconds=HOUR)).count()
        is_over = recent >= settings.REPORTS_PER_HOUR
    limit = settings.REPORTS_PER_HOUR_BY_ADDRESS if person else settings.REPORTS_PER_HOUR_SIGNED_OUT
    who = "member" if person else "visitor"
    network = hashlib.sha256(network_of(address).encode()).hexdigest()[:16]
    used = count(f"reports:{who}:{network}:{int(now.timestamp()) // HOUR}", 1, HOUR + 1)
    if used > limit or (person is not None and is_over):
        raise TooManyReportsError(_("That were many reports in a short time. Please wait an hour, then go on."))


def _weigh(case: Case, target: Target, now: datetime) -> None:
    """How many people stand behind the case, and whether the thing waits out of sight until somebody has looked."""
    people = case.reports.exclude(reporter=None).values("reporter_id").distinct().count()
    case.reporter_count = people + case.reports.filter(reporter=None).exists()
    if target.hold is not None and case.held_at is None and trusted_reporters(case, now=now) >= rules.TRUSTED_TO_HIDE:
        with translation.override(_language_of(case.owner)):
            is_held = target.hold(case.target_id, _("Several people reported it. A moderator will look at it."), now)
        if is_held:
            case.held_at = now
            fact = CaseHeld(
                case_id=case.pk, target_type=case.target_type, target_id=case.target_id, owner_id=case.owner_id
            )
            record(fact, actor=None, subject=case)
    case.save(update_fields=["reporter_count", "held_at"])


def _language_of(owner: User | None) -> str:
    preferences = getattr(owner, "preferences", None)
    return str(preferences.language) if preferences and preferences.language else settings.LANGUAGE_CODE
