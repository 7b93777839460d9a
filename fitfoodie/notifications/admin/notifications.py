from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fitfoodie.common.backoffice import BigTableAdmin
from fitfoodie.notifications.models import Notification


@admin.register(Notification)
class NotificationAdmin(BigTableAdmin):
    """Who was told what, whether by mail too, and whether it was read. The words are not kept: they are made for the
    reader."""

    list_display = ["created_at", "user", "kind", "read_at", "mailed_at"]
    list_filter = [("read_at", admin.EmptyFieldListFilter), ("mailed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["user__handle", "=user__email", "=kind", "=public_id"]
    search_help_text = _("Handle, e-mail address, kind, id")
    date_hierarchy = "created_at"
    ordering = ["-id"]
    fields = [("public_id", "kind"), ("user", "actor"), "cause", ("created_at", "read_at", "mailed_at")]
    readonly_fields = ["cause"]

    @display(description=_("what happened"))
    def cause(self, row: Notification) -> SafeString:
        address = reverse("admin:events_event_change", args=[row.event_id])
        link = '<a class="text-primary-600 dark:text-primary-400" href="{}">{}</a>'
        return format_html(link, address, row.event.name)
