from django.urls import path

from fitfoodie.search import views
from fitfoodie.search.views_across import everything

app_name = "search"
urlpatterns = [
    path("search/", everything, name="all"),
    path("saved-searches/", views.saved_searches, name="saved"),
    path("saved-searches/new", views.save, name="save"),
    path("saved-searches/stop/<str:token>/", views.stop_alerts, name="stop-alerts"),
    path("saved-searches/<slug:public_id>/look", views.look, name="look"),
    path("saved-searches/<slug:public_id>/edit", views.edit, name="edit"),
    path("saved-searches/<slug:public_id>/delete", views.delete, name="delete"),
]
