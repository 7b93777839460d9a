"""One conversation: reading, writing, and what changed since."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import add_domain_error
from accounts.models import User
from accounts.views.signed_in import person_of
from chat.forms import EditForm, MessageForm
from chat.models import Conversation, Message
from chat.selectors.inbox import conversation_of, row_of
from chat.selectors.thread import messages_readable_by, page_of_messages
from chat.services.conversations import mark_read
from chat.services.messages import delete_message, edit_message, send_message
from chat.views.lines import lines_of
from fitfoodie.common.errors import DomainError

UNCHANGED = 204
PAGE_SIZE = 50


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, public_id: str) -> HttpResponse:
    """404 for everybody but the two. Looking at the newest messages reads them."""
    me = person_of(request)
    conversation = _conversation(me, public_id)
    if request.method == "POST":
        return _sent(request, conversation, me)
    return _page(request, conversation, me, MessageForm(initial={"client_id": uuid4()}))


@login_required
@never_cache
@require_safe
def news(request: HttpRequest, public_id: str) -> HttpResponse:
    """The newest messages when anything changed since `state`; asked while somebody looks, so it reads them."""
    me = person_of(request)
    conversation = _conversation(me, public_id)
    before = row_of(conversation, me)
    if request.GET.get("state") == before.state:
        return HttpResponse(status=UNCHANGED)
    return render(request, "chat/_messages.html", _newest(conversation, me) | {"is_news": True})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    me = person_of(request)
    message = _own_message(me, public_id)
    form = EditForm(request.POST or None, initial={"text": message.text})
    if request.method == "POST" and form.is_valid():
        try:
            edit_message(message_id=message.pk, sender=me, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect(_place(message))
    context = {"message": message, "form": form, "back_url": _place(message)}
    return render(request, "chat/message_edit.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET asks: the words are gone for both."""
    me = person_of(request)
    message = _own_message(me, public_id)
    if request.method != "POST":
        return render(request, "chat/message_delete.html", {"message": message, "back_url": _place(message)})
    delete_message(message_id=message.pk, sender=me, now=timezone.now())
    return redirect(_place(message))


def _sent(request: HttpRequest, conversation: Conversation, me: User) -> HttpResponse:
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            send_message(conversation_id=conversation.pk, sender=me, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect(f"{reverse('chat:thread', args=[conversation.public_id])}#newest")
    return _page(request, conversation, me, form)


def _page(request: HttpRequest, conversation: Conversation, me: User, form: MessageForm) -> HttpResponse:
    before = request.GET.get("before", "")
    is_older = before.isascii() and before.isdigit() and len(before) < 19
    shown = _older(conversation, me, int(before)) if is_older else _newest(conversation, me)
    return render(request, "chat/thread.html", shown | {"form": form}, status=422 if form.errors else 200)


def _older(conversation: Conversation, me: User, before: int) -> dict[str, Any]:
    found, has_more = page_of_messages(conversation, before_seq=before, size=PAGE_SIZE)
    shown = row_of(conversation, me)
    lines = lines_of(found, shown, me, now=timezone.now())
    return {"thread": shown, "lines": lines, "has_more": has_more, "is_older": True}


def _newest(conversation: Conversation, me: User) -> dict[str, Any]:
    """Drawn as it was before this look, then read up to the last of what is shown."""
    shown = row_of(conversation, me)
    found, has_more = page_of_messages(conversation, size=PAGE_SIZE)
    lines = lines_of(found, shown, me, now=timezone.now())
    if found:
        mark_read(conversation_id=conversation.pk, user=me, seq=found[-1].seq, now=timezone.now())
    return {"thread": shown, "lines": lines, "has_more": has_more, "is_older": False}


def _conversation(me: User, public_id: str) -> Conversation:
    try:
        return conversation_of(me, public_id)
    except Conversation.DoesNotExist:
        raise Http404("No such conversation.") from None


def _own_message(me: User, public_id: str) -> Message:
    try:
        message = messages_readable_by(me).get(public_id=public_id)
    except Message.DoesNotExist:
        raise Http404("No such message.") from None
    if message.sender_id != me.pk:
        raise Http404("Not yours.")
    return message


def _place(message: Message) -> str:
    return f"{reverse('chat:thread', args=[message.conversation.public_id])}#message-{message.public_id}"
