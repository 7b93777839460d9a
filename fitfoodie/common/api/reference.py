"""Small words for describing endpoints: pages of things, parameters of lists."""

from functools import cache
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from fitfoodie.common.api.pagination import MAX_PAGE, MAX_PAGE_SIZE, PAGE_SIZE


@cache
def page_of(item: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """The form of a list of `item`: results and the addresses of the neighbouring pages."""
    return inline_serializer(
        f"{item.__name__.removesuffix('Serializer')}Page",
        {
            "results": item(many=True),
            "next": serializers.URLField(allow_null=True, help_text="The following page; null at the end."),
            "previous": serializers.URLField(allow_null=True),
        },
    )


def query(name: str, description: str, kind: Any = OpenApiTypes.STR, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description, **more)


_SIZE = query(
    "page_size",
    f"At most {MAX_PAGE_SIZE}.",
    {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE},
)
CURSOR_PAGING = [
    query("cursor", "From `next` or `previous`; belongs to exactly these filters and this order."),
    _SIZE,
]
NUMBER_PAGING = [query("page", "From 1.", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}), _SIZE]
