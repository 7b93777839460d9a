"""Actions of the back office that first ask why (ANA-10): on many rows of a list, and on the page of one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action as unfold_action
from unfold.widgets import UnfoldAdminTextareaWidget

from fitfoodie.common.backoffice import carried_out
from fitfoodie.common.why import MAX_REASON

# Takes the row, who acts, why, and when.
Write = Callable[[Any, Any, str, datetime], object]
MAX_ROWS = 100


@dataclass(frozen=True)
class Named:
    """A row as the page calls it."""

    row: Any
    name: str

    @property
    def pk(self) -> Any:
        return self.row.pk

    def __str__(self) -> str:
        return self.name


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Kept in the audit trail; the person concerned may read it."),
    )


def reasoned_action(name: str, label: Any, write: Write) -> Any:
    """An action named `name` for people who may change the model: a page asks for the reason, then `write` runs. With
    `ActingMixin` the page of each row has it as a button too."""

    def ask(modeladmin: Any, request: HttpRequest, queryset: "QuerySet[Model]") -> HttpResponse | None:
        rows = [Named(row, modeladmin.name_of(row)) for row in queryset[:MAX_ROWS]]
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            for row in rows:
                _carry_out(request, row, form, label=label, write=write)
            return None
        return ask_why(modeladmin, request, form, title=label, rows=rows, action=name)

    ask.__name__ = name
    ask.button = _button(name, label, write)  # type: ignore[attr-defined]  # read by ActingMixin
    return admin.action(description=label, permissions=["act"])(ask)


def ask_why(modeladmin: Any, request: HttpRequest, form: forms.Form, **about: Any) -> HttpResponse:
    """The one page that asks. `about`: title, rows, and of a list the name of its action, else where Cancel leads."""
    context = modeladmin.admin_site.each_context(request) | {"form": form, "opts": modeladmin.model._meta} | about
    return render(request, "common/admin_reason.html", context)


def _button(name: str, label: Any, write: Write) -> Any:
    def ask(modeladmin: Any, request: HttpRequest, object_id: Any) -> HttpResponse:
        row = modeladmin.get_object(request, object_id)
        if row is None:
            raise Http404
        here = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        form = ReasonForm(request.POST if request.method == "POST" else None)
        named = Named(row, modeladmin.name_of(row))
        if form.is_valid() and _carry_out(request, named, form, label=label, write=write):
            return redirect(here)
        return ask_why(modeladmin, request, form, title=label, rows=[named], cancel_url=here)

    ask.__name__ = f"{name}_here"
    url_path = f"{name.replace('_', '-')}-here"
    return unfold_action(description=label, url_path=url_path, permissions=["act"], icon="edit_note")(ask)


def _carry_out(request: HttpRequest, row: "Named", form: ReasonForm, *, label: Any, write: Write) -> bool:
    carry = partial(write, row.row, request.user, form.cleaned_data["reason"], timezone.now())
    return carried_out(request, carry, done=f"{row.name}: {label}")


class ActingMixin:
    """`act`: who may take things down without being able to rewrite them. Each reasoned action of the list is on the
    page of one row as well: one by itself as a button, several as a menu."""

    opts: Any
    actions_detail: Any = ()

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        buttons = [button for each in cls.__dict__.get("actions", ()) if (button := getattr(each, "button", None))]
        for button in buttons:
            setattr(cls, button.__name__, button)
        names = [button.__name__ for button in buttons]
        if len(names) > 1:
            names = [{"title": _("Act"), "icon": "gavel", "items": names}]
        cls.actions_detail = [*cls.actions_detail, *names]

    def name_of(self, row: Any) -> str:
        """What a row is called where somebody is asked about it."""
        return str(row)

    def has_act_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")
