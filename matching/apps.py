from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What each part of this app tells the apps below, when every model is loaded.
PARTS = ("matching.views.profile_parts", "matching.views.deck_parts", "matching.selectors.company")


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Training partners")

    def ready(self) -> None:
        for part in PARTS:
            import_module(part).register()
