"""Reported messages in the back office. Staff see that there are some, and read one only by saying why (CHT-9)."""

from datetime import datetime
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from accounts.models import User
from chat import rules
from chat.models import Evidence, Message
from chat.services.evidence import read_evidence
from chat.services.messages import remove_message
from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.errors import DomainError
from fitfoodie.common.reasons import ActingMixin, ReasonForm, reasoned_action


def _remove(message: Message, actor: Any, reason: str, now: datetime) -> object:
    return remove_message(message_id=message.pk, actor=actor, reason=reason, now=now)


@admin.register(Message)
class ReportedMessageAdmin(ActingMixin, ReadOnlyAdmin):
    """Without words in list and form. What was never reported is not here at all."""

    list_display = ["public_id", "sender", "reported_at", "sent_at", "edited_at", "deleted_at", "deleted_by"]
    list_select_related = ["sender", "evidence"]
    search_fields = ["=public_id", "sender__handle__iexact"]
    search_help_text = _("Id, handle of the sender")
    date_hierarchy = "sent_at"
    ordering = ["-id"]
    fields = ["public_id", "sender", "reported_at", "sent_at", "edited_at", ("deleted_at", "deleted_by")]
    readonly_fields = ["public_id", "reported_at"]
    actions = [reasoned_action("remove", _("Remove with a reason"), _remove)]
    actions_detail = ["read"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        reported: QuerySet[Message] = super().get_queryset(request).filter(evidence__isnull=False)
        return reported

    def get_urls(self) -> list[Any]:
        asking = path(
            "<int:object_id>/read/ask", self.admin_site.admin_view(self.ask_read), name="chat_message_read_ask"
        )
        return [asking, *super().get_urls()]

    @display(description=_("reported"), ordering="evidence__kept_at")
    def reported_at(self, message: Message) -> datetime:
        return message.evidence.kept_at

    def has_evidence_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return rules.may_read_evidence(request.user)

    @action(description=_("Read what was reported"), url_path="read", permissions=["evidence"], icon="visibility")
    def read(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:chat_message_read_ask", object_id)

    def ask_read(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Asks why, then shows the copy once; looking again asks again."""
        if not rules.may_read_evidence(request.user):
            raise PermissionDenied
        message = self.get_queryset(request).filter(pk=object_id).first()
        if message is None:
            raise Http404
        form = ReasonForm(request.POST if request.method == "POST" else None)
        context = self.admin_site.each_context(request) | {
            "title": _("Read what was reported"),
            "opts": self.opts,
            "message": message,
            "rows": [message.public_id],
            "form": form,
            "cancel_url": reverse("admin:chat_message_change", args=[message.pk]),
        }
        if form.is_valid():
            try:
                reason, actor = form.cleaned_data["reason"], cast("User", request.user)
                evidence = read_evidence(message_id=message.pk, actor=actor, reason=reason)
            except DomainError as error:
                form.add_error("reason", error.message)
            else:
                return render(request, "chat/admin_evidence.html", context | _shown(evidence))
        return render(request, "common/admin_reason.html", context)


def _shown(evidence: Evidence) -> dict[str, Any]:
    lines = [{**line, "sent_at": datetime.fromisoformat(line["sent_at"])} for line in evidence.lines]
    return {"lines": lines, "versions": list(evidence.message.versions.order_by("pk"))}
