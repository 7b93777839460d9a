"""The door, one's own past, ratings and calendars."""

from django.urls import URLPattern, URLResolver, path

from classes.views import calendar, door, history, picture, ratings, ratings_read

attendance_urls: list[URLPattern | URLResolver] = [
    path("host/sessions/<slug:public_id>/check-in/", door.check_in, name="check-in"),
    path("host/sessions/<slug:public_id>/roster/", door.roster, name="roster"),
    path("host/sessions/<slug:public_id>/roster.csv", door.roster_table, name="roster-table"),
    path("host/<slug:chain>/ratings/", ratings.host_ratings, name="host-ratings"),
    path("host/<slug:chain>/ratings/<slug:rating_id>/", ratings.host_reply, name="host-reply"),
    path("host/<slug:chain>/fees/", ratings.host_fees, name="host-fees"),
    path("host/<slug:chain>/fees/<slug:rsvp_id>/", ratings.host_fee, name="host-fee"),
    path("my/classes/history/", history.history, name="history"),
    path("my/classes/history/<slug:rsvp_id>/dispute/", history.dispute, name="dispute"),
    path("my/classes/<slug:rsvp_id>/code/", history.door_code, name="door-code"),
    path("my/classes/<slug:rsvp_id>/code.svg", history.door_code_picture, name="door-code-picture"),
    path("classes/<slug:public_id>/people/", history.people, name="people"),
    path("classes/<slug:public_id>/people/hide", history.people_hide, name="people-hide"),
    path("instructors/<str:handle>/ratings/", ratings_read.instructor_ratings, name="instructor-ratings"),
    path("classes/<slug:public_id>/rate/", ratings.rate, name="rate"),
    path("classes/<slug:public_id>/partners/", ratings.partners, name="partners"),
    path("classes/<slug:public_id>/partners/<str:handle>/", ratings.partner_write, name="partner-write"),
    path("classes/<slug:public_id>/card.png", picture.session_picture, name="card"),
    path("classes/<slug:public_id>/calendar.ics", calendar.class_calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar-feed"),
    path("settings/calendar/renew", calendar.calendar_renew, name="calendar-renew"),
    path("settings/calendar/revoke", calendar.calendar_revoke, name="calendar-revoke"),
]
