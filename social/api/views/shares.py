"""Handing things on."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.rendering import JsonAnswer
from social.api import reaction_shapes as shapes
from social.api.views.subject import SubjectView, member
from social.services.share import make_share_link, revoke_share_links, share


class SharesView(SubjectView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        summary="Say that I shared it",
        description="Each person counts once, however often they share. What is not for everyone is not counted.",
        request=shapes.ShareInputSerializer,
        responses=shapes.ShareCountSerializer,
        examples=[OpenApiExample("By link", value={"channel": "link"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, **where: Any) -> HttpResponse:
        row = self.subject(request, where)
        given = shapes.ShareInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        share(row=row, user=member(request), now=timezone.now(), **given.validated_data)
        row.refresh_from_db(fields=["share_count"])
        return JsonAnswer({"shares": row.share_count})


class ShareLinksView(SubjectView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        summary="Make a link to what is not for everyone",
        description="Of one's own. Opens it read-only for whoever has the address, until it runs out.",
        request=shapes.ShareLinkInputSerializer,
        responses={201: shapes.ShareLinkSerializer},
        examples=[OpenApiExample("For three days", value={"days": 3}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, **where: Any) -> HttpResponse:
        row = self.subject(request, where)
        given = shapes.ShareLinkInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        link = make_share_link(row=row, creator=member(request), now=timezone.now(), **given.validated_data)
        return JsonAnswer(shapes.share_link(link), status=201)

    @extend_schema(summary="Take all links to it back", responses=shapes.RevokedSerializer)
    def delete(self, request: Request, **where: Any) -> HttpResponse:
        revoked = revoke_share_links(row=self.subject(request, where), creator=member(request), now=timezone.now())
        return JsonAnswer({"revoked": revoked})
