"""The conversations of the caller, how far they have read, and what they show of that."""

from typing import Any, cast

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from accounts.selectors import find_person
from chat.api import shapes
from chat.selectors.inbox import conversation_of, conversations_of, row_of, rows_of, unread_in
from chat.selectors.thread import shows_receipts
from chat.services.conversations import mark_read, open_conversation, set_receipts
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView

_NEWEST = Ordering("last_message_at", is_descending=True)


def member(request: Request) -> User:
    """The caller of a view that only lets people in who are signed in."""
    return cast("User", request.user)


class ConversationsView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="conversations_list",
        summary="My conversations",
        description="Those in which something was said; the one with the newest message first.",
        parameters=CURSOR_PAGING,
        responses=page_of(shapes.ConversationSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        me = member(request)
        page = keyset_page(request, conversations_of(me), _NEWEST, caller=me.pk)
        found = map(shapes.conversation, rows_of(list(page.results), me))
        return conditional(request, JsonAnswer(page_body(page, found)))

    @extend_schema(
        operation_id="conversations_open",
        summary="Open the conversation with somebody",
        description=(
            "There is one a pair, ever: 200 for the one that is there, 201 for a new one. Only matches and friends "
            "can open one; 403 `not_close` says so."
        ),
        request=shapes.OpenSerializer,
        responses={200: shapes.ConversationSerializer, 201: shapes.ConversationSerializer},
        examples=[OpenApiExample("With a match", value={"handle": "leo"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = shapes.OpenSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        me = member(request)
        person = find_person(given.validated_data["handle"], viewer=me)
        opened, is_new = open_conversation(person=me, other_id=person.pk, now=timezone.now())
        row = row_of(conversation_of(me, opened.public_id), me)
        return JsonAnswer(shapes.conversation(row), status=201 if is_new else 200)


class ConversationView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="conversations_read", summary="One conversation", responses=shapes.ConversationSerializer
    )
    def get(self, request: Request, conversation_id: str) -> HttpResponse:
        me = member(request)
        row = row_of(conversation_of(me, conversation_id), me)
        return conditional(request, JsonAnswer(shapes.conversation(row)))


class ConversationReadView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="conversations_mark_read",
        summary="Say up to where I have read",
        description="The pointer only moves forward, at most to the newest message; it is the same on all devices.",
        request=shapes.ReadInputSerializer,
        responses=shapes.PointerSerializer,
        examples=[OpenApiExample("Up to the third", value={"seq": 3}, request_only=True)],
    )
    def put(self, request: Request, conversation_id: str) -> HttpResponse:
        me = member(request)
        conversation = conversation_of(me, conversation_id)
        given = shapes.ReadInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        seq = given.validated_data["seq"]
        pointer = mark_read(conversation_id=conversation.pk, user=me, seq=seq, now=timezone.now())
        unread = unread_in(me, [conversation.pk]).get(conversation.pk, 0)
        return JsonAnswer({"read_seq": pointer.read_seq, "unread": unread})


class ChatSettingsView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="chat_settings_read", summary="My settings of chat", responses=shapes.ChatSettingsSerializer
    )
    def get(self, request: Request) -> HttpResponse:
        return conditional(request, JsonAnswer(self._body(member(request))))

    @extend_schema(
        operation_id="chat_settings_change",
        summary="Change my settings of chat",
        request=shapes.ChatSettingsSerializer,
        responses=shapes.ChatSettingsSerializer,
        examples=[OpenApiExample("Without receipts", value={"shows_receipts": False}, request_only=True)],
    )
    def patch(self, request: Request) -> HttpResponse:
        given = shapes.ChatSettingsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        set_receipts(person=member(request), **given.validated_data)
        return JsonAnswer(self._body(member(request)))

    def _body(self, me: User) -> dict[str, Any]:
        return {"shows_receipts": shows_receipts(me)}
