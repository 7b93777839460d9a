from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from meals import services
from meals.models import MealPhoto


def _remove(photo: MealPhoto, actor: Any, reason: str, now: datetime) -> object:
    return services.remove_photo(photo_id=photo.pk, actor=actor, now=now, reason=reason)


@admin.register(MealPhoto)
class PhotoAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["preview", "meal", "alt", "state", "created_at"]
    list_display_links = ["preview", "meal"]
    list_filter = ["state"]
    list_select_related = ["meal"]
    search_fields = ["alt", "meal__title", "=public_id"]
    ordering = ["-id"]
    exclude = ["original", "placeholder"]
    actions = [reasoned_action("remove", _("Remove with a reason"), _remove)]

    @display(description=_("photo"))
    def preview(self, photo: MealPhoto) -> SafeString | str:
        picture = photo.picture
        if picture is None:
            return "–"
        return format_html('<img src="{}" alt="{}" width="80" height="60">', picture["url"], photo.alt)
