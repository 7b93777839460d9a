from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "fitfoodie.moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from accounts import export_parts  # noqa: PLC0415  app ready: beside what is registered there
        from fitfoodie.moderation.services.own_data import PART  # noqa: PLC0415  app ready: services need every model

        export_parts.register(PART)
