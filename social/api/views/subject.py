"""What every endpoint below a likeable thing shares. `reaction_routes` makes them for one kind."""

from typing import Any, ClassVar, cast

from django.http import Http404
from rest_framework.request import Request

from accounts.models import User
from fitfoodie.common.api.views import ApiView
from social.subjects import subject_named


class SubjectView(ApiView):
    kind: ClassVar[str] = ""

    def subject(self, request: Request, where: dict[str, Any]) -> Any:
        """The row the address names. Raises Http404 for what the caller may not see (SEC-9)."""
        found = subject_named(self.kind).visible(request.user).filter(**where).first()
        if found is None:
            raise Http404
        return found


def member(request: Request) -> User:
    """The caller of a view that only lets people in who are signed in."""
    return cast("User", request.user)
