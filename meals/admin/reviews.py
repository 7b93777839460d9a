from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from meals import services
from meals.models import Review


def _hide(review: Review, actor: Any, reason: str, now: datetime) -> object:
    return services.hide_review(review_id=review.pk, actor=actor, reason=reason, now=now)


def _show(review: Review, actor: Any, reason: str, now: datetime) -> object:
    return services.show_review(review_id=review.pk, actor=actor, reason=reason)


@admin.register(Review)
class ReviewAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["meal", "author", "rating", "text", "is_shown", "created_at"]
    list_filter = ["rating", ("hidden_at", admin.EmptyFieldListFilter)]
    list_select_related = ["meal", "author"]
    search_fields = ["text", "meal__title", "author__handle", "=public_id"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
    actions = [
        reasoned_action("hide", _("Hide with a reason"), _hide),
        reasoned_action("show", _("Show again with a reason"), _show),
    ]

    @display(description=_("shown"), boolean=True)
    def is_shown(self, review: Review) -> bool:
        return review.hidden_at is None
