"""Requests as the middleware leaves them, for those who read types."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PageRequest(HttpRequest):
    htmx: HtmxDetails


class MemberRequest(PageRequest):
    """Behind `login_required`."""

    user: User
