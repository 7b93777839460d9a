"""The queue of moderators: look at the thing, its owner and the reports, take a case up, decide it with a reason."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from fitfoodie.common.backoffice import ReadOnlyAdmin, carried_out
from fitfoodie.common.why import MAX_REASON
from fitfoodie.moderation import rules
from fitfoodie.moderation.enums import CaseState, Category
from fitfoodie.moderation.models import Case, Report
from fitfoodie.moderation.services.decide import Decision, decide_case, outcomes_for, take_case
from fitfoodie.moderation.targets import ALL, target_named
from fitfoodie.moderation.validators import MAX_ANSWER


class ClaimForm(forms.Form):
    """Nothing to say; the button is enough."""


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What happens"), widget=UnfoldAdminSelectWidget)
    ground = forms.ChoiceField(
        label=_("Held against the rule on"),
        required=False,
        choices=[("", "–"), *Category.choices],
        widget=UnfoldAdminSelectWidget,
        help_text=_("Needed unless nothing happens."),
    )
    reason = forms.CharField(
        label=_("Statement of reasons"),
        max_length=MAX_REASON,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("Whose it is reads it word for word. Say nothing of who reported it."),
    )
    answer = forms.CharField(
        label=_("Answer to those who reported it"),
        required=False,
        max_length=MAX_ANSWER,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(outcome.value, outcome.label) for outcome in outcomes_for(case)]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(target.name, target.label) for target in ALL]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Case]") -> "QuerySet[Case]":
        return queryset.filter(target_type=self.value()) if self.value() else queryset


class StateFilter(admin.SimpleListFilter):
    """What waits, unless asked otherwise: a queue is what is to be done."""

    title = _("state")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("taken up by me")), ("decided", _("decided")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        every, *others = super().choices(changelist)
        return [{**every, "display": _("to be decided")}, *others]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Case]") -> "QuerySet[Case]":
        if self.value() == "all":
            return queryset
        if self.value() == "decided":
            return queryset.filter(state=CaseState.DECIDED)
        waiting = queryset.exclude(state=CaseState.DECIDED)
        return waiting.filter(claimed_by_id=request.user.pk) if self.value() == "mine" else waiting


class ReportInline(TabularInline):
    model = Report
    fields = ["filed_at", "category", "note", "reporter", "public_id"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Report]":
        return super().get_queryset(request).select_related("reporter")  # type: ignore[no-any-return]


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = [
        "kind",
        "owner",
        "reporter_count",
        "state",
        "is_held",
        "claimed_by",
        "opened_at",
        "outcome",
        "decided_by",
    ]
    list_filter = [StateFilter, KindFilter, "outcome", "reports__category"]
    list_select_related = ["owner", "claimed_by", "decided_by"]
    search_fields = ["owner__handle", "owner__name", "=target_id", "=reports__public_id"]
    search_help_text = _("Handle, name, id, receipt")
    date_hierarchy = "opened_at"
    ordering = ["-reporter_count", "opened_at"]
    fields = [
        ("kind", "state", "reporter_count"),
        "thing",
        ("owner", "history"),
        ("opened_at", "is_held"),
        ("claimed_by", "claimed_at"),
        ("outcome", "ground"),
        "reason",
        "answer",
        ("decided_by", "decided_at"),
    ]
    readonly_fields = ["kind", "thing", "history", "is_held"]
    inlines = [ReportInline]
    actions_detail = ["claim", "decide"]

    def has_review_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return rules.may_moderate(request.user)

    def get_urls(self) -> list[Any]:
        asking = [
            path(f"<int:object_id>/{name}/ask", self.admin_site.admin_view(view), name=f"moderation_case_{name}_ask")
            for name, view in (("claim", self.ask_claim), ("decide", self.ask_decision))
        ]
        return [*asking, *super().get_urls()]

    @display(description=_("kind"), ordering="target_type")
    def kind(self, case: Case) -> str:
        return str(target_named(case.target_type).label)

    @display(description=_("hidden meanwhile"), boolean=True)
    def is_held(self, case: Case) -> bool:
        return case.held_at is not None

    @display(description=_("what it says"))
    def thing(self, case: Case) -> SafeString | str:
        target = target_named(case.target_type)
        row = target.unseen(case.target_id)
        if row is None:
            return str(_("It is not there any more."))
        words = getattr(row, "text", "") or getattr(row, "summary", "")
        link = _office_address(target.name, row.pk)
        return format_html(
            '<p><a class="text-primary-600 dark:text-primary-400" href="{}">{}</a></p><p>{}</p>',
            link or target.address(row),
            target.title(row),
            words,
        )

    @display(description=_("decided about them before"))
    def history(self, case: Case) -> str:
        if case.owner_id is None:
            return "–"
        before = Case.objects.filter(owner_id=case.owner_id, state=CaseState.DECIDED).exclude(pk=case.pk)
        labels = [each.get_outcome_display() for each in before.order_by("-decided_at")[:10]]
        return ", ".join(labels) or "–"

    @action(description=_("Take it up"), url_path="claim", permissions=["review"], icon="back_hand")
    def claim(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:moderation_case_claim_ask", object_id)

    @action(description=_("Decide"), url_path="decide", permissions=["review"], icon="gavel")
    def decide(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:moderation_case_decide_ask", object_id)

    def ask_claim(self, request: HttpRequest, object_id: int) -> HttpResponse:
        case = self._case(request, object_id)
        form = ClaimForm(request.POST if request.method == "POST" else None)
        return self._carried(request, case, form, take_case, title=_("Take it up"), done=_("Yours for half an hour."))

    def ask_decision(self, request: HttpRequest, object_id: int) -> HttpResponse:
        case = self._case(request, object_id)
        form = DecisionForm(request.POST if request.method == "POST" else None, case=case)

        def write(**given: Any) -> Case:
            return decide_case(**given, decision=Decision(**form.cleaned_data))

        done = _("Decided. Everybody who reported it finds the outcome.")
        return self._carried(request, case, form, write, title=_("Decide"), done=done)

    def _carried(
        self, request: HttpRequest, case: Case, form: forms.Form, write: Callable[..., Any], *, title: Any, done: Any
    ) -> HttpResponse:
        """The page that asks, and the service that acts; what the service refuses is said above the form."""
        back = reverse("admin:moderation_case_change", args=[case.pk])
        if form.is_valid():
            now = timezone.now()
            if carried_out(request, lambda: write(case_id=case.pk, actor=request.user, now=now), done=str(done)):
                return redirect(back)
        context = self.admin_site.each_context(request) | {
            "title": title,
            "rows": [f"{self.kind(case)} · {case.owner or '–'}"],
            "cancel_url": back,
            "form": form,
            "opts": self.opts,
        }
        return render(request, "common/admin_reason.html", context)

    def _case(self, request: HttpRequest, object_id: int) -> Case:
        if not rules.may_moderate(request.user):
            raise PermissionDenied
        case: Case | None = self.get_queryset(request).select_related("owner").filter(pk=object_id).first()
        if case is None:
            raise Http404
        return case


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "category", "reporter", "case", "filed_at"]
    list_filter = ["category"]
    list_select_related = ["reporter", "case"]
    search_fields = ["=public_id", "reporter__handle", "reporter__name"]
    date_hierarchy = "filed_at"
    ordering = ["-id"]


def _office_address(name: str, pk: int) -> str:
    try:
        return reverse(f"admin:{name.replace('.', '_')}_change", args=[pk])
    except NoReverseMatch:
        return ""
