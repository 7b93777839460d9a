from django.urls import path

from fitfoodie.search.api import views
from fitfoodie.search.api.across import SearchView

urlpatterns = [
    path("search", SearchView.as_view(), name="search"),
    path("saved-searches", views.SavedSearchListView.as_view(), name="saved-searches"),
    path("saved-searches/<str:search_id>", views.SavedSearchView.as_view(), name="saved-search"),
]
