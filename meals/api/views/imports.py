"""Bringing a recipe in: one of three sources, always a draft."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.serializers import StrictSerializer
from fitfoodie.common.api.views import ApiView
from meals import services
from meals.api.lookup import member
from meals.api.serializers import MealSerializer
from meals.api.views.meals import meal_answer

_SOURCES = ("url", "html", "json_ld")


class ImportSerializer(StrictSerializer):
    """Exactly one of `url`, `html` and `json_ld`; `url` may go with `html` to say where the page is from."""

    url = serializers.URLField(
        max_length=1000, required=False, help_text="Fetched once; private addresses are refused."
    )
    html = serializers.CharField(max_length=900_000, required=False, help_text="The source of a page.")
    json_ld = serializers.JSONField(required=False, help_text="A schema.org Recipe, as an object or as text.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in _SOURCES if attrs.get(name)]
        if given not in (["url"], ["html"], ["json_ld"], ["url", "html"]):
            raise serializers.ValidationError(
                {"url": ["Give exactly one of url, html and json_ld."]}, code="one_source"
            )
        return attrs


class MealImportView(ApiView):
    permission_classes = (IsAuthenticated,)
    throttle_scope = "import"

    @extend_schema(
        operation_id="meals_import",
        summary="Bring a recipe in",
        description="A draft of the recipe found there. The same source again answers 200 with the meal it became.",
        request=ImportSerializer,
        responses={200: MealSerializer, 201: MealSerializer},
        examples=[
            OpenApiExample(
                "JSON-LD",
                value={"json_ld": {"@type": "Recipe", "name": "Bean stew", "recipeIngredient": ["400 g beans"]}},
                request_only=True,
            )
        ],
    )
    @idempotent(is_atomic=False)
    def post(self, request: Request) -> HttpResponse:
        given = ImportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        imported = _import(member(request), **given.validated_data)
        return meal_answer(imported.meal.pk, request, status=201 if imported.is_new else 200)


def _import(owner: Any, *, url: str = "", html: str = "", json_ld: Any = None) -> services.Imported:
    now = timezone.now()
    if json_ld:
        return services.import_from_json_ld(owner=owner, document=json_ld, now=now)
    if html:
        return services.import_from_html(owner=owner, page=html, url=url, now=now)
    return services.import_from_url(owner=owner, url=url, now=now)
