from django.urls import URLPattern, URLResolver, path

from chat.views import inbox, thread

app_name = "chat"
urlpatterns: list[URLPattern | URLResolver] = [
    path("chat/", inbox.inbox, name="inbox"),
    path("chat/badge", inbox.badge, name="badge"),
    path("chat/receipts", inbox.receipts, name="receipts"),
    path("chat/write/<str:handle>", inbox.write, name="write"),
    path("chat/messages/<slug:public_id>/edit/", thread.edit, name="message-edit"),
    path("chat/messages/<slug:public_id>/delete/", thread.delete, name="message-delete"),
    path("chat/<slug:public_id>/", thread.thread, name="thread"),
    path("chat/<slug:public_id>/news", thread.news, name="news"),
]
