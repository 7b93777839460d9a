"""Pages about one's own seat."""

from django.urls import URLPattern, URLResolver, path

from classes.views import my_classes, seats, together

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/classes/", my_classes.my_classes, name="mine"),
    path("classes/<slug:public_id>/seat/", seats.seat_panel, name="seat-panel"),
    path("classes/<slug:public_id>/join", seats.seat_join, name="seat-join"),
    path("classes/<slug:public_id>/leave", seats.seat_leave, name="seat-leave"),
    path("classes/<slug:public_id>/accept", seats.seat_accept, name="seat-accept"),
    path("classes/<slug:public_id>/decline", seats.seat_decline, name="seat-decline"),
    path("classes/<slug:public_id>/together/", together.together, name="together"),
    path("classes/<slug:public_id>/hand-on/", together.hand_seat_on, name="hand-on"),
    path("classes/<slug:public_id>/hand-on/withdraw", together.hand_on_withdraw, name="hand-on-withdraw"),
    path("hand-ons/<slug:public_id>/answer", together.hand_on_answer, name="hand-on-answer"),
    path("outings/<slug:public_id>/", together.outing, name="outing"),
    path("outings/<slug:public_id>/answer", together.outing_answer, name="outing-answer"),
    path("outings/<slug:public_id>/withdraw", together.outing_withdraw, name="outing-withdraw"),
]
