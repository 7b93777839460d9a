from django.urls import URLPattern, URLResolver, path

from matching.views import for_you, learned, preferences

app_name = "matching"
urlpatterns: list[URLPattern | URLResolver] = [
    path("partners/preferences/", preferences.preferences, name="preferences"),
    path("partners/preferences/sport/", preferences.sport_row, name="sport-row"),
    path("partners/preferences/fit", preferences.preview, name="preview"),
    path("partners/preferences/delete/", preferences.delete, name="delete-profile"),
    path("for-you/classes/", for_you.classes_for_you, name="classes"),
    path("partners/learned/", learned.learned, name="learned"),
    path("partners/learned/forget", learned.forget, name="forget"),
]
