from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What each part of this app tells the apps below, when every model is loaded.
PARTS = ("chat.views.parts",)


class ChatConfig(AppConfig):
    name = "chat"
    verbose_name = _("Chat")

    def ready(self) -> None:
        for part in PARTS:
            import_module(part).register()
