"""The reference in the browser and the catalogue of problems."""

from functools import cache
from pathlib import Path
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
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


# Redoc writes its styles while it runs and knows no nonce; nothing that people typed is ever shown on this page.
@method_decorator(csp_replace({"style-src": [SELF, UNSAFE_INLINE], "worker-src": [SELF, "blob:"]}), name="dispatch")
class RedocPage(SpectacularRedocView):
    template_name = "common/api_redoc.html"

    @staticmethod
    def _redoc_standalone() -> str:
        return reverse("api-redoc-script")

    versioning_class = None
    throttle_classes = ()


@cache
def _redoc_script() -> bytes:
    """The packaged script, without the picture it would load from its maker's host."""
    found = finders.find("drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js")
    return Path(str(found)).read_bytes().replace(b"https://cdn.redoc.ly/redoc/logo-mini.svg", b"data:,")


class RedocScriptView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        headers = {"Cache-Control": "public, max-age=86400"}
        return HttpResponse(_redoc_script(), content_type="text/javascript; charset=utf-8", headers=headers)


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
