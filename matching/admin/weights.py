"""What the components are worth, in the back office: looked at, tried on real pairs, and set with a reason (N6)."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextareaWidget

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.errors import DomainError
from matching.enums import Component
from matching.models import WeightSet
from matching.recommender.base import COMPONENTS, Weights
from matching.selectors.weights import current_weights
from matching.selectors.weights_preview import models_in_use, preview
from matching.services.weights import PERMISSION, set_weights, weights_from


class WeightsForm(forms.Form):
    """Five numbers that make 100. The reason is asked for when they are set, not when they are tried."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed to set them; kept in the audit trail."),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for component in Component:
            self.fields[component.value] = forms.IntegerField(
                label=component.label, min_value=0, max_value=100, widget=UnfoldAdminIntegerFieldWidget
            )
        self.order_fields([*COMPONENTS, "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if all(name in cleaned for name in COMPONENTS):
            try:
                cleaned["weights"] = weights_from({name: cleaned[name] for name in COMPONENTS})
            except DomainError as error:
                raise forms.ValidationError(error.message, code=error.code) from error
        return cleaned


@admin.register(WeightSet)
class WeightSetAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "level", "interests", "location", "schedule", "history", "reason", "made_by"]
    list_select_related = ["made_by"]
    search_fields = ["reason", "made_by__handle"]
    date_hierarchy = "made_at"
    ordering = ["-made_at", "-id"]
    actions_list = ["tune"]
    list_before_template = "matching/admin_model.html"

    def has_write_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {
            "weights": points_shown(current_weights()),
            "model": settings.MATCH_MODEL,
            "models_in_use": models_in_use(now=timezone.now()),
        }
        answer: HttpResponse = super().changelist_view(request, context | (extra_context or {}))
        return answer

    @action(description=gettext_lazy("Tune the weights"), url_path="tune", permissions=["write"], icon="tune")
    def tune(self, request: HttpRequest) -> HttpResponse:
        now, current = timezone.now(), current_weights()
        sent = request.POST if request.method == "POST" else None
        form = WeightsForm(sent, initial={name: getattr(current, name) for name in COMPONENTS})
        tried = current
        if form.is_valid():
            tried = form.cleaned_data["weights"]
            if "set" in request.POST and _was_set(request, form, tried):
                return redirect("admin:matching_weightset_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Tune the weights"),
            "form": form,
            "opts": self.opts,
            "pairs": preview(current, tried, now=now),
            "current": points_shown(current),
            "tried": points_shown(tried),
            "is_tried": tried != current,
        }
        return render(request, "matching/admin_weights.html", context)


def _was_set(request: HttpRequest, form: WeightsForm, weights: Weights) -> bool:
    actor: Any = request.user
    try:
        set_weights(actor=actor, weights=weights, reason=form.cleaned_data["reason"], now=timezone.now())
    except DomainError as error:
        form.add_error(error.field, error.message)
        return False
    messages.success(request, _("The next deck is ranked by these weights."))
    return True


def points_shown(weights: Weights) -> list[tuple[str, int]]:
    return [(str(component.label), getattr(weights, component.value)) for component in Component]
