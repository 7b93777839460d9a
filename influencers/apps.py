from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What each part of this app tells the apps below, when every model is loaded.
PARTS = ("influencers.views.creator_parts", "influencers.views.post_parts")


class InfluencersConfig(AppConfig):
    name = "influencers"
    verbose_name = _("Creators")

    def ready(self) -> None:
        for part in PARTS:
            import_module(part).register()
