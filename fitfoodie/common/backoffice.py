"""What every page of the back office shares."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.paginator import InfinitePaginator

from fitfoodie.common.errors import DomainError

Handler = Callable[[HttpRequest], HttpResponse]


class BackOfficePolicyMiddleware:
    """The scripts of the back office need a looser content security policy; no other page gets it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or match.app_name != "admin":
            return response
        csp_update(settings.ADMIN_CONTENT_SECURITY_POLICY)(lambda _: response)(request)
        return response


class ReadOnlyAdmin(ModelAdmin):
    """Rows that only services write: staff look at them, and change things by actions that say why (ANA-10)."""

    show_full_result_count = False
    list_per_page = 50
    compressed_fields = True

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class BigTableAdmin(ReadOnlyAdmin):
    """Of a table that grows by every click: nothing counts it, and the pager knows no last page."""

    paginator = InfinitePaginator
    # It would say "Select all 9999999999": what is acted on is what was ticked on the page.
    actions_selection_counter = False


def carried_out(request: HttpRequest, write: Callable[[], Any], *, done: str) -> bool:
    """Call a service for a page of the back office and say how it went, in its own words when it refused."""
    try:
        write()
    except DomainError as error:
        messages.error(request, error.message)
        return False
    messages.success(request, done)
    return True
