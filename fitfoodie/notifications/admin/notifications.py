from django.contrib import admin

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.notifications.models import Notification


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    """Who was told what, and whether it was read. The words are not kept: they are made for the reader."""

    list_display = ("created_at", "user", "kind", "read_at", "mailed_at")
    list_filter = ("kind", ("read_at", admin.EmptyFieldListFilter))
    search_fields = ("user__handle", "user__email", "kind")
    list_select_related = ("user",)
    show_full_result_count = False
    date_hierarchy = "created_at"
