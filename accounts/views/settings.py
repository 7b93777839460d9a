import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import settings_parts
from accounts.forms import (
    DeleteAccountForm,
    HandleForm,
    LanguageForm,
    PhotoForm,
    ProfileForm,
    SearchEnginesForm,
    ThemeForm,
    TimeZoneForm,
    UnitsForm,
    VisibilityForm,
    add_domain_error,
)
from accounts.models import ProfilePhoto, User
from accounts.roles import GRANTABLE_ROLES
from accounts.selectors import latest_export, photo_address, visibility_matrix
from accounts.services.data_export import KEPT_FOR
from accounts.services.deletion import GRACE_PERIOD
from accounts.services.handle import change_handle, next_change_at
from accounts.services.preferences import update_preferences
from accounts.services.profile import update_profile, update_visibility
from accounts.views.signed_in import person_of
from fitfoodie.common.errors import DomainError

Save = Callable[[User, Any], object]


@dataclass(frozen=True)
class Section:
    """One page of the settings area."""

    name: str
    title: str | Promise
    icon: str
    detail: str | Promise


SECTIONS = (
    Section("profile", gettext_lazy("Profile"), "me", gettext_lazy("Name, photo, about me, food and sports")),
    Section("account", gettext_lazy("Account"), "mail", gettext_lazy("Handle and e-mail addresses")),
    Section("security", gettext_lazy("Security"), "lock", gettext_lazy("Password, second factor, devices")),
    Section("privacy", gettext_lazy("Privacy"), "eye", gettext_lazy("Who sees what of my profile")),
    Section("appearance", gettext_lazy("Appearance"), "sun", gettext_lazy("Light or dark")),
    Section("language", gettext_lazy("Language"), "globe", gettext_lazy("Words on the site and in mails")),
    Section("units", gettext_lazy("Units"), "scale", gettext_lazy("Grams or ounces")),
    Section("time-zone", gettext_lazy("Time zone"), "clock", gettext_lazy("Where my day begins")),
    Section("connected", gettext_lazy("Connected apps"), "link", gettext_lazy("Other ways to sign in")),
    Section("data", gettext_lazy("My data"), "download", gettext_lazy("Download everything, or leave")),
)


@dataclass(frozen=True)
class SettingForm:
    """A form that is saved alone: how it is filled, which service saves it, where it is shown.

    `reloads`: what it changes is drawn on the whole page, so htmx must not swap only the form.
    """

    name: str
    section: str
    form: type[forms.Form]
    initial: Callable[[User], dict[str, Any]]
    save: Save
    reloads: bool = False


def _save_profile(user: User, form: ProfileForm) -> object:
    return update_profile(user=user, changes=form.changes(), now=timezone.now())


def _save_handle(user: User, form: forms.Form) -> object:
    return change_handle(user=user, handle=form.cleaned_data["handle"], now=timezone.now())


def _save_visibility(user: User, form: forms.Form) -> object:
    return update_visibility(user=user, changes=form.cleaned_data, now=timezone.now())


def _save_preferences(user: User, form: forms.Form) -> object:
    return update_preferences(user=user, changes=form.cleaned_data, now=timezone.now())


def _preference(name: str) -> Callable[[User], dict[str, Any]]:
    return lambda user: {name: getattr(user.preferences, name)}


LISTED = "is_listed_in_search_engines"
FORMS = {
    form.name: form
    for form in (
        SettingForm("profile", "profile", ProfileForm, ProfileForm.initial_of, _save_profile),
        SettingForm("handle", "account", HandleForm, lambda user: {"handle": user.handle}, _save_handle),
        SettingForm(
            "visibility", "privacy", VisibilityForm, lambda user: {**visibility_matrix(user.profile)}, _save_visibility
        ),
        SettingForm("search-engines", "privacy", SearchEnginesForm, _preference(LISTED), _save_preferences),
        SettingForm("theme", "appearance", ThemeForm, _preference("theme"), _save_preferences, reloads=True),
        SettingForm("language", "language", LanguageForm, _preference("language"), _save_preferences, reloads=True),
        SettingForm("units", "units", UnitsForm, _preference("units"), _save_preferences),
        SettingForm("time-zone", "time-zone", TimeZoneForm, _preference("time_zone"), _save_preferences),
    )
}


def _nothing(user: User) -> dict[str, Any]:
    return {}


def _account_extras(user: User) -> dict[str, Any]:
    roles = [role for role in GRANTABLE_ROLES if role in user.roles]
    return {"next_handle_change_at": next_change_at(user, now=timezone.now()), "roles": roles}


def _profile_extras(user: User) -> dict[str, Any]:
    return {
        "cities_url": reverse("accounts:city-suggestions"),
        "photo": photo_address(user.profile),
        "empty_photo_form": PhotoForm(),
        "newest_photo": ProfilePhoto.objects.filter(user=user).first(),
    }


def _data_extras(user: User) -> dict[str, Any]:
    return {
        "grace_days": GRACE_PERIOD.days,
        "empty_delete_form": DeleteAccountForm(),
        "kept_days": KEPT_FOR.days,
        "export": latest_export(user),
    }


EXTRAS: dict[str, Callable[[User], dict[str, Any]]] = {
    "account": _account_extras,
    "profile": _profile_extras,
    "data": _data_extras,
}


@login_required
@require_safe
def settings_index(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    owner = {
        "name": user.name,
        "handle": user.handle,
        "avatar": photo_address(user.profile),
        "verified": user.profile.is_verified,
    }
    return render(request, "accounts/settings_index.html", {"nav": nav(""), "owner": owner})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_section(request: HttpRequest, section: str) -> HttpResponse:
    """Shows the forms of a section; a POST names the one it saves in `form`."""
    user = person_of(request)
    posted = FORMS.get(request.POST.get("form", ""))
    if posted is not None and posted.section != section:
        posted = None
    bound = posted.form(request.POST) if posted else None
    if posted and bound and _saved(user, posted, bound):
        return _confirm(request, posted)
    return render_section(request, section, user, {posted.name: bound} if posted and bound else {})


def _saved(user: User, spec: SettingForm, form: forms.Form) -> bool:
    if not form.is_valid():
        return False
    try:
        spec.save(user, form)
    except (DomainError, ValidationError) as error:
        add_domain_error(form, error)
        return False
    return True


def _confirm(request: HttpRequest, spec: SettingForm) -> HttpResponse:
    """A toast either way: at once for htmx, on the next page without it."""
    address = reverse(f"accounts:settings-{spec.section}")
    htmx = getattr(request, "htmx", False)
    if htmx and not spec.reloads:
        user = User.objects.select_related("profile", "preferences").get(pk=person_of(request).pk)
        response = render_section(request, spec.section, user, {})
        response["HX-Trigger"] = json.dumps({"toast": {"text": _("Saved."), "level": "success"}})
        return response
    messages.success(request, _("Saved."))
    return redirect(address)


def render_section(request: HttpRequest, section: str, user: User, bound: dict[str, forms.Form]) -> HttpResponse:
    """All forms of the section: those in `bound` as they were sent, the others as stored."""
    current = next(each for each in SECTIONS if each.name == section)
    specs = [spec for spec in FORMS.values() if spec.section == section]
    stored = {spec.name: spec.form(initial=spec.initial(user)) for spec in specs}
    filled = {name.replace("-", "_"): form for name, form in (stored | bound).items()}
    context = {"nav": nav(section), "section": current, "person": user, "forms": filled}
    context["parts"] = settings_parts.parts_of(section, user)
    template = f"accounts/settings_{section.replace('-', '_')}.html"
    return render(request, template, context | EXTRAS.get(section, _nothing)(user))


def nav(current: str) -> list[dict[str, Any]]:
    """The list of settings, with the pages of other apps behind the section each belongs to."""
    found = []
    for section in SECTIONS:
        found.append(_entry(section, f"accounts:settings-{section.name}", current))
        found += [_entry(page, page.route, current) for page in settings_parts.pages_after(section.name)]
    return found


def _entry(place: Section | settings_parts.SettingsPage, route: str, current: str) -> dict[str, Any]:
    return {
        "label": place.title,
        "icon": place.icon,
        "detail": place.detail,
        "url": reverse(route),
        "current": place.name == current,
    }
