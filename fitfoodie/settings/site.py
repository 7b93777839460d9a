"""What the frame of every page links to. A route that does not exist is left out, so the list may name all of them."""

from django.utils.translation import gettext_lazy as _

SITE_PLACES = [
    {"route": "meals:discover", "label": _("Eat"), "icon": "eat"},
    {"route": "classes:list", "label": _("Train"), "icon": "train"},
    {"route": "social:feed", "label": _("Feed"), "icon": "feed"},
    {"route": "chat:inbox", "label": _("Chat"), "icon": "chat"},
    {"route": "meals:mine", "label": _("Create"), "icon": "create"},
    {"route": "accounts:me", "label": _("Me"), "icon": "me"},
]
SITE_LEGAL = [
    {"route": "accounts:terms", "label": _("Terms")},
    {"route": "accounts:privacy", "label": _("Privacy")},
    {"route": "accounts:imprint", "label": _("Imprint")},
]
SITE_SEARCH = "meals:discover"
SITE_SUGGEST = "api:meals-suggest"
# The gallery of components at /design/: for those who build pages.
SITE_GALLERY = False
