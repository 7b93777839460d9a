"""Who asks, for callers that are our own pages: the session cookie, with CSRF."""

from rest_framework import authentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request


class PageSessionAuthentication(authentication.SessionAuthentication):
    """Says how to sign in, so that a missing sign-in is a 401 and only a refused one a 403."""

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise PermissionDenied("The CSRF token is missing or wrong. Reload the page.", "csrf_failed") from error
