"""Which chain's domain was asked."""

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from classes.selectors.brand import Brand, brand_of
from classes.tenancy import under_domain


class BrandMiddleware:
    """`request.brand` is the Brand of the domain, or false. Looked up when a page needs it: others cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.house = urlsplit(settings.SITE_URL).netloc

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host()

        @cache
        def brand() -> Brand | None:
            return None if host == self.house else brand_of(host)

        def chain_id() -> int | None:
            found = brand()
            return found.chain_id if found else None

        request.brand = SimpleLazyObject(brand)  # type: ignore[attr-defined]  # the one place that adds it
        with under_domain(chain_id):
            return self.get_response(request)
