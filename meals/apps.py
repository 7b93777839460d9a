from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MealsConfig(AppConfig):
    name = "meals"
    verbose_name = _("Meals")

    def ready(self) -> None:
        from accounts import export_parts, profile_sections  # noqa: PLC0415  app ready: they name models
        from meals.services.own_data import PART  # noqa: PLC0415  app ready: services need every model
        from meals.views.profile import SECTION  # noqa: PLC0415  app ready: views need every model

        profile_sections.register(SECTION)
        export_parts.register(PART)
