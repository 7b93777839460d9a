from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.enums import Role
from accounts.events import RoleGranted, RoleRemoved
from accounts.models import RoleChange, User
from accounts.roles import GRANTABLE_ROLES, opens_back_office
from accounts.selectors import has_verified_email
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.services import record

GUIDELINES_VERSION = "2026-11"


@transaction.atomic
def grant_role(*, user: User, role: Role, actor: User | None, reason: str, now: datetime) -> RoleChange | None:
    """Give somebody a role, effective on their next request. None when they hold it already.

    `actor` None is the operator at the console. Locks the role groups and the person. Raises NotAllowedError when the
    actor may not, DomainError without a reason.
    """
    target = _checked(user=user, role=role, actor=actor, reason=reason)
    return _grant(target=target, role=role, actor=actor, reason=reason.strip(), now=now)


@transaction.atomic
def remove_role(*, user: User, role: Role, actor: User | None, reason: str, now: datetime) -> RoleChange | None:
    """Take a role away, effective on the person's next request. None when they do not hold it.

    Locks like `grant_role`, so two administrators who remove each other are served one after the other. Raises
    NotAllowedError, ConflictError (`last_admin`), DomainError without a reason.
    """
    target = _checked(user=user, role=role, actor=actor, reason=reason)
    if not target.has_role(role):
        return None
    if role is Role.ADMIN:
        refuse_last_admin(target)
        target.is_superuser = False
    elif target.is_superuser:
        raise ConflictError(_("An administrator holds every role. Remove that role first."), code="is_admin")
    target.groups.remove(Group.objects.get(name=role.value))
    _align(target)
    change = _write(target, role, is_grant=False, actor=actor, reason=reason.strip(), now=now)
    record(RoleRemoved(**_payload(change)), actor=actor, subject=target)
    return change


@transaction.atomic
def become_creator(*, user: User, accepts_guidelines: bool, now: datetime) -> RoleChange | None:
    """Self-service: anybody with a verified e-mail who accepts the guidelines. None when already a creator."""
    target = _locked(user)
    if not has_verified_email(target):
        raise NotAllowedError(
            _("Please confirm your e-mail address first: we sent you a link."), code="email_unverified"
        )
    if not accepts_guidelines:
        raise DomainError(
            _("Please accept the content guidelines to start."), code="required", field="accepts_guidelines"
        )
    reason = f"Accepted the content guidelines {GUIDELINES_VERSION}"
    return _grant(target=target, role=Role.CREATOR, actor=target, reason=reason, now=now)


def lock_roles() -> None:
    """Every change that could leave the site without an administrator waits here for the one before it."""
    list(Group.objects.select_for_update().filter(name=Role.ADMIN.value))


def refuse_last_admin(target: User) -> None:
    """Call after `lock_roles`. Raises ConflictError when nobody else could administer the site."""
    if target.has_role(Role.ADMIN) and not User.objects.holding(Role.ADMIN).exclude(pk=target.pk).exists():
        raise ConflictError(
            _("This is the last administrator. Make somebody else an administrator first."), code="last_admin"
        )


def _checked(*, user: User, role: Role, actor: User | None, reason: str) -> User:
    if role not in GRANTABLE_ROLES:
        raise DomainError(_("Every member has this role."), code="not_grantable", field="role")
    if not reason.strip():
        raise DomainError(_("Please say why: the reason is kept and shown."), code="required", field="reason")
    lock_roles()
    target = _locked(user)
    # Read afresh behind the lock: the actor may have lost the role a moment ago.
    if actor is not None and not rules.may_change_role(User.objects.get(pk=actor.pk), target, role):
        raise NotAllowedError(_("You cannot change this role of this person."))
    return target


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _grant(*, target: User, role: Role, actor: User | None, reason: str, now: datetime) -> RoleChange | None:
    if target.groups.filter(name=role.value).exists():
        return None
    target.groups.add(Group.objects.get(name=role.value))
    _align(target)
    change = _write(target, role, is_grant=True, actor=actor, reason=reason, now=now)
    record(RoleGranted(**_payload(change)), actor=actor, subject=target)
    return change


def _align(target: User) -> None:
    """The flag that opens the back office follows the roles."""
    target.forget_roles()
    target.is_staff = opens_back_office(target.roles)
    target.save(update_fields=["is_staff", "is_superuser"])


def _write(target: User, role: Role, *, is_grant: bool, actor: User | None, reason: str, now: datetime) -> RoleChange:
    return RoleChange.objects.create(
        user=target, role=role, is_grant=is_grant, reason=reason, actor=actor, changed_at=now
    )


def _payload(change: RoleChange) -> dict[str, Any]:
    return {
        "user_id": change.user_id,
        "role": str(change.role),
        "reason": change.reason,
        "role_change_id": change.pk,
    }
