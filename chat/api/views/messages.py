"""What is said in a conversation of the caller."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from chat.api import shapes
from chat.api.views.conversations import member
from chat.models import Message
from chat.selectors.inbox import conversation_of
from chat.selectors.thread import messages_of, messages_readable_by, page_of_messages
from chat.services.messages import delete_message, edit_message, send_message
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import page_size
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView

_SEQ = {"type": "integer", "minimum": 0}
_LARGEST = 2**63 - 1


class MessagesView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"after_seq", "before_seq", "page_size"})

    @extend_schema(
        operation_id="messages_list",
        summary="Messages of a conversation",
        description=(
            "In order of `seq`: the newest page, or the page after or before a number. `previous` leads to earlier "
            "messages, `next` to later ones. What was taken away stays in its place without words."
        ),
        parameters=[
            query("after_seq", "Messages with a larger number.", _SEQ),
            query("before_seq", "Messages with a smaller number.", _SEQ),
            *[each for each in CURSOR_PAGING if each.name == "page_size"],
        ],
        responses=page_of(shapes.MessageSerializer),
    )
    def get(self, request: Request, conversation_id: str) -> HttpResponse:
        conversation = conversation_of(member(request), conversation_id)
        after, before = _seq(request, "after_seq"), _seq(request, "before_seq")
        if after is not None and before is not None:
            raise ProblemError(
                invalid([FieldError("?before_seq", "invalid", "Give after_seq or before_seq, not both.")])
            )
        found, has_more = page_of_messages(conversation, after_seq=after, before_seq=before, size=page_size(request))
        return conditional(request, JsonAnswer(_page(request, found, has_more, after, before)))

    @extend_schema(
        operation_id="messages_send",
        summary="Send a message",
        description=(
            "201 for a new message. The same `client_id` again is the same message, with the same `id` and `seq`: 200. "
            "403 `undeliverable` when the two cannot talk at the moment; it does not say why."
        ),
        request=shapes.SendSerializer,
        responses={200: shapes.MessageSerializer, 201: shapes.MessageSerializer},
        examples=[
            OpenApiExample(
                "A question",
                value={"client_id": "5f0c6e0e-6d1c-4f0e-9f53-2f7f6b1e9a11", "text": "Boxing on Tuesday?"},
                request_only=True,
            )
        ],
    )
    @idempotent()
    def post(self, request: Request, conversation_id: str) -> HttpResponse:
        me = member(request)
        conversation = conversation_of(me, conversation_id)
        given = shapes.SendSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent, is_new = send_message(
            conversation_id=conversation.pk, sender=me, now=timezone.now(), **given.validated_data
        )
        return JsonAnswer(shapes.message(sent), status=201 if is_new else 200)


class MessageView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="messages_edit",
        summary="Change one's own message",
        description="Within a day of sending; it is marked as changed.",
        request=shapes.EditSerializer,
        responses=shapes.MessageSerializer,
        examples=[OpenApiExample("Another day", value={"text": "Boxing on Thursday?"}, request_only=True)],
    )
    def patch(self, request: Request, message_id: str) -> HttpResponse:
        me = member(request)
        message = messages_readable_by(me).get(public_id=message_id)
        given = shapes.EditSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        text = given.validated_data["text"]
        edit_message(message_id=message.pk, sender=me, text=text, now=timezone.now())
        return JsonAnswer(shapes.message(messages_of(me).get(pk=message.pk)))

    @extend_schema(
        operation_id="messages_delete",
        summary="Take one's own message back",
        description="For both and for good; its place in the conversation stays.",
        responses={204: None},
    )
    def delete(self, request: Request, message_id: str) -> HttpResponse:
        me = member(request)
        message = messages_of(me).get(public_id=message_id)
        delete_message(message_id=message.pk, sender=me, now=timezone.now())
        return HttpResponse(status=204)


def _seq(request: Request, name: str) -> int | None:
    """Raises 400 naming the parameter."""
    text = request.GET.get(name)
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= _LARGEST:
        return int(text)
    raise ProblemError(invalid([FieldError(f"?{name}", "out_of_range", f"Give a whole number from 0 as {name}.")]))


def _page(
    request: Request, found: Sequence[Message], has_more: bool, after: int | None, before: int | None
) -> dict[str, Any]:
    has_next = has_more if after is not None else before is not None
    has_previous = found and found[0].seq > 1 if after is not None else has_more
    return {
        "results": [shapes.message(each) for each in found],
        "next": _neighbour(request, "after_seq", found[-1].seq) if has_next and found else None,
        "previous": _neighbour(request, "before_seq", found[0].seq) if has_previous and found else None,
    }


def _neighbour(request: Request, name: str, seq: int) -> str:
    kept = {"page_size": request.GET["page_size"]} if "page_size" in request.GET else {}
    return f"{request._request.build_absolute_uri(request.path)}?{urlencode({name: seq, **kept})}"
