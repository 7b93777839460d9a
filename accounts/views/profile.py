import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import cities, people_policy
from accounts.enums import Role
from accounts.profile_actions import actions_for
from accounts.profile_sections import sections_for
from accounts.selectors import ProfileView, find_person, profile_view
from accounts.views.signed_in import person_of

# Through whose eyes the owner may look at their own page: (is_member, is_owner).
EYES = {"me": (True, True), "member": (True, False), "stranger": (False, False)}


@require_safe
def profile_detail(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, viewer=request.user)
    if person.handle != handle:
        return redirect("accounts:profile", handle=person.handle, permanent=True)
    is_owner = request.user.pk == person.pk
    eyes = _eyes(request, is_owner=is_owner)
    is_member, as_owner = EYES[eyes]
    is_let_in = not is_owner and people_policy.is_let_in(person, request.user)
    seen = profile_view(person, is_member=is_member, is_owner=as_owner, is_let_in=is_let_in)
    # Through the eyes of others the owner is nobody: what follows from being oneself must not show.
    viewer = AnonymousUser() if is_owner and eyes != "me" else request.user
    is_listed = person.preferences.is_listed_in_search_engines and not seen.is_private
    response = render(
        request,
        "accounts/profile_detail.html",
        {
            "person": seen,
            "is_owner": is_owner,
            "is_creator": is_owner and person_of(request).has_role(Role.CREATOR),
            "eyes": eyes,
            "eye_tabs": _eye_tabs(request.path, eyes) if is_owner else [],
            "actions": actions_for(person, viewer),
            "sections": sections_for(person, viewer) if seen.is_open else [],
            "is_listed": is_listed,
            "json_ld": _json_ld(request, seen),
        },
    )
    if not is_listed:
        response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    return redirect("accounts:profile", handle=person_of(request).handle)


@login_required
@require_safe
def city_suggestions(request: HttpRequest) -> JsonResponse:
    """For the combobox of the profile form; the form works without it."""
    found = cities.suggest(request.GET.get("q", "")[:80])
    return JsonResponse({"suggestions": [{"label": city.label, "value": city.label} for city in found]})


def _eyes(request: HttpRequest, *, is_owner: bool) -> str:
    """Strangers and members look through their own eyes, whatever they ask for."""
    if not is_owner:
        return "member" if request.user.is_authenticated else "stranger"
    wanted = request.GET.get("as", "me")
    return wanted if wanted in EYES else "me"


def _eye_tabs(path: str, eyes: str) -> list[dict[str, Any]]:
    labels = {"me": _("All I wrote"), "member": _("Seen by members"), "stranger": _("Seen by everyone")}
    return [
        {"label": label, "url": path if key == "me" else f"{path}?as={key}", "current": key == eyes}
        for key, label in labels.items()
    ]


def _json_ld(request: HttpRequest, seen: ProfileView) -> SafeString:
    """schema.org/ProfilePage of what this viewer sees anyway."""
    person = {"@type": "Person", "name": seen.name, "alternateName": f"@{seen.handle}", "description": seen.bio}
    place = {"@type": "Place", "name": seen.place} if seen.place else None
    entity = {**person, "homeLocation": place, "sameAs": seen.links or None}
    page = {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": f"{settings.SITE_URL}{request.path}",
        "mainEntity": {key: value for key, value in entity.items() if value},
    }
    text = json.dumps(page, ensure_ascii=False)
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return mark_safe(text)  # noqa: S308  nothing left that could end the script element
