"""What staff can do to a person, each with a reason: one line here is one button and one page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from accounts.enums import Role
from accounts.models import User
from accounts.roles import GRANTABLE_ROLES
from accounts.services.people import deactivate, reactivate, sign_out_everywhere
from accounts.services.roles import grant_role, remove_role

Write = Callable[[User, User, dict[str, Any], datetime], object]


class AdminReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Kept in the audit trail."),
    )


class AdminRoleForm(AdminReasonForm):
    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label) for role in GRANTABLE_ROLES], widget=UnfoldAdminSelectWidget
    )
    field_order = ["role", "reason"]


@dataclass(frozen=True)
class PersonAction:
    label: str | Promise
    icon: str
    permission: str
    form: type[forms.Form]
    write: Write
    is_dangerous: bool = False


def _grant(person: User, actor: User, data: dict[str, Any], now: datetime) -> object:
    return grant_role(user=person, role=Role(data["role"]), actor=actor, reason=data["reason"], now=now)


def _remove(person: User, actor: User, data: dict[str, Any], now: datetime) -> object:
    return remove_role(user=person, role=Role(data["role"]), actor=actor, reason=data["reason"], now=now)


def _deactivate(person: User, actor: User, data: dict[str, Any], now: datetime) -> object:
    return deactivate(user=person, actor=actor, reason=data["reason"], now=now)


def _reactivate(person: User, actor: User, data: dict[str, Any], now: datetime) -> object:
    return reactivate(user=person, actor=actor, reason=data["reason"], now=now)


def _sign_out(person: User, actor: User, data: dict[str, Any], now: datetime) -> object:
    return sign_out_everywhere(user=person, actor=actor, reason=data["reason"], now=now)


PERSON_ACTIONS = {
    "grant": PersonAction(_("Grant role"), "add_moderator", "accounts.manage_roles", AdminRoleForm, _grant),
    "remove": PersonAction(
        _("Remove role"), "remove_moderator", "accounts.manage_roles", AdminRoleForm, _remove, is_dangerous=True
    ),
    "sign_out": PersonAction(
        _("Sign out everywhere"), "logout", "accounts.sign_out_user", AdminReasonForm, _sign_out, is_dangerous=True
    ),
    "deactivate": PersonAction(
        _("Deactivate"), "block", "accounts.deactivate_user", AdminReasonForm, _deactivate, is_dangerous=True
    ),
    "reactivate": PersonAction(
        _("Reactivate"), "check_circle", "accounts.deactivate_user", AdminReasonForm, _reactivate
    ),
}
