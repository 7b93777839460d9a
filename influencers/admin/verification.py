"""The queue of verifications: look at the evidence, take one up, decide with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from fitfoodie.common.backoffice import ReadOnlyAdmin, carried_out
from influencers import rules
from influencers.models import VerificationAppeal, VerificationApplication, VerificationDecision
from influencers.services import appeals
from influencers.services import verification as services

Row = Any
Write = Callable[[Row, Any, dict[str, Any], datetime], object]


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=services.MAX_REASON,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("The applicant reads it word for word, and it is kept."),
    )
    # The name that was looked at: a new one taken meanwhile is noticed.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200, strip=False)


class ClaimForm(forms.Form):
    """Nothing to say; the button is enough."""


@dataclass(frozen=True)
class ReviewAction:
    label: str | Promise
    icon: str
    write: Write
    form: type[forms.Form] = DecisionForm
    is_dangerous: bool = False


def _claim(row: Row, actor: Any, data: dict[str, Any], now: datetime) -> object:
    return services.claim_application(application_id=row.pk, reviewer=actor, now=now)


def _decide(*, approve: bool) -> Write:
    def write(row: Row, actor: Any, data: dict[str, Any], now: datetime) -> object:
        return services.decide_application(
            application_id=row.pk, reviewer=actor, approve=approve, reason=data["reason"], seen=data["seen"], now=now
        )

    return write


def _revoke(row: Row, actor: Any, data: dict[str, Any], now: datetime) -> object:
    return services.revoke_badge(application_id=row.pk, reviewer=actor, reason=data["reason"], now=now)


def _answer(*, overturn: bool) -> Write:
    def write(row: Row, actor: Any, data: dict[str, Any], now: datetime) -> object:
        return appeals.decide_appeal(
            appeal_id=row.pk, reviewer=actor, overturn=overturn, answer=data["reason"], now=now
        )

    return write


class ReviewAdmin(ReadOnlyAdmin):
    """Buttons on the page of a row, each leading to a page that asks why and then calls one service."""

    review_actions: dict[str, ReviewAction] = {}

    def may_act(self, user: Any) -> bool:
        return rules.may_review(user)

    def has_review_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self.may_act(request.user)

    def get_urls(self) -> list[Any]:
        own = [
            path(
                f"<int:object_id>/{name}/ask",
                self.admin_site.admin_view(self._asking(spec)),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name}_ask",
            )
            for name, spec in self.review_actions.items()
        ]
        return [*own, *super().get_urls()]

    def _asking(self, spec: ReviewAction) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, object_id: int) -> HttpResponse:
            return self.ask(request, object_id, spec)

        return view

    def ask(self, request: HttpRequest, object_id: int, spec: ReviewAction) -> HttpResponse:
        if not self.may_act(request.user):
            raise PermissionDenied
        row = self.get_queryset(request).filter(pk=object_id).first()
        if row is None:
            raise Http404
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        form = spec.form(request.POST if request.method == "POST" else None, initial={"seen": self.seen(row)})
        if form.is_valid():
            data = form.cleaned_data
            if carried_out(request, lambda: spec.write(row, request.user, data, timezone.now()), done=str(spec.label)):
                return redirect(back)
        context = self.admin_site.each_context(request) | {
            "title": spec.label,
            "rows": [self.seen(row)],
            "cancel_url": back,
            "form": form,
            "opts": self.opts,
            "is_dangerous": spec.is_dangerous,
        }
        return render(request, "common/admin_reason.html", context)

    def seen(self, row: Row) -> str:
        raise NotImplementedError


class DecisionInline(TabularInline):
    model = VerificationDecision
    fields = ["decided_at", "kind", "reviewer", "reason", "name", "handle"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> "QuerySet[VerificationDecision]":
        return super().get_queryset(request).select_related("reviewer")  # type: ignore[no-any-return]


@admin.register(VerificationApplication)
class ApplicationAdmin(ReviewAdmin):
    list_display = ["applicant", "status", "website_check", "claimed_by", "applied_at", "decided_at"]
    list_filter = ["status", "website_check"]
    list_select_related = ["applicant", "claimed_by"]
    search_fields = ["=public_id", "applicant__handle", "applicant__name", "applicant__email"]
    search_help_text = _("Id, handle, name, e-mail")
    date_hierarchy = "applied_at"
    ordering = ["applied_at", "id"]
    fields = [
        ("applicant", "status", "public_id"),
        ("legal_name", "id_reference"),
        "statement",
        ("site", "website_check", "website_checked_at"),
        "website_note",
        "elsewhere",
        ("applied_at", "decided_at"),
        ("claimed_by", "claimed_at"),
    ]
    readonly_fields = ["site", "elsewhere"]
    inlines = [DecisionInline]
    review_actions = {
        "claim": ReviewAction(_("Take it up"), "back_hand", _claim, ClaimForm),
        "approve": ReviewAction(_("Verify"), "verified", _decide(approve=True)),
        "decline": ReviewAction(_("Decline"), "cancel", _decide(approve=False), is_dangerous=True),
        "revoke": ReviewAction(_("Take the badge away"), "remove_moderator", _revoke, is_dangerous=True),
    }
    actions_detail = list(review_actions)

    @display(description=_("website"))
    def site(self, row: VerificationApplication) -> SafeString | str:
        return _link(row.website) if row.website else "–"

    @display(description=_("profiles elsewhere"))
    def elsewhere(self, row: VerificationApplication) -> SafeString | str:
        return format_html_join(" · ", "{}", ((_link(each),) for each in row.socials)) or "–"

    def seen(self, row: VerificationApplication) -> str:
        return services.name_seen(row.applicant)


@admin.register(VerificationAppeal)
class AppealAdmin(ReviewAdmin):
    list_display = ["applicant", "what", "state", "filed_at", "decided_by", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["decision__application__applicant", "decision__reviewer", "decided_by"]
    search_fields = ["decision__application__applicant__handle", "decision__application__applicant__name"]
    date_hierarchy = "filed_at"
    ordering = ["filed_at", "id"]
    fields = [
        ("applicant", "what", "state"),
        "decided_first",
        "text",
        "filed_at",
        ("decided_by", "decided_at"),
        "answer",
    ]
    readonly_fields = ["applicant", "what", "decided_first"]
    review_actions = {
        "uphold": ReviewAction(_("Let the decision stand"), "gavel", _answer(overturn=False)),
        "overturn": ReviewAction(_("Give the badge"), "verified", _answer(overturn=True)),
    }
    actions_detail = list(review_actions)

    @display(description=_("applicant"))
    def applicant(self, row: VerificationAppeal) -> str:
        return str(row.decision.application.applicant)

    @display(description=_("against"))
    def what(self, row: VerificationAppeal) -> str:
        return f"{row.decision.get_kind_display()}: {row.decision.reason}"

    @display(description=_("decided first by"))
    def decided_first(self, row: VerificationAppeal) -> str:
        return str(row.decision.reviewer or "–")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[VerificationAppeal]":
        rows = super().get_queryset(request)
        return rows.select_related("decision__application__applicant", "decision__reviewer")  # type: ignore[no-any-return]

    def seen(self, row: VerificationAppeal) -> str:
        return services.name_seen(row.decision.application.applicant)


def _link(address: str) -> SafeString:
    return format_html('<a href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>', address)


def add_buttons(model_admin: type[ReviewAdmin]) -> None:
    """One button on the page of a row for each action; unfold wants a method apiece."""
    for name, spec in model_admin.review_actions.items():
        setattr(model_admin, name, _button(name, spec))


def _button(name: str, spec: ReviewAction) -> Any:
    def leads_to_the_page(self: ReviewAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}_ask", object_id)

    leads_to_the_page.__name__ = name
    button = action(description=str(spec.label), url_path=name, permissions=["review"], icon=spec.icon)
    return button(leads_to_the_page)


for _admin in (ApplicationAdmin, AppealAdmin):
    add_buttons(_admin)
