from django.urls import URLPattern, URLResolver, path

from matching.api.views.preferences import PreferencesView

urlpatterns: list[URLPattern | URLResolver] = [
    path("matches/preferences", PreferencesView.as_view(), name="match-preferences"),
]
