from django.urls import URLPattern, URLResolver, path

from classes.api.views import host_sessions

urlpatterns: list[URLPattern | URLResolver] = [
    path("series", host_sessions.SeriesListView.as_view(), name="series-list"),
    path("series/<str:public_id>", host_sessions.SeriesView.as_view(), name="series"),
]
