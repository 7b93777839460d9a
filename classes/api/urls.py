from django.urls import URLPattern, URLResolver, path

from classes.api.attendance_urls import attendance_urls
from classes.api.host_urls import urlpatterns as host_patterns
from classes.api.seat_urls import urlpatterns as seat_patterns
from classes.api.views import chains, host_sessions, sessions

urlpatterns: list[URLPattern | URLResolver] = [
    *attendance_urls,
    *seat_patterns,
    path("classes", sessions.SessionListView.as_view(), name="classes"),
    path("classes/<str:public_id>", sessions.SessionView.as_view(), name="class"),
    path("series", host_sessions.SeriesListView.as_view(), name="series-list"),
    path("series/<str:public_id>", host_sessions.SeriesView.as_view(), name="series"),
    path("chains", chains.ChainListView.as_view(), name="chains"),
    path("chains/<slug:slug>", chains.ChainView.as_view(), name="chain"),
    path("studios", chains.StudioListView.as_view(), name="studios"),
    *host_patterns,
]
