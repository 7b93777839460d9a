from django.urls import URLPattern, path

from accounts.api.views.me import MeView
from accounts.api.views.people import PersonRolesView, PersonView

urlpatterns: list[URLPattern] = [
    path("me", MeView.as_view(), name="me"),
    path("users/<str:handle>", PersonView.as_view(), name="person"),
    path("users/<str:handle>/roles", PersonRolesView.as_view(), name="person-roles"),
]
