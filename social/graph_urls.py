"""Addresses of the pages of the graph."""

from django.urls import URLPattern, path

from social.views import people, relations

urlpatterns: list[URLPattern] = [
    path("people/", people.my_people, name="people"),
    path("settings/blocked/", people.blocked, name="blocked"),
    path("settings/privacy/private", people.privacy_change, name="privacy-change"),
    path("@<str:handle>/followers/", people.followers, name="followers"),
    path("@<str:handle>/following/", people.following, name="following"),
    path("@<str:handle>/relation", relations.relate, name="relate"),
    path("@<str:handle>/block", relations.block_view, name="block"),
    path("@<str:handle>/unblock", relations.unblock_view, name="unblock"),
]
