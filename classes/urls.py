from django.urls import URLPattern, URLResolver, path

from classes.views import chain
from classes.views.session import session_page
from classes.views.studio import studio_page
from classes.views.timetable import timetable_page

app_name = "classes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("classes/", timetable_page, name="list"),
    path("classes/<slug:public_id>/", session_page, name="session"),
    path("chains/<slug:chain>/<slug:studio>/", studio_page, name="studio"),
    path("host/", chain.host, name="host"),
    path("host/<slug:chain>/", chain.host_chain, name="host-chain"),
]
