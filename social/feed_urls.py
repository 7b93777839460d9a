"""Addresses of the feed's page."""

from django.urls import URLPattern, path

from social.views import feed

urlpatterns: list[URLPattern] = [
    path("feed/", feed.feed_page, name="feed"),
    path("feed/hide/<slug:kind>", feed.feed_mute, name="feed-mute"),
    path("feed/show/<slug:kind>", feed.feed_unmute, name="feed-unmute"),
]
