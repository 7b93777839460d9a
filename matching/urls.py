from django.urls import URLPattern, URLResolver, path

from matching.views import deck, for_you, learned, matches, news, preferences

app_name = "matching"
urlpatterns: list[URLPattern | URLResolver] = [
    path("partners/", deck.deck, name="deck"),
    path("partners/answer", deck.answer, name="answer"),
    path("partners/undo", deck.undo, name="undo"),
    path("partners/news/", news.news, name="news"),
    path("partners/matches/", matches.matches, name="matches"),
    path("partners/matches/<slug:public_id>/", matches.together, name="together"),
    path("partners/matches/<slug:public_id>/end", matches.end, name="unmatch"),
    path("partners/likes/", matches.likes, name="likes"),
    path("partners/preferences/", preferences.preferences, name="preferences"),
    path("partners/preferences/sport/", preferences.sport_row, name="sport-row"),
    path("partners/preferences/fit", preferences.preview, name="preview"),
    path("partners/preferences/clocks", preferences.clocks, name="clocks"),
    path("partners/preferences/delete/", preferences.delete, name="delete-profile"),
    path("partners/learned/", learned.learned, name="learned"),
    path("partners/learned/forget", learned.forget, name="forget"),
    path("for-you/classes/", for_you.classes_for_you, name="classes"),
]
