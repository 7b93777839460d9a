"""Rating a class, writing to partners, and the hosts' side of both."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classes.enums import FeeState, RatingState
from classes.forms.attendance import FeeForm, PeerReviewForm, RatingForm, ReplyForm
from classes.models import Rsvp, SessionRating
from classes.selectors.partners import partners_in, written_in
from classes.selectors.ratings import own_rating
from classes.selectors.timetable import shown_instructors
from classes.services.fees import decide_fee
from classes.services.peer_reviews import write_peer_review
from classes.services.ratings import edit_rating, is_editable, rate_session, reply_to_rating
from classes.validators import why_held_back
from classes.views.history import class_or_404
from classes.views.host_frame import host_frame, host_of, manager_of
from fitfoodie.common.errors import DomainError
from meals.views.requests import MemberRequest

_LISTED = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: MemberRequest, public_id: str) -> HttpResponse:
    """New or changed; what waits says why."""
    session = class_or_404(public_id)
    mine = own_rating(request.user, session.pk)
    form = RatingForm(
        request.POST if request.method == "POST" else None,
        initial={"stars": mine.stars, "text": mine.text} if mine else None,
    )
    if request.method == "POST" and form.is_valid():
        write = edit_rating if mine else rate_session
        try:
            rating = write(author=request.user, session_id=session.pk, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            _thank(request, rating)
            return redirect("classes:history")
    context = {
        "session": session,
        "teacher": shown_instructors([session], request.user).get(session.instructor_id or 0),
        "form": form,
        "mine": mine,
        "is_editable": mine is None or is_editable(mine, timezone.now()),
        "why": why_held_back(mine.state_reason) if mine else "",
    }
    return render(request, "classes/rate.html", context, status=422 if form.errors else 200)


def _thank(request: MemberRequest, rating: SessionRating) -> None:
    if rating.state == RatingState.VISIBLE:
        messages.success(request, _("Thank you. Your rating is on the page of the class."))
        return
    why = why_held_back(rating.state_reason)
    messages.info(request, _("Thank you. Somebody looks at it before others see it: %(why)s") % {"why": why})


@require_safe
@login_required
def partners(request: MemberRequest, public_id: str) -> HttpResponse:
    session = class_or_404(public_id)
    return render(request, "classes/partners.html", {"session": session, "rows": _rows(request, session)})


@require_POST
@login_required
def partner_write(request: MemberRequest, public_id: str, handle: str) -> HttpResponse:
    session = class_or_404(public_id)
    subject = next((each for each in partners_in(session.pk, request.user) if each.handle == handle), None)
    if subject is None:
        raise Http404
    form = PeerReviewForm(request.POST, prefix=handle)
    if form.is_valid():
        try:
            review = write_peer_review(
                author=request.user,
                session_id=session.pk,
                subject_id=subject.pk,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            both = _("You can both read it now: see your history.")
            kept = _("Kept. You both read it once %(name)s has written too.") % {"name": subject.name}
            messages.success(request, both if review.shown_at else kept)
            return redirect("classes:partners", public_id=public_id)
    context = {"session": session, "rows": _rows(request, session, {subject.pk: form})}
    return render(request, "classes/partners.html", context, status=422)


def _rows(request: MemberRequest, session: Any, forms: dict[int, PeerReviewForm] | None = None) -> list[dict[str, Any]]:
    written = written_in(session.pk, request.user)
    rows = []
    for person in partners_in(session.pk, request.user):
        mine = written.get(person.pk)
        initial = {"tags": sorted(mine.tags), "text": mine.text} if mine else None
        form = (forms or {}).get(person.pk) or PeerReviewForm(prefix=person.handle, initial=initial)
        rows.append({"person": person, "mine": mine, "form": form})
    return rows


@require_safe
@login_required
def host_ratings(request: MemberRequest, chain: str) -> HttpResponse:
    """What people say, for those who run it: to answer, not to remove (N41)."""
    found = host_of(request, chain)
    rows = SessionRating.objects.in_chain(found.chain).filter(state=RatingState.VISIBLE)
    rows = rows.select_related("author__profile__photo", "session", "replied_by").order_by("-rated_at", "-id")
    context = {**host_frame(request, found), "ratings": rows[:_LISTED], "may_answer": found.may_manage}
    return render(request, "classes/host_ratings.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def host_reply(request: MemberRequest, chain: str, rating_id: str) -> HttpResponse:
    found = host_of(request, chain)
    rating = SessionRating.objects.in_chain(found.chain).select_related("session").filter(public_id=rating_id).first()
    if rating is None:
        raise Http404
    form = ReplyForm(request.POST if request.method == "POST" else None, initial={"text": rating.reply})
    if request.method == "POST" and form.is_valid():
        try:
            reply_to_rating(actor=request.user, rating_id=rating.pk, text=form.cleaned_data["text"], now=timezone.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Your answer is on the page."))
            return redirect("classes:host-ratings", chain=chain)
    context = {**host_frame(request, found), "rating": rating, "form": form}
    return render(request, "classes/host_reply.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def host_fees(request: MemberRequest, chain: str) -> HttpResponse:
    """Disputes first, then what will be charged by itself."""
    found = manager_of(request, chain)
    rows = Rsvp.objects.in_chain(found.chain).filter(fee_state__in=[FeeState.DISPUTED, FeeState.PENDING])
    rows = rows.select_related("user__profile__photo", "session").order_by("fee_state", "fee_charges_at", "id")
    return render(request, "classes/host_fees.html", {**host_frame(request, found), "rows": rows[:_LISTED]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def host_fee(request: MemberRequest, chain: str, rsvp_id: str) -> HttpResponse:
    found = manager_of(request, chain)
    rsvp = Rsvp.objects.in_chain(found.chain).select_related("user", "session").filter(public_id=rsvp_id).first()
    if rsvp is None:
        raise Http404
    form = FeeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        decision = form.cleaned_data["decision"]
        try:
            decide_fee(
                rsvp_id=rsvp.pk,
                actor=request.user,
                is_charged=decision == "charge",
                was_there=decision == "was_there",
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Decided. The person is told."))
            return redirect("classes:host-fees", chain=chain)
    context = {**host_frame(request, found), "rsvp": rsvp, "form": form}
    return render(request, "classes/host_fee.html", context, status=422 if form.errors else 200)
