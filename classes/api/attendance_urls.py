from django.urls import URLPattern, URLResolver, path

from classes.api.views import attendance, ratings

attendance_urls: list[URLPattern | URLResolver] = [
    path("classes/<str:class_id>/attendance", attendance.AttendanceView.as_view(), name="class-attendance"),
    path("classes/<str:class_id>/attendance/<str:booking>", attendance.SeatView.as_view(), name="class-seat"),
    path("classes/<str:class_id>/roster", attendance.RosterView.as_view(), name="class-roster"),
    path("classes/<str:class_id>/ratings", ratings.ClassRatingsView.as_view(), name="class-ratings"),
    path("me/attendance", attendance.MyAttendanceView.as_view(), name="my-attendance"),
    path("me/attendance/totals", attendance.MyTotalsView.as_view(), name="my-attendance-totals"),
    path("me/attendance/<str:booking>/dispute", attendance.MyDisputeView.as_view(), name="my-attendance-dispute"),
]
