"""The buttons between two people: one address, one verb a press. With htmx only the buttons come back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.profile_actions import ProfileAction
from accounts.selectors import find_person
from accounts.views.signed_in import person_of
from fitfoodie.common.errors import DomainError
from social.models import Block, Connection, Follow
from social.policy import is_open_to
from social.selectors.people import connected_ids, person_to_drop, relation, totals_of
from social.services import block, connection, follow

# Takes who acts and the id of the other person.
Verb = Callable[[User, int], object]
VERBS: dict[str, Verb] = {
    "follow": lambda me, pk: follow.follow_person(follower=me, person_id=pk, now=timezone.now()),
    "unfollow": lambda me, pk: follow.unfollow_person(follower=me, person_id=pk),
    "let-in": lambda me, pk: follow.accept_follow(person=me, follower_id=pk, now=timezone.now()),
    "keep-out": lambda me, pk: follow.decline_follow(person=me, follower_id=pk),
    "remove-follower": lambda me, pk: follow.remove_follower(person=me, follower_id=pk),
    "befriend": lambda me, pk: connection.request_connection(asker=me, person_id=pk, now=timezone.now()),
    "part": lambda me, pk: connection.leave_connection(person=me, other_id=pk),
}
TEMPLATES = {"row": "social/_row_buttons.html", "profile": "social/_profile_relation.html"}


@require_POST
@login_required
def relate(request: HttpRequest, handle: str) -> HttpResponse:
    """`do` names the verb, `as` the buttons that come back. Raises Http404 for whoever is not there."""
    me = person_of(request)
    verb = VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404
    person = person_to_drop(handle, viewer=me, tied=_tied(me))
    refusal = ""
    try:
        verb(me, person.pk)
    except DomainError as error:
        refusal = error.message
    except (Follow.DoesNotExist, Connection.DoesNotExist, User.DoesNotExist):
        refusal = str(_("That request is not there any more."))
    return _answer(request, person, refusal)


@require_POST
@login_required
def block_view(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, viewer=request.user)
    try:
        block.block_person(blocker=person_of(request), person_id=person.pk, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(person)
    said: Promise = _("You have blocked %(name)s. Neither of you sees the other now; here you can undo it.")
    messages.success(request, str(said) % {"name": person.name})
    return redirect("social:blocked")


@require_POST
@login_required
def unblock_view(request: HttpRequest, handle: str) -> HttpResponse:
    me = person_of(request)
    person = person_to_drop(handle, viewer=me, tied=Block.objects.filter(blocker=me).values("blocked_id"))
    if block.unblock_person(blocker=me, person_id=person.pk):
        said: Promise = _("%(name)s is no longer blocked. You do not follow each other: that does not come back.")
        messages.success(request, str(said) % {"name": person.name})
    return redirect("social:blocked")


def actions_of(person: User, viewer: User | AnonymousUser) -> dict[str, Any]:
    """Totals for everybody, buttons for everybody but the person."""
    is_self = viewer.pk == person.pk
    return {
        "handle": person.handle,
        "name": person.name,
        "totals": totals_of(person),
        "relation": relation(viewer, person),
        "is_self": is_self,
        "is_visitor": viewer.pk is None,
        "is_open": is_open_to(person, viewer),
    }


ACTION = ProfileAction("social", "social/_profile_relation.html", actions_of, position=10)


def _tied(me: User) -> Any:
    """Those whom one may still let go though they are away."""
    follows = Follow.objects.filter(follower=me).values_list("followee_id", flat=True)
    return follows.union(connected_ids(me))


def _answer(request: HttpRequest, person: User, refusal: str) -> HttpResponse:
    if not getattr(request, "htmx", False):
        if refusal:
            messages.error(request, refusal)
        return redirect(_back(request, person))
    template = TEMPLATES.get(request.POST.get("as", ""), TEMPLATES["profile"])
    action = actions_of(person, person_of(request)) | {"refusal": refusal}
    return render(request, template, {"action": action})


def _back(request: HttpRequest, person: User) -> str:
    """The page the form stood on, when it is one of ours."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else person.get_absolute_url()
