from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.events import UserDeactivated, UserReactivated
from accounts.models import User
from accounts.services.end_sessions import end_all_sessions
from accounts.services.roles import lock_roles, refuse_last_admin
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record


@transaction.atomic
def deactivate(*, user: User, actor: User, reason: str, now: datetime) -> User:
    """Shut somebody out: signed out everywhere now, gone for others, kept as they are (SEC-4).

    Locks the role groups and the person. Raises NotAllowedError, ConflictError for the last administrator, DomainError
    without a reason. Nothing happens when they are inactive already.
    """
    _need_reason(reason)
    lock_roles()
    target, actor = _locked(user), _afresh(actor)
    if not rules.may_deactivate(actor, target):
        raise NotAllowedError(_("You cannot deactivate this person."))
    if not target.is_active:
        return target
    refuse_last_admin(target)
    target.is_active = False
    target.save(update_fields=["is_active"])
    record(UserDeactivated(user_id=target.pk, reason=reason.strip()), actor=actor, subject=target)
    end_all_sessions(user=target, reason="deactivated", actor=actor)
    return target


@transaction.atomic
def reactivate(*, user: User, actor: User, reason: str, now: datetime) -> User:
    """Let somebody in again. Locks the person. Raises NotAllowedError, DomainError without a reason."""
    _need_reason(reason)
    target, actor = _locked(user), _afresh(actor)
    if not rules.may_deactivate(actor, target):
        raise NotAllowedError(_("You cannot reactivate this person."))
    if target.is_active:
        return target
    target.is_active = True
    target.save(update_fields=["is_active"])
    record(UserReactivated(user_id=target.pk, reason=reason.strip()), actor=actor, subject=target)
    return target


@transaction.atomic
def sign_out_everywhere(*, user: User, actor: User, reason: str, now: datetime) -> int:
    """End every session and token of somebody; returns how many. Locks the person; raises like `deactivate`."""
    _need_reason(reason)
    target = _locked(user)
    if not rules.may_sign_out(_afresh(actor), target):
        raise NotAllowedError(_("You cannot sign this person out."))
    return end_all_sessions(user=target, reason=reason.strip(), actor=actor)


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_("Please say why: the reason is kept and shown."), code="required", field="reason")


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _afresh(actor: User) -> User:
    """Behind the lock: the actor may have lost the right a moment ago."""
    return User.objects.get(pk=actor.pk)
