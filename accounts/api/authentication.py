from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.auth.tokens import user_of_access_token
from accounts.models import User


class AccessTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access token>`. One query; signing out, being disabled and a new password all show on
    the very next request (SEC-4)."""

    keyword = b"bearer"

    def authenticate(self, request: Request) -> tuple[User, dict[str, Any]] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != self.keyword:
            return None
        found = user_of_access_token(parts[1].decode("latin-1")) if len(parts) == 2 else None
        if found is None:
            raise AuthenticationFailed(_("This access token is not valid (any more)."))
        return found

    def authenticate_header(self, request: Request) -> str:
        """Makes an anonymous answer a 401 with the scheme to use."""
        return 'Bearer realm="api"'


class AccessTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the base has no types
    target_class = AccessTokenAuthentication
    name = "accessToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
