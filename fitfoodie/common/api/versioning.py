"""Dated minor versions inside `/api/v1/`, by header; the answer always names the one it was given in (API-1, API-2)."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.versioning import BaseVersioning

from fitfoodie.common.api.exceptions import ProblemError
from fitfoodie.common.api.problems import Problem

HEADER = "FitFoodie-Version"


class DatedVersioning(BaseVersioning):
    def determine_version(self, request: Request, *_: Any, **__: Any) -> str:
        """The oldest supported version when the header is missing. Raises 400 that lists the supported ones."""
        supported: list[str] = settings.API_VERSIONS
        asked = request.META.get("HTTP_FITFOODIE_VERSION")
        if asked is None:
            return supported[0]
        if asked in supported:
            return str(asked)
        detail = f"Version “{asked[:40]}” is unknown. Supported: {', '.join(supported)}."
        raise ProblemError(Problem(400, "unsupported_version", detail, extra={"supported": supported}))
