"""The pictures of a meal."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.parsing import StrictJSONParser
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from meals import services
from meals.api import shapes
from meals.api.lookup import meal_id, member
from meals.api.serializers import (
    PhotoChangeSerializer,
    PhotoOrderSerializer,
    PhotoSerializer,
    PhotosSerializer,
    PhotoUploadSerializer,
)
from meals.models import MealPhoto


class PhotoListView(ApiView):
    permission_classes = (IsAuthenticated,)
    parser_classes = (MultiPartParser, StrictJSONParser)
    throttle_scope = {"POST": "upload", "default": "write"}

    @extend_schema(
        operation_id="photos_add",
        summary="Add a photo",
        description="It is shown once checked and re-encoded; `state` says how far it is. The first one leads.",
        request={"multipart/form-data": PhotoUploadSerializer},
        responses={201: PhotoSerializer},
    )
    @idempotent()
    def post(self, request: Request, slug: str) -> HttpResponse:
        pk = meal_id(slug, request.user)
        given = PhotoUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        photo = services.add_photo(
            meal_id=pk, actor=member(request), file=data["photo"], alt=data["alt"], now=timezone.now()
        )
        return JsonAnswer(shapes.photo(photo), status=201)

    @extend_schema(
        operation_id="photos_order",
        summary="Put the photos in order",
        description="Names every photo of the meal once.",
        request=PhotoOrderSerializer,
        responses=PhotosSerializer,
        examples=[OpenApiExample("One photo", value={"order": ["0123456789ab"]}, request_only=True)],
    )
    def patch(self, request: Request, slug: str) -> HttpResponse:
        pk = meal_id(slug, request.user)
        given = PhotoOrderSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        photos = services.reorder_photos(meal_id=pk, actor=member(request), public_ids=given.validated_data["order"])
        return JsonAnswer({"photos": [shapes.photo(photo) for photo in photos]})

    @extend_schema(operation_id="photos_clear", summary="Remove all photos of a meal", responses={204: None})
    def delete(self, request: Request, slug: str) -> HttpResponse:
        pk = meal_id(slug, request.user)
        for photo_id in MealPhoto.objects.filter(meal_id=pk).values_list("pk", flat=True):
            services.remove_photo(photo_id=photo_id, actor=member(request), now=timezone.now())
        return HttpResponse(status=204)


class PhotoView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="photos_change",
        summary="Describe a photo, let it lead, crop it",
        request=PhotoChangeSerializer,
        responses=PhotoSerializer,
        examples=[OpenApiExample("Lead", value={"alt": "A bowl of soup", "is_cover": True}, request_only=True)],
    )
    def patch(self, request: Request, slug: str, photo_id: str) -> HttpResponse:
        photo = _photo(request, slug, photo_id)
        given = PhotoChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        _change(photo.pk, request, given.validated_data)
        photo.refresh_from_db()
        return JsonAnswer(shapes.photo(photo))

    @extend_schema(operation_id="photos_remove", summary="Remove a photo", responses={204: None})
    def delete(self, request: Request, slug: str, photo_id: str) -> HttpResponse:
        photo = _photo(request, slug, photo_id)
        services.remove_photo(photo_id=photo.pk, actor=member(request), now=timezone.now())
        return HttpResponse(status=204)


def _photo(request: Request, slug: str, public_id: str) -> MealPhoto:
    found = MealPhoto.objects.filter(meal_id=meal_id(slug, request.user), public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _change(pk: int, request: Request, changes: dict[str, Any]) -> None:
    actor = member(request)
    if "alt" in changes:
        services.describe_photo(photo_id=pk, actor=actor, alt=changes["alt"])
    if changes.get("is_cover"):
        services.set_cover(photo_id=pk, actor=actor)
    if "crop" in changes:
        crop = None if changes["crop"] is None else tuple(changes["crop"])
        services.crop_photo(photo_id=pk, actor=actor, crop=crop, now=timezone.now())
