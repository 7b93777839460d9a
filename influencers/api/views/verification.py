"""Asking for the badge by app."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from fitfoodie.common.errors import ConflictError
from influencers.api import creator_shapes as shapes
from influencers.api.creator_serializers import AppealTextSerializer, EvidenceSerializer, VerificationSerializer
from influencers.api.lookup import member
from influencers.selectors.verification import story_of
from influencers.services.appeals import appeal
from influencers.services.verification import apply_for_badge, withdraw_application

_EVIDENCE = {
    "legal_name": "Ada Lovelace",
    "statement": "I cook on television.",
    "website": "https://ada.example.org/",
    "socials": ["https://videos.example.org/@ada"],
}


class VerificationView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="influencers_verification_read",
        summary="How far my request for the badge is",
        description="404 for who never asked.",
        responses=VerificationSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        return _answer(request)

    @extend_schema(
        operation_id="influencers_verification_apply",
        summary="Ask for the badge",
        description="One live request a person: a second is a 409 `already_applied`.",
        request=EvidenceSerializer,
        responses={201: VerificationSerializer},
        examples=[OpenApiExample("Evidence", value=_EVIDENCE, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = EvidenceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        apply_for_badge(user=member(request), evidence=given.evidence(), now=timezone.now())
        return _answer(request, status=201)

    @extend_schema(
        operation_id="influencers_verification_withdraw",
        summary="Take my request back",
        responses=VerificationSerializer,
    )
    def delete(self, request: Request) -> HttpResponse:
        application = story_of(member(request)).application
        if application is None:
            raise Http404
        withdraw_application(application_id=application.pk, actor=member(request), now=timezone.now())
        return _answer(request)


class AppealView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="influencers_verification_appeal",
        summary="Appeal against the last decision",
        description="Once for each decision; another reviewer answers.",
        request=AppealTextSerializer,
        responses={201: VerificationSerializer},
        examples=[OpenApiExample("What was overlooked", value={"text": "My site links here."}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = AppealTextSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        decision = story_of(member(request)).appealable
        if decision is None:
            raise ConflictError("There is nothing to object to.", code="not_appealable")
        text = given.validated_data["text"]
        appeal(decision_id=decision.pk, actor=member(request), text=text, now=timezone.now())
        return _answer(request, status=201)


def _answer(request: Request, *, status: int = 200) -> HttpResponse:
    body = shapes.verification(story_of(member(request)))
    if body is None:
        raise Http404
    return JsonAnswer(body, status=status)
