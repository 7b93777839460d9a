"""The back office: our colours, our words, one sidebar. A place shows only to those who may open it."""

from typing import Any

from csp.constants import NONCE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from fitfoodie.settings.env import env

# Shown in the header, so that nobody mistakes a rehearsal for the real thing.
ENVIRONMENT_LABEL = env.str("ENVIRONMENT_LABEL", default="")

# Alpine, which unfold brings along, evaluates expressions in attributes and sets styles: allowed here alone.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, NONCE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}


def environment(request: HttpRequest) -> list[str] | None:
    return [ENVIRONMENT_LABEL, "warning"] if ENVIRONMENT_LABEL else None


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _place(title: str | Promise, icon: str, model: str) -> dict[str, Any]:
    """`model` is app_label.model; shown once the list exists, to whoever may view it."""
    app_label, name = model.split(".")
    route, permission = f"admin:{app_label}_{name}_changelist", f"{app_label}.view_{name}"

    def is_shown(request: HttpRequest) -> bool:
        return bool(_address(route)) and request.user.has_perm(permission)

    return {"title": title, "icon": icon, "link": lazy(_address, str)(route), "permission": is_shown}


UNFOLD = {
    "SITE_TITLE": "FitFoodie",
    "SITE_HEADER": "FitFoodie",
    "SITE_SUBHEADER": _("Back office"),
    "SITE_SYMBOL": "restaurant",
    "SITE_URL": "/",
    "STYLES": [lambda _request: static("css/admin.css")],
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("icons/favicon.svg")}],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "SHOW_BACK_BUTTON": True,
    "ENVIRONMENT": "fitfoodie.settings.admin.environment",
    "BORDER_RADIUS": "12px",
    # Basil and paper of the design system, as the scales that unfold asks for.
    "COLORS": {
        "base": {
            "50": "#FBF8F3",
            "100": "#F3EEE5",
            "200": "#E4DED3",
            "300": "#CCC6BA",
            "400": "#A3AEA5",
            "500": "#6B746C",
            "600": "#59625A",
            "700": "#3D453F",
            "800": "#2C332D",
            "900": "#1B201C",
            "950": "#121512",
        },
        "primary": {
            "50": "#EEF6F1",
            "100": "#E4F0E8",
            "200": "#C3E2CF",
            "300": "#9CD3B0",
            "400": "#74D19C",
            "500": "#2E8A5B",
            "600": "#1F6B45",
            "700": "#175337",
            "800": "#12412C",
            "900": "#0E3222",
            "950": "#0E1A13",
        },
        "font": {
            "subtle-light": "var(--color-base-600)",
            "subtle-dark": "var(--color-base-400)",
            "default-light": "var(--color-base-700)",
            "default-dark": "var(--color-base-300)",
            "important-light": "var(--color-base-900)",
            "important-dark": "var(--color-base-100)",
        },
    },
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": False,
        "navigation": [
            {
                "title": _("People"),
                "items": [
                    _place(_("People"), "group", "accounts.user"),
                    _place(_("Roles"), "shield_person", "auth.group"),
                    _place(_("Role changes"), "history", "accounts.rolechange"),
                    _place(_("Former handles"), "alternate_email", "accounts.formerhandle"),
                    _place(_("E-mail addresses"), "mail", "account.emailaddress"),
                    _place(_("Devices"), "devices", "usersessions.usersession"),
                ],
            },
            {
                "title": _("Moderation"),
                "separator": True,
                "items": [
                    _place(_("Cases"), "flag", "moderation.case"),
                    _place(_("Reports"), "report", "moderation.report"),
                ],
            },
            {
                "title": _("Meals"),
                "separator": True,
                "items": [
                    _place(_("Meals"), "restaurant_menu", "meals.meal"),
                    _place(_("Photos"), "photo_library", "meals.mealphoto"),
                    _place(_("Reviews"), "reviews", "meals.review"),
                    _place(_("Foods"), "nutrition", "meals.food"),
                    _place(_("Tags"), "sell", "meals.tag"),
                    _place(_("Imports"), "input", "meals.mealimport"),
                ],
            },
            {
                "title": _("Creators"),
                "separator": True,
                "items": [
                    _place(_("Verifications"), "verified", "influencers.verificationapplication"),
                    _place(_("Appeals"), "gavel", "influencers.verificationappeal"),
                    _place(_("Creator pages"), "badge", "influencers.creatorpage"),
                    _place(_("Collections"), "collections_bookmark", "influencers.collection"),
                    _place(_("Posts"), "article", "influencers.post"),
                    _place(_("Photos of posts"), "photo_library", "influencers.postphoto"),
                ],
            },
            {
                "title": _("Classes"),
                "separator": True,
                "items": [
                    _place(_("Timetable"), "calendar_month", "classes.session"),
                    _place(_("Series"), "event_repeat", "classes.series"),
                    _place(_("Bookings"), "how_to_reg", "classes.rsvp"),
                    _place(_("Ratings"), "star_rate", "classes.sessionrating"),
                    _place(_("Words among partners"), "rate_review", "classes.peerreview"),
                    _place(_("Going together"), "group_add", "classes.outing"),
                    _place(_("Seats handed on"), "move_down", "classes.seathandon"),
                    _place(_("Chains"), "domain", "classes.chain"),
                    _place(_("Studios"), "storefront", "classes.studio"),
                    _place(_("Rooms"), "meeting_room", "classes.room"),
                    _place(_("Class types"), "category", "classes.classtype"),
                    _place(_("Staff"), "badge", "classes.chainstaff"),
                ],
            },
            {
                "title": _("Partners"),
                "separator": True,
                "items": [
                    _place(_("Matches"), "handshake", "matching.match"),
                    _place(_("Likes and passes"), "thumbs_up_down", "matching.matchaction"),
                    _place(_("Impressions"), "visibility", "matching.impression"),
                    _place(_("Weights"), "tune", "matching.weightset"),
                    _place(_("Saved searches"), "saved_search", "search.savedsearch"),
                ],
            },
            {
                "title": _("Market"),
                "separator": True,
                "items": [
                    _place(_("Orders"), "receipt", "orders.order"),
                    _place(_("Kitchens"), "skillet", "orders.kitchen"),
                    _place(_("Slots"), "schedule", "orders.slot"),
                    _place(_("Promo codes"), "sell", "orders.promocode"),
                    _place(_("Payments"), "payments", "orders.payment"),
                    _place(_("Refunds"), "undo", "orders.refund"),
                    _place(_("Commissions"), "percent", "orders.commission"),
                    _place(_("Payouts"), "account_balance", "orders.payout"),
                ],
            },
            {
                "title": _("Audit"),
                "separator": True,
                "items": [
                    _place(_("Events"), "receipt_long", "events.event"),
                    _place(_("Notifications"), "notifications", "notifications.notification"),
                    _place(_("Failed jobs"), "running_with_errors", "common.failedjob"),
                    _place(_("Jobs"), "pending_actions", "common.backgroundjob"),
                    _place(_("Schedule"), "schedule", "common.scheduledrun"),
                ],
            },
        ],
    },
}
