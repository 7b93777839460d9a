"""Counts who looks at meals and posts."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fitfoodie.common.visits import is_person, shown_by
from influencers.services.views import count_view

_log = logging.getLogger(__name__)


class CountViewsMiddleware:
    """After the page is made: one statement, and none for machines, staff, owners and pages fetched ahead (ANA-7).

    A page is shown even when it cannot be counted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        row = shown_by(request)
        if row is not None and response.status_code == 200 and is_person(request):
            try:
                count_view(row=row, request=request, now=timezone.now())
            except DatabaseError:
                _log.exception("view_not_counted")
        return response
