from django.urls import URLPattern, URLResolver, path

from classes.attendance_urls import attendance_urls
from classes.seat_urls import urlpatterns as seat_patterns
from classes.views import chain, host_places, host_session, host_staff, host_timetable
from classes.views.chain_page import chain_page
from classes.views.session import session_page
from classes.views.studio import studio_page
from classes.views.timetable import timetable_page

app_name = "classes"
urlpatterns: list[URLPattern | URLResolver] = [
    *attendance_urls,
    *seat_patterns,
    path("classes/", timetable_page, name="list"),
    path("classes/<slug:public_id>/", session_page, name="session"),
    path("chains/<slug:chain>/", chain_page, name="chain"),
    path("chains/<slug:chain>/<slug:studio>/", studio_page, name="studio"),
    path("host/", chain.host, name="host"),
    path("host/<slug:chain>/", chain.host_chain, name="host-chain"),
    path("host/<slug:chain>/timetable/", host_timetable.timetable, name="host-timetable"),
    path("host/<slug:chain>/timetable/new/", host_timetable.class_new, name="host-class-new"),
    path("host/<slug:chain>/timetable/series/new/", host_timetable.series_new, name="host-series-new"),
    path("host/<slug:chain>/timetable/<slug:public_id>/", host_session.session_edit, name="host-session"),
    path(
        "host/<slug:chain>/timetable/<slug:public_id>/cancel", host_session.session_cancel, name="host-session-cancel"
    ),
    path("teach/", host_session.teach, name="teach"),
    path("host/<slug:chain>/brand/", host_places.brand, name="host-brand"),
    path("host/<slug:chain>/studios/", host_places.studios, name="host-studios"),
    path("host/<slug:chain>/studios/new/", host_places.studio_new, name="host-studio-new"),
    path("host/<slug:chain>/studios/<slug:studio>/", host_places.studio_edit, name="host-studio"),
    path("host/<slug:chain>/studios/<slug:studio>/switch", host_places.studio_switch, name="host-studio-switch"),
    path("host/<slug:chain>/studios/<slug:studio>/rooms/new/", host_places.room_new, name="host-room-new"),
    path("host/<slug:chain>/rooms/<slug:room>/", host_places.room_edit, name="host-room"),
    path("host/<slug:chain>/rooms/<slug:room>/switch", host_places.room_switch, name="host-room-switch"),
    path("host/<slug:chain>/class-types/", host_places.class_types, name="host-class-types"),
    path("host/<slug:chain>/class-types/new/", host_places.class_type_new, name="host-class-type-new"),
    path("host/<slug:chain>/class-types/<slug:kind>/", host_places.class_type_edit, name="host-class-type"),
    path(
        "host/<slug:chain>/class-types/<slug:kind>/switch",
        host_places.class_type_switch,
        name="host-class-type-switch",
    ),
    path("host/<slug:chain>/staff/", host_staff.staff, name="host-staff"),
    path("host/<slug:chain>/staff/<int:staff_id>/remove", host_staff.staff_remove, name="host-staff-remove"),
]
