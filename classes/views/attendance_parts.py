"""What attendance, ratings and calendars tell the apps below."""

from django.utils.translation import gettext_lazy as _

import classes.attendance_tasks  # noqa: F401  its tasks are known by being imported
from accounts import export_parts, settings_parts
from classes.services import own_data
from classes.views.calendar import PART
from classes.views.host_frame import add_place, managers


def register() -> None:
    settings_parts.register_part(PART)
    export_parts.register(own_data.PART)
    add_place("classes:host-ratings", _("Ratings"))
    add_place("classes:host-fees", _("Fees"), may=managers)
