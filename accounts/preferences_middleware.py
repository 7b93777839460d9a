from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from accounts.models import Preferences

Handler = Callable[[HttpRequest], HttpResponse]


class PreferencesMiddleware:
    """The language and the time zone of whoever is signed in, from the first request after they chose it.

    Costs no query of its own: the session's user comes with the preferences. Requests without a session cookie are
    left as LocaleMiddleware found them.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        preferences = _preferences(request)
        if preferences is None:
            return self.get_response(request)
        translation.activate(preferences.language)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        with timezone.override(preferences.time_zone):
            response = self.get_response(request)
        response["Content-Language"] = preferences.language
        return response


def _preferences(request: HttpRequest) -> Preferences | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    return getattr(request.user, "preferences", None)
