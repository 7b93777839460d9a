from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from classes.models import PeerReview, Rsvp, RsvpMove, SessionRating
from classes.services.fees import decide_fee
from classes.services.peer_reviews import remove_peer_review, show_peer_review
from classes.services.ratings import remove_rating, show_rating
from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action


def _show(rating: SessionRating, actor: Any, reason: str, now: datetime) -> object:
    return show_rating(rating_id=rating.pk, actor=actor, reason=reason, now=now)


def _remove(rating: SessionRating, actor: Any, reason: str, now: datetime) -> object:
    return remove_rating(rating_id=rating.pk, actor=actor, reason=reason, now=now)


@admin.register(SessionRating)
class SessionRatingAdmin(ActingMixin, ReadOnlyAdmin):
    """The queue of what waits: filter by state."""

    list_display = ["class_type", "author", "stars", "text", "state", "state_reason", "rated_at"]
    list_filter = ["state", "stars", "chain"]
    list_select_related = ["class_type", "author"]
    search_fields = ["text", "class_type__title", "author__handle", "=public_id"]
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
    date_hierarchy = "written_at"
    ordering = ["-id"]
    actions = [
        reasoned_action("show", _("Show with a reason"), _show_word),
        reasoned_action("remove", _("Take down with a reason"), _remove_word),
    ]

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None or obj.state != "visible" else ["text"]


def _waive(rsvp: Rsvp, actor: Any, reason: str, now: datetime) -> object:
    return decide_fee(rsvp_id=rsvp.pk, actor=actor, is_charged=False, reason=reason, now=now)


def _charge(rsvp: Rsvp, actor: Any, reason: str, now: datetime) -> object:
    return decide_fee(rsvp_id=rsvp.pk, actor=actor, is_charged=True, reason=reason, now=now)


class MoveRows(TabularInline):
    """How the seat changed hands (N32)."""

    model = RsvpMove
    extra = 0
    can_delete = False
    fields = ["moved_at", "from_status", "to_status", "actor", "reason"]
    readonly_fields = fields
    fk_name = "rsvp"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("actor")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Rsvp)
class RsvpAdmin(ActingMixin, ReadOnlyAdmin):
    """Bookings; those whose fee is disputed wait here for whoever decides."""

    list_display = ["session", "user", "status", "fee", "fee_state", "fee_charges_at", "dispute", "checked_in_at"]
    list_filter = ["fee_state", "status", "chain"]
    list_select_related = ["session", "user"]
    search_fields = ["user__handle", "=user__email", "session__title", "=public_id"]
    date_hierarchy = "joined_at"
    ordering = ["-id"]
    inlines = [MoveRows]
    exclude = ["nonce"]
    actions = [
        reasoned_action("waive_fee", _("Let the fee go, with a reason"), _waive),
        reasoned_action("charge_fee", _("Charge the fee, with a reason"), _charge),
    ]
