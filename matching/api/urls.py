from django.urls import URLPattern, URLResolver, path

from matching.api.views.for_you import LearnedView, MatchClassesView
from matching.api.views.preferences import PreferencesView

urlpatterns: list[URLPattern | URLResolver] = [
    path("matches/preferences", PreferencesView.as_view(), name="match-preferences"),
    path("matches/classes", MatchClassesView.as_view(), name="match-classes"),
    path("matches/learned", LearnedView.as_view(), name="match-learned"),
]
