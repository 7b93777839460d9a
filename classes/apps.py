from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClassesConfig(AppConfig):
    name = "classes"
    verbose_name = _("Classes")

    def ready(self) -> None:
        from accounts import profile_sections  # noqa: PLC0415  app ready: beside what is registered there
        from classes.views import attendance_parts  # noqa: PLC0415  app ready: views need every model
        from classes.views.host_frame import add_place  # noqa: PLC0415  app ready: views need every model
        from classes.views.profile import SECTION  # noqa: PLC0415  app ready: views need every model
        from classes.views.profile_training import SECTION as OWN  # noqa: PLC0415  app ready: views need every model
        from classes.views.saved_searches import KIND  # noqa: PLC0415  app ready: views need every model
        from classes.views.search_group import GROUP  # noqa: PLC0415  app ready: views need every model
        from fitfoodie.search import groups, saved_kinds  # noqa: PLC0415  app ready: beside what is registered there

        add_place("classes:host-timetable", _("Timetable"))
        profile_sections.register(SECTION)
        profile_sections.register(OWN)
        saved_kinds.register(KIND)
        groups.register(GROUP)

        attendance_parts.register()
