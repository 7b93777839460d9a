from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from structlog.contextvars import get_contextvars

from fitfoodie.common.context_processors import THEMES
from fitfoodie.common.gallery import SUGGESTIONS, gallery_context

ONE_YEAR = 365 * 24 * 60 * 60


def sent(request: HttpRequest, name: str, default: str = "") -> str:
    """One field as a page sent it, without NUL, which PostgreSQL holds in no text: for lookups that no form cleans."""
    return str(request.POST.get(name, default)).replace("\x00", "")


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light or dark for this device; anything else means "as the device". Returns to where the person was."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    theme = request.POST.get("theme", "")
    if theme in THEMES or theme == "system":
        response.set_cookie("theme", theme, max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def legal(request: HttpRequest, page: str) -> HttpResponse:
    """The texts every public site needs; the operator's name comes from the settings."""
    context = {
        "operator_name": settings.OPERATOR_NAME,
        "operator_address": settings.OPERATOR_ADDRESS,
        "operator_email": settings.OPERATOR_EMAIL,
        "affiliate_window_days": settings.AFFILIATE_WINDOW_DAYS,
    }
    return render(request, f"legal/{page}.html", context)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a failure of ours: no context processors and no database, since either may be what failed."""
    reference = get_contextvars().get("request_id", "")
    return HttpResponseServerError(render_to_string("500.html", {"request_id": reference}))


def design(request: HttpRequest) -> HttpResponse:
    """The gallery of components, for those who build pages; not part of the product."""
    if not settings.SITE_GALLERY:
        raise Http404
    return render(request, "common/gallery.html", gallery_context())


def design_suggestions(request: HttpRequest) -> HttpResponse:
    """Something for the gallery's search box to find."""
    if not settings.SITE_GALLERY:
        raise Http404
    asked = request.GET.get("q", "").casefold()
    return JsonResponse({"suggestions": [name for name in SUGGESTIONS if asked in name.casefold()]})
