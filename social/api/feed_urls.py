"""Addresses of the feed."""

from django.urls import URLPattern, path

from social.api.views.feed import FeedMutesView, FeedMuteView, FeedView

urlpatterns: list[URLPattern] = [
    path("feed", FeedView.as_view(), name="feed"),
    path("me/feed-mutes", FeedMutesView.as_view(), name="feed-mutes"),
    path("me/feed-mutes/<slug:kind>", FeedMuteView.as_view(), name="feed-mute"),
]
