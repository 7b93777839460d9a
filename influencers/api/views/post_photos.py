"""The pictures of a post."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.parsing import StrictJSONParser
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from influencers.api import shapes
from influencers.api.lookup import member, own_photo, visible_post
from influencers.api.serializers import PostPhotoChangeSerializer, PostPhotoOrderSerializer
from influencers.services import post_photos as services
from meals.api.serializers import PhotoSerializer, PhotosSerializer, PhotoUploadSerializer


class PostPhotoListView(ApiView):
    permission_classes = (IsAuthenticated,)
    parser_classes = (MultiPartParser, StrictJSONParser)
    throttle_scope = {"POST": "upload", "default": "write"}

    @extend_schema(
        operation_id="post_photos_add",
        summary="Add a photo to a post",
        description="It is shown once checked and re-encoded; `state` says how far it is.",
        request={"multipart/form-data": PhotoUploadSerializer},
        responses={201: PhotoSerializer},
    )
    @idempotent()
    def post(self, request: Request, handle: str, post_id: str) -> HttpResponse:
        post = visible_post(handle, post_id, request.user)
        given = PhotoUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        photo = services.add_post_photo(
            post_id=post.pk, actor=member(request), file=data["photo"], alt=data["alt"], now=timezone.now()
        )
        return JsonAnswer(shapes.photo(photo), status=201)

    @extend_schema(
        operation_id="post_photos_order",
        summary="Put the photos of a post in order",
        description="Names every photo of the post once.",
        request=PostPhotoOrderSerializer,
        responses=PhotosSerializer,
        examples=[OpenApiExample("One photo", value={"order": ["0123456789ab"]}, request_only=True)],
    )
    def patch(self, request: Request, handle: str, post_id: str) -> HttpResponse:
        post = visible_post(handle, post_id, request.user)
        given = PostPhotoOrderSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        order = given.validated_data["order"]
        photos = services.reorder_post_photos(post_id=post.pk, actor=member(request), public_ids=order)
        return JsonAnswer({"photos": [shapes.photo(photo) for photo in photos]})


class PostPhotoView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="post_photos_change",
        summary="Describe a photo of a post",
        request=PostPhotoChangeSerializer,
        responses=PhotoSerializer,
        examples=[OpenApiExample("Describe", value={"alt": "A pot of lentils"}, request_only=True)],
    )
    def patch(self, request: Request, handle: str, post_id: str, photo_id: str) -> HttpResponse:
        photo = own_photo(request, visible_post(handle, post_id, request.user), photo_id)
        given = PostPhotoChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        changed = services.describe_post_photo(photo_id=photo.pk, actor=member(request), **given.validated_data)
        return JsonAnswer(shapes.photo(changed))

    @extend_schema(operation_id="post_photos_remove", summary="Remove a photo of a post", responses={204: None})
    def delete(self, request: Request, handle: str, post_id: str, photo_id: str) -> HttpResponse:
        photo = own_photo(request, visible_post(handle, post_id, request.user), photo_id)
        services.remove_post_photo(photo_id=photo.pk, actor=member(request), now=timezone.now())
        return HttpResponse(status=204)
