"""Actions on a list that first ask why (ANA-10)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from fitfoodie.common.backoffice import carried_out

# Takes the row, who acts, why, and when.
Write = Callable[[Any, Any, str, datetime], object]
MAX_ROWS = 100


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Kept in the audit trail; the person concerned may read it."),
    )


def reasoned_action(name: str, label: Any, write: Write) -> Any:
    """An action named `name` for people who may change the model: a page asks for the reason, then `write` runs."""

    def ask(modeladmin: Any, request: HttpRequest, queryset: "QuerySet[Model]") -> HttpResponse | None:
        rows = list(queryset[:MAX_ROWS])
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            for row in rows:
                carry = partial(write, row, request.user, form.cleaned_data["reason"], timezone.now())
                carried_out(request, carry, done=f"{row}: {label}")
            return None
        context = modeladmin.admin_site.each_context(request) | {
            "title": label,
            "rows": rows,
            "form": form,
            "action": name,
            "opts": modeladmin.model._meta,
        }
        return render(request, "common/admin_reason.html", context)

    ask.__name__ = name
    return admin.action(description=label, permissions=["act"])(ask)


class ActingMixin:
    """`act`: who may take things down without being able to rewrite them."""

    opts: Any

    def has_act_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")
