from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What each part of the community tells the apps below when everything is loaded.
PARTS = ("social.graph_parts", "social.reaction_parts")


class SocialConfig(AppConfig):
    name = "social"
    verbose_name = _("Community")

    def ready(self) -> None:
        for part in PARTS:
            import_module(part).register()
