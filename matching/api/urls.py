from django.urls import URLPattern, URLResolver, path

from matching.api.views.deck import ActionView, PartnersView, UndoView
from matching.api.views.for_you import LearnedView, MatchClassesView
from matching.api.views.matches import LikesView, MatchTogetherView, MutualMatchView, MutualView
from matching.api.views.preferences import PreferencesView

urlpatterns: list[URLPattern | URLResolver] = [
    path("matches/partners", PartnersView.as_view(), name="match-partners"),
    path("matches/action", ActionView.as_view(), name="match-action"),
    path("matches/undo", UndoView.as_view(), name="match-undo"),
    path("matches/mutual", MutualView.as_view(), name="match-mutual"),
    path("matches/mutual/<slug:match_id>", MutualMatchView.as_view(), name="match-mutual-one"),
    path("matches/mutual/<slug:match_id>/together", MatchTogetherView.as_view(), name="match-together"),
    path("matches/likes", LikesView.as_view(), name="match-likes"),
    path("matches/preferences", PreferencesView.as_view(), name="match-preferences"),
    path("matches/classes", MatchClassesView.as_view(), name="match-classes"),
    path("matches/learned", LearnedView.as_view(), name="match-learned"),
]
