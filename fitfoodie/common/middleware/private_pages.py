from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header


class PrivatePagesMiddleware:
    """What depends on who is signed in is for their browser alone.

    `Vary: Cookie` says so to caches that heed it; many in front of a site do not. Stands outside the session, which is
    what adds the header. An answer that says itself how it may be kept is left as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response and has_vary_header(response, "Cookie"):
            response["Cache-Control"] = "private, no-cache"
        return response
