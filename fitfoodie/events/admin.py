import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fitfoodie.common.backoffice import BigTableAdmin
from fitfoodie.events import registry
from fitfoodie.events.models import Event


class EventNameFilter(admin.SimpleListFilter):
    """From the registry, so that no query looks for the names that occur."""

    title = _("what happened")
    parameter_name = "name"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(event_type.name, str(event_type.label)) for event_type in registry.all_types()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        return queryset.filter(name=self.value()) if self.value() else queryset


class DispatchFilter(admin.SimpleListFilter):
    title = _("dispatch")
    parameter_name = "dispatch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("waiting"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        return queryset.filter(dispatched_at=None) if self.value() == "waiting" else queryset


@admin.register(Event)
class EventAdmin(BigTableAdmin):
    """The audit trail. Search by the subject's id or by the id of a request."""

    list_display = ["occurred_at", "what", "subject", "actor", "correlation_id"]
    list_display_links = ["occurred_at", "what"]
    list_filter = [EventNameFilter, DispatchFilter]
    list_select_related = ["actor"]
    list_filter_submit = False
    search_fields = ["=subject_id", "=correlation_id"]
    search_help_text = _("Id of the subject or of the request")
    date_hierarchy = None
    ordering = ["-id"]
    fields = [
        "occurred_at",
        "what",
        "name",
        "subject",
        "actor",
        "pretty_data",
        "correlation_id",
        "dispatched_at",
    ]
    readonly_fields = fields

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Pages of people and meals link to `?subject_type=…&subject_id=…`."""
        return lookup in {"subject_type", "subject_id", "actor_id"} or super().lookup_allowed(lookup, value, request)

    @display(description=_("what happened"), ordering="name")
    def what(self, event: Event) -> str:
        known = {event_type.name: str(event_type.label) for event_type in registry.all_types()}
        return known.get(event.name, event.name)

    @display(description=_("about"))
    def subject(self, event: Event) -> str:
        app_label, _dot, model = event.subject_type.partition(".")
        label = f"{model} {event.subject_id}"
        try:
            address = reverse(f"admin:{app_label}_{model}_change", args=[event.subject_id])
        except NoReverseMatch:
            return label
        return format_html('<a class="text-primary-600 dark:text-primary-400" href="{}">{}</a>', address, label)

    @display(description=_("data"))
    def pretty_data(self, event: Event) -> str:
        return format_html("<pre>{}</pre>", json.dumps(event.data, indent=2, ensure_ascii=False))
