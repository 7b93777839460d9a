"""Going together, and handing one's seat to a friend."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from classes.api import seat_shapes as shapes
from classes.api.views.seats import member, open_session
from classes.selectors.my_classes import asked_of, seats_handed_to
from classes.selectors.outings import outings_of, visible_members
from classes.services import hand_on, outings
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import numbered_page, page_body
from fitfoodie.common.api.reference import NUMBER_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from social.policy import there_for


def _people(request: Request, handles: list[str]) -> list[int]:
    """Raises Http404 when one of them is not there for the caller."""
    names = {handle.lower().lstrip("@") for handle in handles}
    found = User.objects.filter(there_for(request.user), handle__in=names).values_list("pk", flat=True)
    if len(found) < len(names):
        raise Http404
    return list(found)


def _outing_id(request: Request, public_id: str) -> int:
    found = outings_of(request.user).filter(public_id=public_id).values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return int(found)


def _outing_answer(request: Request, pk: int, *, status: int = 200) -> HttpResponse:
    outing = outings_of(request.user).get(pk=pk)
    return JsonAnswer(shapes.outing(outing, request.user, visible_members([outing], request.user)), status=status)


class OutingsView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"page", "page_size"})

    @extend_schema(
        operation_id="outings_list",
        summary="My outings",
        description="Those you proposed and those you were asked to, the newest first.",
        parameters=NUMBER_PAGING,
        responses=page_of(shapes.OutingSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        page = numbered_page(request, outings_of(request.user))
        visible = visible_members(page.results, request.user)
        rows = [shapes.outing(outing, request.user, visible) for outing in page.results]
        return conditional(request, JsonAnswer(page_body(page, rows)))

    @extend_schema(
        operation_id="outings_propose",
        summary="Go together",
        description=(
            "Ask one to five friends or matches along. Nothing is reserved until all have said yes; then all get a "
            "seat, or nobody does. 404 when one of them is nobody you may ask."
        ),
        request=shapes.OutingInputSerializer,
        responses={201: shapes.OutingSerializer},
        examples=[
            OpenApiExample(
                "Two of us",
                value={"class_id": "x7Kq2mV9bT4n", "people": ["leo"], "note": "Coffee after?"},
                request_only=True,
            )
        ],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = shapes.OutingInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        outing = outings.propose_outing(
            proposer=member(request),
            session_id=open_session(values["class_id"]).pk,
            user_ids=_people(request, values["people"]),
            note=values["note"],
            now=timezone.now(),
        )
        return _outing_answer(request, outing.pk, status=201)


class OutingView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="outings_read", summary="An outing", responses=shapes.OutingSerializer)
    def get(self, request: Request, public_id: str) -> HttpResponse:
        return conditional(request, _outing_answer(request, _outing_id(request, public_id)))

    @extend_schema(
        operation_id="outings_withdraw",
        summary="Take one's outing back",
        description="404 for outings of others. What is over stays as it is.",
        responses={200: shapes.OutingSerializer},
    )
    def delete(self, request: Request, public_id: str) -> HttpResponse:
        pk = _outing_id(request, public_id)
        outings.withdraw_outing(proposer=member(request), outing_id=pk, now=timezone.now())
        return _outing_answer(request, pk)


class OutingAnswerView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="outings_answer",
        summary="Say yes or no",
        description=(
            "The last yes books all of you: `state` is then `booked`, or `failed` when there are not enough seats. "
            "`offer_expired` once it is over."
        ),
        request=shapes.AnswerInputSerializer,
        responses=shapes.OutingSerializer,
        examples=[OpenApiExample("Count me in", value={"answer": "yes"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, public_id: str) -> HttpResponse:
        pk = _outing_id(request, public_id)
        given = shapes.AnswerInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        is_yes = given.validated_data["answer"] == "yes"
        outings.answer_outing(user=member(request), outing_id=pk, is_yes=is_yes, now=timezone.now())
        return _outing_answer(request, pk)


class SeatHandOnView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="classes_seat_hand_on",
        summary="Hand my seat to a friend",
        description=(
            "It stays yours until they say yes; then it changes hands in one step. Only seats that cost nothing. "
            "Refusals: `no_seat`, `not_free`, `already_in`; 404 for who is no friend."
        ),
        request=shapes.FriendInputSerializer,
        responses={201: shapes.HandOnSerializer},
        examples=[OpenApiExample("To Leo", value={"handle": "leo"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, public_id: str) -> HttpResponse:
        given = shapes.FriendInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        friend_id = _people(request, [given.validated_data["handle"]])[0]
        session = open_session(public_id)
        asked = hand_on.hand_on(giver=member(request), session_id=session.pk, friend_id=friend_id, now=timezone.now())
        return JsonAnswer(shapes.hand_on(asked), status=201)

    @extend_schema(operation_id="classes_seat_keep", summary="Keep my seat after all", responses={204: None})
    def delete(self, request: Request, public_id: str) -> HttpResponse:
        hand_on.withdraw_hand_on(giver=member(request), session_id=open_session(public_id).pk, now=timezone.now())
        return HttpResponse(status=204)


class HandOnsView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"page", "page_size"})

    @extend_schema(
        operation_id="hand_ons_list",
        summary="Seats that friends would hand to me",
        parameters=NUMBER_PAGING,
        responses=page_of(shapes.HandOnSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        page = numbered_page(request, seats_handed_to(request.user, timezone.now()))
        return conditional(request, JsonAnswer(page_body(page, [shapes.hand_on(row) for row in page.results])))


class HandOnAnswerView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="hand_ons_answer",
        summary="Take a friend's seat, or do not",
        request=shapes.AnswerInputSerializer,
        responses=shapes.HandOnSerializer,
        examples=[OpenApiExample("Gladly", value={"answer": "yes"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, public_id: str) -> HttpResponse:
        own = asked_of(request.user).filter(public_id=public_id)
        pk = own.values_list("pk", flat=True).first()
        if pk is None:
            raise Http404
        given = shapes.AnswerInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        is_yes = given.validated_data["answer"] == "yes"
        hand_on.answer_hand_on(friend=member(request), hand_on_id=pk, is_yes=is_yes, now=timezone.now())
        return JsonAnswer(shapes.hand_on(own.select_related("rsvp__session", "rsvp__user", "friend").get()))
