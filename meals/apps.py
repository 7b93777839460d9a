from dataclasses import replace

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MealsConfig(AppConfig):
    name = "meals"
    verbose_name = _("Meals")

    def ready(self) -> None:
        from accounts import export_parts, profile_sections  # noqa: PLC0415  app ready: they name models
        from fitfoodie.search import groups, saved_kinds  # noqa: PLC0415  app ready: beside what is registered there
        from meals.services.own_data import PART  # noqa: PLC0415  app ready: services need every model
        from meals.subjects import SUBJECT  # noqa: PLC0415  app ready: it names models
        from meals.views.feed import MEALS_COOKED, MEALS_PUBLISHED  # noqa: PLC0415  app ready: views need every model
        from meals.views.profile import SECTION  # noqa: PLC0415  app ready: views need every model
        from meals.views.saved_searches import KIND  # noqa: PLC0415  app ready: views need every model
        from meals.views.search_group import GROUP  # noqa: PLC0415  app ready: views need every model
        from meals.views.shared import shared_meal  # noqa: PLC0415  app ready: views need every model
        from social import subjects  # noqa: PLC0415  app ready: beside what is registered there
        from social.receivers import subscribe_source  # noqa: PLC0415  app ready: tasks need every model

        subjects.register(replace(SUBJECT, guest_page=shared_meal))
        profile_sections.register(SECTION)
        saved_kinds.register(KIND)
        groups.register(GROUP)
        export_parts.register(PART)
        for source in (MEALS_PUBLISHED, MEALS_COOKED):
            subscribe_source(source)
