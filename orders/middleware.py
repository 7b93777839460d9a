"""What every page of somebody signed in does for a click that travels in the address (AFF-5)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from orders.services.clicks import bind_click

Handler = Callable[[HttpRequest], HttpResponse]


class ClickBindingMiddleware:
    """`?via=` on a page, once its reader is signed in, binds the click to their account: no cookie is needed for it.

    Without `via` it costs nothing, not even a look at the session.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        via = request.GET.get("via", "") if request.method == "GET" else ""
        if via and len(via) <= 12 and via.isalnum() and request.user.is_authenticated:
            bind_click(public_id=via, person=request.user, now=timezone.now())
        return self.get_response(request)
