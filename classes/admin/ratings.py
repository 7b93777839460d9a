"""What people say of classes and of each other, in the back office: shown or taken down, with a reason."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classes.admin.scope import AcrossChainsMixin
from classes.models import PeerReview, SessionRating
from classes.services.peer_reviews import remove_peer_review, show_peer_review
from classes.services.ratings import remove_rating, show_rating
from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action


def _show(rating: SessionRating, actor: Any, reason: str, now: datetime) -> object:
    return show_rating(rating_id=rating.pk, actor=actor, reason=reason, now=now)


def _remove(rating: SessionRating, actor: Any, reason: str, now: datetime) -> object:
    return remove_rating(rating_id=rating.pk, actor=actor, reason=reason, now=now)


@admin.register(SessionRating)
class SessionRatingAdmin(AcrossChainsMixin, ActingMixin, ReadOnlyAdmin):
    """The queue of what waits: filter by state."""

    list_display = ["class_type", "author", "stars", "text", "state", "state_reason", "rated_at"]
    list_filter = ["state", "stars", "chain"]
    list_select_related = ["class_type", "author"]
    search_fields = ["text", "class_type__title", "author__handle", "=public_id"]
    search_help_text = _("Words, class type, handle of the author, id")
    date_hierarchy = "rated_at"
    ordering = ["-id"]
    actions = [
        reasoned_action("show", _("Show with a reason"), _show),
        reasoned_action("remove", _("Take down with a reason"), _remove),
    ]


def _show_word(review: PeerReview, actor: Any, reason: str, now: datetime) -> object:
    return show_peer_review(review_id=review.pk, actor=actor, reason=reason, now=now)


def _remove_word(review: PeerReview, actor: Any, reason: str, now: datetime) -> object:
    return remove_peer_review(review_id=review.pk, actor=actor, reason=reason, now=now)


@admin.register(PeerReview)
class PeerReviewAdmin(ActingMixin, ReadOnlyAdmin):
    """What partners wrote is theirs: the back office reads it only when it waits for a look."""

    list_display = ["session", "author", "subject", "state", "written_at", "shown_at"]
    list_filter = ["state"]
    list_select_related = ["session", "author", "subject"]
    search_fields = ["author__handle", "subject__handle", "=public_id"]
    search_help_text = _("Handle of either, id")
    date_hierarchy = "written_at"
    ordering = ["-id"]
    actions = [
        reasoned_action("show", _("Show with a reason"), _show_word),
        reasoned_action("remove", _("Take down with a reason"), _remove_word),
    ]

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None or obj.state != "visible" else ["text"]
