"""Theme and language as chosen in the footer: kept on the device, and in the account of whoever is signed in."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_device_language

from accounts.enums import Theme
from accounts.models import Preferences, User
from accounts.services.preferences import update_preferences
from fitfoodie.common.views import set_theme as set_device_theme


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    theme = request.POST.get("theme", "")
    if isinstance(request.user, User) and theme in Theme.values:
        update_preferences(user=request.user, changes={"theme": theme}, now=timezone.now())
    return set_device_theme(request)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    offered = dict(Preferences._meta.get_field("language").choices or ())
    if isinstance(request.user, User) and language in offered and check_for_language(language):
        update_preferences(user=request.user, changes={"language": language}, now=timezone.now())
    return set_device_language(request)
