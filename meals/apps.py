from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MealsConfig(AppConfig):
    name = "meals"
    verbose_name = _("Meals")

    def ready(self) -> None:
        # App ready: views and services need every model to be loaded.
        from accounts import export_parts, profile_sections  # noqa: PLC0415
        from meals.services.own_data import PART  # noqa: PLC0415
        from meals.views.profile import SECTION  # noqa: PLC0415

        profile_sections.register(SECTION)
        export_parts.register(PART)
