from django.urls import URLPattern, path

from accounts.api.views.export import ExportFileView, ExportView
from accounts.api.views.me import MeView
from accounts.api.views.people import PersonRolesView, PersonView
from accounts.api.views.sessions import SessionDetailView, SessionListView

urlpatterns: list[URLPattern] = [
    path("me", MeView.as_view(), name="me"),
    path("me/export", ExportView.as_view(), name="me-export"),
    path("me/export/<slug:export_id>/file", ExportFileView.as_view(), name="me-export-file"),
    path("me/sessions", SessionListView.as_view(), name="me-sessions"),
    path("me/sessions/<slug:device>", SessionDetailView.as_view(), name="me-session"),
    path("users/<str:handle>", PersonView.as_view(), name="person"),
    path("users/<str:handle>/roles", PersonRolesView.as_view(), name="person-roles"),
]
