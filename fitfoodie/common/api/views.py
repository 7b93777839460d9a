"""The bases of every API view."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from rest_framework.exceptions import NotAcceptable
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.exceptions import ProblemError
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.problems import FieldError, Problem
from fitfoodie.common.api.rendering import JsonAnswer, OrjsonRenderer
from fitfoodie.common.api.throttling import BY_VERB
from fitfoodie.common.api.versioning import HEADER as VERSION_HEADER

_PLAIN_ACCEPTS = frozenset({None, "", "*/*", "application/json"})
PAGING_NAMES = frozenset({"cursor", "page_size"})


class ApiView(APIView):
    # A comment, not a docstring: what stands there is shown to the readers of the API reference.
    # Strict about addresses, says its limits and its version, answers every error as a problem. A view names its own
    # `permission_classes`, and `query_names` for the parameters it reads; others are refused.

    throttle_scope: ClassVar[str | Mapping[str, str]] = BY_VERB
    throttle_cost: ClassVar[int | Mapping[str, int]] = 1
    query_names: ClassVar[frozenset[str]] = frozenset()
    # Of writing verbs, which have a body for nearly everything: a DELETE may say why.
    write_query_names: ClassVar[frozenset[str]] = frozenset()
    metadata_class = None
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        """There is one representation: the header is only looked at when it may exclude it."""
        accept = request.META.get("HTTP_ACCEPT")
        if accept not in _PLAIN_ACCEPTS and not force and not _accepts_json(str(accept)):
            raise NotAcceptable("Only application/json is served here.")
        return OrjsonRenderer(), "application/json"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self._refuse_odd_address(request, kwargs)

    def _refuse_odd_address(self, request: Request, path_values: Mapping[str, Any]) -> None:
        if any("\x00" in str(value) for value in path_values.values()):
            raise Http404
        given = request.GET
        if not given:
            return
        known = self.query_names if request.method in ("GET", "HEAD") else self.write_query_names
        errors = [
            FieldError(f"?{name[:60]}", "unknown_parameter", f"“{name[:60]}” is not known here.")
            for name in given
            if name not in known
        ]
        if errors:
            raise ProblemError(Problem(400, "unknown_parameter", errors[0].detail, errors))
        if any("\x00" in value for values in given.lists() for value in values[1]):
            raise ProblemError(Problem(400, "bad_request", "A parameter holds a NUL character."))

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if version := getattr(request, "version", None):
            response[VERSION_HEADER] = version
        if verdict := getattr(getattr(request, "_request", None), "rate_limit_verdict", None):
            for name, value in verdict.headers().items():
                response[name] = value
        return response


def _accepts_json(accept: str) -> bool:
    for part in accept.split(","):
        kind, *params = (piece.strip().lower() for piece in part.split(";"))
        if kind in ("*/*", "application/*", "application/json") and "q=0" not in params:
            return True
    return False


class FastListView(ApiView):
    """A list that goes from `values()` to bytes: no instances, no serializer at run time (design 3).

    `rows` selects, `shape` turns one row into its JSON form. The declared serializer is for the reference only; the
    contract tests hold the answers against it.
    """

    ordering: ClassVar[Ordering]
    query_names = PAGING_NAMES

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        raise NotImplementedError

    def ordering_for(self, request: Request) -> Ordering:
        return self.ordering

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        raise NotImplementedError

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        page = keyset_page(request, self.rows(request), self.ordering_for(request), caller=self.caller(request))
        return conditional(request, JsonAnswer(page_body(page, self.shaped(request, page.results))))

    def caller(self, request: Request) -> Any:
        """Lists that differ by who asks bind their cursors to the person."""
        return None


class UnknownPathView(ApiView):
    """Whatever no route of the API knows: a problem, never an HTML page."""

    permission_classes = (AllowAny,)
    throttle_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        raise Http404
