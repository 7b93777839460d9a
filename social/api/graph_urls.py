"""Addresses of the graph."""

from django.urls import URLPattern, path

from social.api.views.people import (
    BlockedView,
    ConnectionsView,
    FollowersView,
    FollowingView,
    FollowRequestsView,
    PrivacyView,
)
from social.api.views.relations import BlockView, ConnectionView, FollowRequestView, FollowView

urlpatterns: list[URLPattern] = [
    path("me/blocked", BlockedView.as_view(), name="me-blocked"),
    path("me/connections", ConnectionsView.as_view(), name="me-connections"),
    path("me/follow-requests", FollowRequestsView.as_view(), name="me-follow-requests"),
    path("me/follow-requests/<str:handle>", FollowRequestView.as_view(), name="me-follow-request"),
    path("me/privacy", PrivacyView.as_view(), name="me-privacy"),
    path("users/<str:handle>/block", BlockView.as_view(), name="person-block"),
    path("users/<str:handle>/connection", ConnectionView.as_view(), name="person-connection"),
    path("users/<str:handle>/follow", FollowView.as_view(), name="person-follow"),
    path("users/<str:handle>/followers", FollowersView.as_view(), name="person-followers"),
    path("users/<str:handle>/following", FollowingView.as_view(), name="person-following"),
]
