"""Going together, and handing one's seat to a friend."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from classes.enums import Answer, HandOnState, OutingState
from classes.models import Outing
from classes.selectors.my_classes import asked_of
from classes.selectors.outings import outings_of, visible_members
from classes.services import hand_on, outings
from classes.services.companions import company_of, friends_of
from classes.services.seat_panel import panel_of
from classes.views.seats import open_session
from fitfoodie.common.errors import DomainError
from fitfoodie.common.views import sent
from meals.views.requests import MemberRequest
from social.views.panels import person

MAX_CHOICES = 200


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def together(request: MemberRequest, public_id: str) -> HttpResponse:
    """Choose friends or matches for one class; nothing is reserved until all have said yes. `?with=` ticks somebody."""
    session = open_session(public_id)
    refusal = ""
    if request.method == "POST":
        try:
            outing = outings.propose_outing(
                proposer=request.user,
                session_id=session.pk,
                user_ids=_chosen(request, company_of(request.user)),
                note=sent(request, "note")[:300],
                now=timezone.now(),
            )
            return redirect("classes:outing", outing.public_id)
        except DomainError as error:
            refusal = error.message
        except User.DoesNotExist:
            refusal = _("One of them cannot be asked any more. Choose again.")
    context = {
        "session": session,
        "friends": _choices(request, company_of(request.user)),
        "refusal": refusal,
        "note": sent(request, "note"),
    }
    return render(request, "classes/together.html", context, status=409 if refusal else 200)


@require_safe
@login_required
def outing(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _outing(request, public_id)
    visible = visible_members([found], request.user)
    members = [_member(row, visible) for row in found.members.all()]
    own = next(row.answer for row in found.members.all() if row.user_id == request.user.pk)
    is_open = found.state == OutingState.PROPOSED and found.expires_at > timezone.now()
    context = {
        "outing": found,
        "session": found.session,
        "members": members,
        "note": found.note if found.proposer_id in visible else "",
        "is_open": is_open,
        "may_answer": is_open and own == Answer.OPEN,
        "is_mine": found.proposer_id == request.user.pk,
        "headline": _headline(found, is_open=is_open),
    }
    return render(request, "classes/outing.html", context)


@require_POST
@login_required
def outing_answer(request: MemberRequest, public_id: str) -> HttpResponse:
    found, is_yes = _outing(request, public_id), sent(request, "answer") == "yes"
    try:
        found = outings.answer_outing(user=request.user, outing_id=found.pk, is_yes=is_yes, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.info(request, _headline(found, is_open=found.state == OutingState.PROPOSED))
    return redirect("classes:outing", public_id)


@require_POST
@login_required
def outing_withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _outing(request, public_id)
    if found.proposer_id != request.user.pk:
        raise Http404
    outings.withdraw_outing(proposer=request.user, outing_id=found.pk, now=timezone.now())
    return redirect("classes:outing", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_seat_on(request: MemberRequest, public_id: str) -> HttpResponse:
    """Choose the friend who gets one's seat."""
    session = open_session(public_id)
    refusal = ""
    if request.method == "POST":
        try:
            friend_id = next(iter(_chosen(request, friends_of(request.user))), 0)
            hand_on.hand_on(giver=request.user, session_id=session.pk, friend_id=friend_id, now=timezone.now())
            messages.success(request, _("Your friend was asked. The seat stays yours until they say yes."))
            return redirect(session)
        except DomainError as error:
            refusal = error.message
        except User.DoesNotExist:
            refusal = _("Choose one of your friends.")
    context = {
        "session": session,
        "friends": _choices(request, friends_of(request.user)),
        "refusal": refusal,
        "panel": panel_of(session, request.user, now=timezone.now()),
    }
    return render(request, "classes/hand_on.html", context, status=409 if refusal else 200)


@require_POST
@login_required
def hand_on_withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    session = open_session(public_id)
    hand_on.withdraw_hand_on(giver=request.user, session_id=session.pk, now=timezone.now())
    messages.success(request, _("You keep your seat."))
    return redirect(session)


@require_POST
@login_required
def hand_on_answer(request: MemberRequest, public_id: str) -> HttpResponse:
    asked = asked_of(request.user).filter(public_id=public_id).first()
    if asked is None:
        raise Http404
    is_yes = sent(request, "answer") == "yes"
    try:
        asked = hand_on.answer_hand_on(friend=request.user, hand_on_id=asked.pk, is_yes=is_yes, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        is_taken = asked.state == HandOnState.TAKEN
        messages.success(request, _("The seat is yours. See you there!") if is_taken else _("We told your friend."))
    return redirect("classes:mine")


def _chosen(request: MemberRequest, among: QuerySet[User]) -> list[int]:
    """Ids of those whose handles were ticked; of others nothing is said."""
    handles = [handle.replace("\x00", "").lower() for handle in request.POST.getlist("people")]
    return list(among.filter(handle__in=handles).values_list("pk", flat=True))


def _choices(request: MemberRequest, among: QuerySet[User]) -> list[dict[str, Any]]:
    """Who is ticked comes first: they are never beyond the end of the list."""
    ticked = {*request.POST.getlist("people"), request.GET.get("with", "")}
    is_ticked = Case(When(handle__in=ticked, then=0), default=1)
    rows = among.select_related("profile__photo").order_by(is_ticked, "name", "id")[:MAX_CHOICES]
    return [person(one) | {"is_ticked": one.handle in ticked} for one in rows]


def _outing(request: MemberRequest, public_id: str) -> Outing:
    found = outings_of(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _member(row: Any, visible: set[int]) -> dict[str, Any]:
    """Who is hidden from the viewer is one more, without a name (CLS-17)."""
    is_there = row.user_id in visible
    shown = person(row.user) if is_there else {"name": _("Somebody"), "handle": "", "url": "", "avatar": ""}
    return {"person": shown, "answer": row.get_answer_display(), "is_yes": row.answer == Answer.YES}


def _headline(found: Outing, *, is_open: bool) -> str:
    if found.state == OutingState.PROPOSED and not is_open:
        return _("Not all answered in time. Nobody was booked.")
    return {
        OutingState.PROPOSED: _("When everybody has said yes, all of you are booked at once."),
        OutingState.BOOKED: _("You are all in. See you there!"),
        OutingState.DECLINED: _("Somebody cannot come. Nobody was booked."),
        OutingState.WITHDRAWN: _("It was taken back. Nobody was booked."),
        OutingState.EXPIRED: _("Not all answered in time. Nobody was booked."),
        OutingState.FAILED: _("There were not enough seats for all of you. Nobody was booked."),
    }[OutingState(found.state)]
