"""The list of conversations, the badge of the tab, and the way into a conversation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.selectors import find_person
from accounts.views.signed_in import person_of
from chat.selectors.inbox import MOST_COUNTED, conversations_of, rows_of, unread_total
from chat.selectors.people import people_to_write_to, shown
from chat.services.conversations import open_conversation, set_receipts
from fitfoodie.common.errors import DomainError

PAGE_SIZE = 30
SUGGESTED = 12


@login_required
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """With htmx only the list, asked again while somebody looks."""
    me, number = person_of(request), _page_number(request)
    start = (number - 1) * PAGE_SIZE
    found = list(conversations_of(me).order_by("-last_message_at", "-pk")[start : start + PAGE_SIZE + 1])
    context = {
        "rows": rows_of(found[:PAGE_SIZE], me),
        "page": number,
        "next_page": number + 1 if len(found) > PAGE_SIZE else None,
    }
    if getattr(request, "htmx", False):
        return render(request, "chat/_rows.html", context)
    if number == 1:
        context["people"] = [shown(each, is_there=True) for each in people_to_write_to(me, limit=SUGGESTED)]
    return render(request, "chat/inbox.html", context)


@login_required
@never_cache
@require_safe
def badge(request: HttpRequest) -> HttpResponse:
    count = unread_total(person_of(request))
    context = {"count": count, "shown": f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or "")}
    return render(request, "chat/_badge.html", context)


@require_POST
@login_required
def write(request: HttpRequest, handle: str) -> HttpResponse:
    """To the conversation with somebody, which is opened by this. 404 for whoever is not there."""
    me = person_of(request)
    person = find_person(handle, viewer=me)
    try:
        conversation, _is_new = open_conversation(person=me, other_id=person.pk, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(person)
    return redirect("chat:thread", conversation.public_id)


@require_POST
@login_required
def receipts(request: HttpRequest) -> HttpResponse:
    from_form = request.POST.get("shows_receipts") == "on"
    set_receipts(person=person_of(request), shows_receipts=from_form)
    return redirect("accounts:settings-privacy")


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
