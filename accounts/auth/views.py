"""Pages about getting in that allauth does not have: the link on any device, and the list of devices."""

from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.auth.sessions import devices_of, find_session_key
from accounts.auth.verify_links import VerifyLink, read_verify_link
from accounts.models import User
from accounts.services.end_sessions import end_all_sessions, end_sessions
from accounts.services.verify_email import verify_address
from fitfoodie.common.errors import ConflictError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_link(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner that follows the link must not confirm it, so the page has a button."""
    link = read_verify_link(token)
    if link is None:
        return render(request, "account/verify_link.html", {"link": None}, status=410)
    if request.method == "POST" and not link.is_done:
        return _verify(request, link)
    return render(request, "account/verify_link.html", {"link": link})


def _verify(request: HttpRequest, link: VerifyLink) -> HttpResponse:
    try:
        verify_address(request=request, user=link.user, email=link.email)
    except ConflictError:
        return render(request, "account/verify_link.html", {"link": None}, status=410)
    return redirect("home" if request.user.is_authenticated else "account_login")


@login_required
@never_cache
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    devices = devices_of(_person(request), current_key=request.session.session_key)
    return render(request, "usersessions/usersession_list.html", {"devices": devices})


@login_required
@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    key = find_session_key(user, request.POST.get("device", ""))
    if key is None:
        raise Http404
    end_sessions(user=user, session_keys=[key], reason="signed_out", actor=user)
    if key == request.session.session_key:
        logout(request)
        return redirect("home")
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")


@login_required
@require_POST
def session_end_others(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    end_all_sessions(user=user, reason="signed_out_everywhere", actor=user, keep=request.session.session_key)
    messages.success(request, _("All other devices are signed out."))
    return redirect("usersessions_list")


def _person(request: HttpRequest) -> User:
    """Behind `login_required`, so it is a person."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user
