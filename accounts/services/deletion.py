from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.events import DeletionCancelled, DeletionRequested, UserDeactivated
from accounts.models import User
from accounts.services.end_sessions import end_all_sessions
from accounts.services.roles import lock_roles, refuse_last_admin
from fitfoodie.common.errors import DomainError
from fitfoodie.events.services import record

GRACE_PERIOD = timedelta(days=14)


@transaction.atomic
def request_deletion(*, user: User, handle: str, now: datetime) -> User:
    """Begin to leave: gone for others and signed out everywhere now, erased after the grace period (GDP-2).

    `handle` typed by the person is the confirmation. Signing in during the grace period takes it back. Locks the role
    groups and the person. Raises DomainError for a wrong handle, ConflictError for the last administrator.
    """
    lock_roles()
    person = User.objects.select_for_update().get(pk=user.pk)
    if handle.strip().lstrip("@").lower() != person.handle:
        message = _("Type @%(handle)s to confirm.") % {"handle": person.handle}
        raise DomainError(message, code="not_confirmed", field="handle")
    refuse_last_admin(person)
    if person.deletion_requested_at is None:
        person.deletion_requested_at = now
        person.save(update_fields=["deletion_requested_at"])
        ends_on = (now + GRACE_PERIOD).date().isoformat()
        record(DeletionRequested(user_id=person.pk, ends_on=ends_on), actor=person, subject=person)
    end_all_sessions(user=person, reason="deletion_requested", actor=person)
    return person


@transaction.atomic
def cancel_deletion(*, user: User, now: datetime) -> bool:
    """Somebody who was leaving has come back; returns whether they were leaving. Locks the person."""
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.deletion_requested_at is None:
        return False
    person.deletion_requested_at = None
    person.save(update_fields=["deletion_requested_at"])
    record(DeletionCancelled(user_id=person.pk), actor=person, subject=person)
    return True


@transaction.atomic
def close_expired_accounts(*, now: datetime) -> int:
    """Deactivate whoever's grace period is over, so that signing in no longer takes it back; returns how many."""
    expired = User.objects.select_for_update(skip_locked=True).filter(
        is_active=True, deletion_requested_at__lte=now - GRACE_PERIOD
    )
    people = list(expired)
    for person in people:
        person.is_active = False
        person.save(update_fields=["is_active"])
        record(UserDeactivated(user_id=person.pk, reason="The grace period is over"), actor=None, subject=person)
    return len(people)
