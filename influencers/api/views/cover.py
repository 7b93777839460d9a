"""The cover of one's own creator page."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.parsing import StrictJSONParser
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from influencers.api import creator_shapes as shapes
from influencers.api.creator_serializers import CoverSerializer
from influencers.api.lookup import member
from influencers.api.serializers import PostPhotoChangeSerializer
from influencers.services.cover import describe_cover, remove_cover, set_cover
from meals.api.serializers import PhotoUploadSerializer


class MyCoverView(ApiView):
    permission_classes = (IsAuthenticated,)
    parser_classes = (MultiPartParser, StrictJSONParser)
    throttle_scope = {"PUT": "upload", "default": "write"}

    @extend_schema(
        operation_id="influencers_me_cover_set",
        summary="Set the cover of my page",
        description="It is shown once checked and re-encoded; `state` says how far it is. The old one stays till then.",
        request={"multipart/form-data": PhotoUploadSerializer},
        responses=CoverSerializer,
    )
    def put(self, request: Request) -> HttpResponse:
        given = PhotoUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        photo = set_cover(user=member(request), file=data["photo"], alt=data["alt"], now=timezone.now())
        return JsonAnswer(shapes.cover(photo))

    @extend_schema(
        operation_id="influencers_me_cover_describe",
        summary="Describe the cover of my page",
        request=PostPhotoChangeSerializer,
        responses=CoverSerializer,
        examples=[OpenApiExample("Describe", value={"alt": "A long table under trees"}, request_only=True)],
    )
    def patch(self, request: Request) -> HttpResponse:
        given = PostPhotoChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return JsonAnswer(shapes.cover(describe_cover(user=member(request), **given.validated_data)))

    @extend_schema(
        operation_id="influencers_me_cover_remove", summary="Remove the cover of my page", responses={204: None}
    )
    def delete(self, request: Request) -> HttpResponse:
        person = member(request)
        remove_cover(user=person, actor=person, now=timezone.now())
        return HttpResponse(status=204)
