"""What the frame of every page links to. A route that does not exist is left out, so the list may name all of
them; `signed_in` hides a place from visitors, `also` names other routes that belong to it, `badge` the
route of a number that is drawn beside it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fitfoodie.settings.env import env

TRAINING_ROUTES = ("matching:classes", "matching:deck", "classes:mine", "classes:teach", "classes:host")
SITE_PLACES: list[dict[str, Any]] = [
    {"route": "meals:discover", "label": _("Eat"), "icon": "eat"},
    {"route": "classes:list", "also": [*TRAINING_ROUTES], "label": _("Train"), "icon": "train"},
    {"route": "social:feed", "label": _("Feed"), "icon": "feed", "signed_in": True},
    {"route": "chat:inbox", "label": _("Chat"), "icon": "chat", "signed_in": True, "badge": "chat:badge"},
    {"route": "influencers:studio", "also": ["meals:mine"], "label": _("Create"), "icon": "create", "signed_in": True},
    {"route": "accounts:me", "label": _("Me"), "icon": "me"},
]
# What a place is made of, by its route: shown under the bar on all pages of the place.
SITE_PARTS: dict[str, list[dict[str, Any]]] = {
    "classes:list": [
        {"route": "classes:list", "label": _("Classes")},
        {"route": "matching:classes", "label": _("For you"), "signed_in": True},
        {"route": "matching:deck", "label": _("Partners"), "signed_in": True},
        {"route": "classes:mine", "label": _("My classes"), "signed_in": True},
    ],
}
SITE_LEGAL: list[dict[str, Any]] = [
    {"route": "terms", "label": _("Terms")},
    {"route": "privacy", "label": _("Privacy")},
    {"route": "guidelines", "label": _("Guidelines")},
    {"route": "imprint", "label": _("Imprint")},
]
SITE_SEARCH = "search:all"
SITE_SUGGEST = "v1:meal-suggest"
# Parts of an address that signing in must bring back: the click of a paid link travels in one, not in a cookie.
SITE_KEPT_QUERY = ["via"]
# The gallery of components at /design/: for those who build pages.
SITE_GALLERY = False

# Who runs this site, for the imprint. An address may hold line breaks as \n.
OPERATOR_NAME = env.str("OPERATOR_NAME", default="")
OPERATOR_ADDRESS = env.str("OPERATOR_ADDRESS", default="", multiline=True)
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", default="")
