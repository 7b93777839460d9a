"""The pages of saved searches."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fitfoodie.common.errors import DomainError
from fitfoodie.search import saved, saved_kinds
from fitfoodie.search.models import SavedSearch


@require_safe
@login_required
def saved_searches(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    mine = SavedSearch.objects.select_related("owner").filter(owner_id=request.user.pk).order_by("-created_at", "-pk")
    rows = [_row(search, now) for search in mine]
    return render(request, "search/saved_searches.html", {"rows": rows, "limit": settings.SAVED_SEARCHES_MAX})


def _row(search: SavedSearch, now: Any) -> dict[str, Any]:
    kind = saved_kinds.get(search.kind)
    hits = saved.new_hits(search, since=search.last_looked_at, now=now)
    return {"search": search, "label": kind.label if kind else search.kind, "new": hits.count}


@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """The button of a result page: it sends its kind and the part of its address after the question mark."""
    kind, query = request.POST.get("kind", ""), QueryDict(request.POST.get("query", "")[:2000])
    try:
        search = saved.save_search(
            owner=request.user, kind=kind, query=query, now=timezone.now(), name=request.POST.get("name", "")
        )
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("search:saved")
    messages.success(request, _("Saved as “%(name)s”.") % {"name": search.name})
    return redirect("search:saved")


@require_POST
@login_required
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    search, wants_alerts = own_search(request.user, public_id), "wants_alerts" in request.POST
    try:
        name = request.POST.get("name", "")
        saved.edit_search(search_id=search.pk, name=name, wants_alerts=wants_alerts, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Changed."))
    return redirect("search:saved")


@require_POST
@login_required
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    search = own_search(request.user, public_id)
    saved.delete_search(search_id=search.pk)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": search.name})
    return redirect("search:saved")


@require_safe
@login_required
def look(request: HttpRequest, public_id: str) -> HttpResponse:
    address = saved.look_at(search=own_search(request.user, public_id), now=timezone.now())
    return redirect(address or "search:saved")


def own_search(user: Any, public_id: str) -> SavedSearch:
    """Raises Http404 for those of others (SEC-9)."""
    found = SavedSearch.objects.filter(owner_id=user.pk, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


# Exempt: a mail program posts here for somebody who is signed in nowhere; the token alone says whose alerts it is.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_alerts(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows and POST acts: scanners of mail fetch every link (NTF-8)."""
    owner_id = saved.owner_of_token(token)
    if owner_id is None:
        raise Http404
    if request.method == "POST":
        saved.stop_alerts(owner_id=owner_id)
    return render(request, "search/stop_alerts.html", {"is_done": request.method == "POST"})
