from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.events import HandleChanged, ProfileUpdated
from accounts.models import FormerHandle, Profile, User
from accounts.selectors import is_handle_taken
from accounts.services.badge import end_verification
from accounts.validators import validate_handle
from fitfoodie.common.errors import ConflictError, DomainError
from fitfoodie.events.services import record

CHANGES_ALLOWED = 2
CHANGES_WITHIN = timedelta(days=30)


@transaction.atomic
def change_handle(*, user: User, handle: str, now: datetime) -> User:
    """Take another handle; the old one keeps leading here and is given to nobody else. Returns the person.

    Locks the person and the profile. Raises DomainError for its form, ConflictError when it is somebody's or was, or
    after too many changes.
    """
    wanted = handle.strip().lstrip("@").lower()
    person = User.objects.select_for_update().get(pk=user.pk)
    if wanted == person.handle:
        return person
    _check_form(wanted)
    _check_pace(person, now)
    if is_handle_taken(wanted, by_other_than=person):
        raise _taken(wanted)
    return _move(person, wanted, now)


def next_change_at(user: User, *, now: datetime) -> datetime | None:
    """When the person may change it again; None is now."""
    given_up = list(
        FormerHandle.objects.filter(user=user, given_up_at__gt=now - CHANGES_WITHIN)
        .order_by("-given_up_at")
        .values_list("given_up_at", flat=True)[:CHANGES_ALLOWED]
    )
    return given_up[-1] + CHANGES_WITHIN if len(given_up) == CHANGES_ALLOWED else None


def _check_form(handle: str) -> None:
    try:
        validate_handle(handle)
    except ValidationError as error:
        raise DomainError(error.messages[0], code="handle_form", field="handle") from error


def _check_pace(person: User, now: datetime) -> None:
    if free_at := next_change_at(person, now=now):
        message = _("You have changed your handle twice lately. The next change is possible on %(date)s.")
        raise ConflictError(message % {"date": date_format(free_at)}, code="too_many_changes", field="handle")


def _taken(handle: str) -> ConflictError:
    return ConflictError(_("@%s is taken. Please choose another.") % handle, code="handle_taken", field="handle")


def _move(person: User, handle: str, now: datetime) -> User:
    old, person.handle = person.handle, handle
    try:
        with transaction.atomic():
            person.save(update_fields=["handle"])
    except IntegrityError:
        # Somebody took it between the check and now: the unique constraint decided.
        raise _taken(handle) from None
    FormerHandle.objects.filter(user=person, handle=handle).delete()
    FormerHandle.objects.create(user=person, handle=old, given_up_at=now)
    record(HandleChanged(user_id=person.pk, old_handle=old, new_handle=handle), actor=person, subject=person)
    profile = Profile.objects.select_for_update().get(user=person)
    if end_verification(profile, person, now):
        payload = ProfileUpdated(user_id=person.pk, fields=["handle"], ends_verification=True)
        record(payload, actor=person, subject=person)
    return person
