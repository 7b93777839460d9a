"""The reference in the browser and the catalogue of problems."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from fitfoodie.common.api.problems import ProblemType, problem_type, problem_types
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView


class SwaggerPage(SpectacularSwaggerSplitView):
    template_name = "common/api_swagger.html"
    versioning_class = None
    throttle_classes = ()


class RedocPage(SpectacularRedocView):
    template_name = "common/api_redoc.html"
    versioning_class = None
    throttle_classes = ()


def _described(kind: ProblemType) -> dict[str, Any]:
    return {"code": kind.code, "status": kind.status, "title": kind.title, "remedy": kind.remedy}


class ProblemCatalogueView(ApiView):
    """Where the `type` of a problem leads: what it means and what to do."""

    permission_classes = (AllowAny,)
    schema = None

    def get(self, request: Request, code: str | None = None) -> HttpResponse:
        if code is None:
            return JsonAnswer(
                {"results": [_described(kind) for kind in problem_types()], "next": None, "previous": None}
            )
        kind = problem_type(code)
        if kind is None:
            raise Http404
        return JsonAnswer(_described(kind))
