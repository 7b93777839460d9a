"""Addresses below /accounts/ that are ours; those of allauth follow. Where a path is the same, ours answers."""

from django.urls import path

from accounts.auth import views

urlpatterns = [
    path("verify/<str:token>/", views.verify_link, name="account_verify_link"),
    path("sessions/", views.session_list, name="usersessions_list"),
    path("sessions/end/", views.session_end, name="account_session_end"),
    path("sessions/end-others/", views.session_end_others, name="account_session_end_others"),
]
