from django.urls import URLPattern, URLResolver, path

from fitfoodie.notifications.views import pages

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("notifications/", pages.notification_list, name="list"),
    path("notifications/badge/", pages.notification_badge, name="badge"),
    path("notifications/read", pages.read_all, name="read-all"),
    path("notifications/<slug:public_id>/", pages.notification_open, name="open"),
]
