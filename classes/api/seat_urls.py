"""Routes about one's own seat."""

from django.urls import URLPattern, URLResolver, path

from classes.api.views import outings, seats

urlpatterns: list[URLPattern | URLResolver] = [
    path("classes/<str:public_id>/rsvp", seats.SeatView.as_view(), name="class-rsvp"),
    path("classes/<str:public_id>/rsvp/accept", seats.SeatAcceptView.as_view(), name="class-rsvp-accept"),
    path("classes/<str:public_id>/rsvp/decline", seats.SeatDeclineView.as_view(), name="class-rsvp-decline"),
    path("classes/<str:public_id>/rsvp/hand-on", outings.SeatHandOnView.as_view(), name="class-rsvp-hand-on"),
    path("me/rsvps", seats.MySeatsView.as_view(), name="me-rsvps"),
    path("outings", outings.OutingsView.as_view(), name="outings"),
    path("outings/<str:public_id>", outings.OutingView.as_view(), name="outing"),
    path("outings/<str:public_id>/answer", outings.OutingAnswerView.as_view(), name="outing-answer"),
    path("hand-ons", outings.HandOnsView.as_view(), name="hand-ons"),
    path("hand-ons/<str:public_id>/answer", outings.HandOnAnswerView.as_view(), name="hand-on-answer"),
]
