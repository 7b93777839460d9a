from django.urls import URLPattern, URLResolver, path

from matching.views import preferences

app_name = "matching"
urlpatterns: list[URLPattern | URLResolver] = [
    path("partners/preferences/", preferences.preferences, name="preferences"),
    path("partners/preferences/sport/", preferences.sport_row, name="sport-row"),
    path("partners/preferences/fit", preferences.preview, name="preview"),
    path("partners/preferences/delete/", preferences.delete, name="delete-profile"),
]
