from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClassesConfig(AppConfig):
    name = "classes"
    verbose_name = _("Classes")

    def ready(self) -> None:
        from classes.views.host_frame import add_place  # noqa: PLC0415  app ready: views need every model

        add_place("classes:host-timetable", _("Timetable"))
