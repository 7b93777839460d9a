from django.urls import URLPattern, URLResolver, path

from chat.api.views.conversations import (
    ChatSettingsView,
    ConversationReadView,
    ConversationsView,
    ConversationView,
)
from chat.api.views.messages import MessagesView, MessageView

urlpatterns: list[URLPattern | URLResolver] = [
    path("conversations", ConversationsView.as_view(), name="conversations"),
    path("conversations/<slug:conversation_id>", ConversationView.as_view(), name="conversation"),
    path("conversations/<slug:conversation_id>/messages", MessagesView.as_view(), name="conversation-messages"),
    path("conversations/<slug:conversation_id>/read", ConversationReadView.as_view(), name="conversation-read"),
    path("messages/<slug:message_id>", MessageView.as_view(), name="message"),
    path("me/chat-settings", ChatSettingsView.as_view(), name="chat-settings"),
]
