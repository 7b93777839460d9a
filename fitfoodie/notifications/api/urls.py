from django.urls import URLPattern, URLResolver, path

from fitfoodie.notifications.api.views import notifications

urlpatterns: list[URLPattern | URLResolver] = [
    path("notifications", notifications.NotificationListView.as_view(), name="notifications"),
    path("notifications/read", notifications.NotificationReadView.as_view(), name="notifications-read"),
]
