from django.urls import path

from fitfoodie.search.api import views

urlpatterns = [
    path("saved-searches", views.SavedSearchListView.as_view(), name="saved-searches"),
    path("saved-searches/<str:search_id>", views.SavedSearchView.as_view(), name="saved-search"),
]
