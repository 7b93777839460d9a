from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse


class RequestIdMiddleware:
    """Puts the id of the request into its answer, and on the request for error pages.

    Stands right below the structlog middleware, which makes the id and binds it for logs and tasks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
        request.request_id = request_id  # type: ignore[attr-defined]  # the one place that adds it
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response
