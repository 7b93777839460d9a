"""One's own side of the deck: how, when and where one trains, and with whom one would."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import add_domain_error
from accounts.models import User
from accounts.services.preferences import update_preferences
from accounts.settings_parts import SettingsPage
from accounts.sports import Sport
from accounts.views.settings import nav
from accounts.views.signed_in import person_of
from fitfoodie.common.errors import DomainError
from matching import rules
from matching.enums import Skill
from matching.forms import PreferencesForm, initial_of, proposal_of
from matching.models import FitnessProfile
from matching.selectors.places import about_here, other_clocks_at_home
from matching.selectors.preview import people_who_fit
from matching.services.profile import delete_profile, place_person, save_profile

PAGE = SettingsPage(
    name="training-partners",
    title=gettext_lazy("Training partners"),
    icon="train",
    detail=gettext_lazy("Sports, times, place, and whom I want to meet"),
    route="matching:preferences",
    after="privacy",
)


def own_profile(user: User) -> FitnessProfile:
    """The saved one, or an empty one that is not."""
    found = FitnessProfile.objects.select_related("gym", "user").filter(user=user).first()
    return found or FitnessProfile(user=user)


def is_new(profile: FitnessProfile) -> bool:
    """Nothing said yet, or all of it taken back."""
    return not (profile.skills or profile.born_on or profile.cell_latitude is not None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    profile = own_profile(me)
    if request.method == "POST":
        form = PreferencesForm(request.POST, profile=profile)
        if _save(me, form):
            messages.success(request, _("Saved. Your deck follows at once."))
            return redirect("matching:preferences")
        return render(request, "matching/preferences.html", _context(me, profile, form), status=422)
    initial = initial_of(profile) | (proposal_of(me) if is_new(profile) else {})
    form = PreferencesForm(profile=profile, initial=initial)
    return render(request, "matching/preferences.html", _context(me, profile, form))


@login_required
@require_safe
def sport_row(request: HttpRequest) -> HttpResponse:
    """One more empty row, for those with scripts."""
    context = {"sports": Sport.choices, "levels": Skill.choices, "row": ("", str(Skill.INTERMEDIATE))}
    return render(request, "matching/_sport_row.html", context)


@login_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How many would fit the wishes as they are on the page, around the place that is saved."""
    me = person_of(request)
    profile = own_profile(me)
    form = PreferencesForm(request.POST, profile=profile)
    if form.is_valid():
        for name in ("skills", "gender", "radius_km", "level_gap", "same_gender_only", "is_paused", "born_on"):
            setattr(profile, name, form.cleaned_data[name])
        profile.is_ready = rules.is_ready(profile)
    return render(request, "matching/_preview.html", _fit(profile))


@require_POST
@login_required
def clocks(request: HttpRequest) -> HttpResponse:
    """The clocks of the home area become the person's; nothing when they show the same time already."""
    me, now = person_of(request), timezone.now()
    home = other_clocks_at_home(own_profile(me), me.preferences.time_zone, now=now)
    if home:
        update_preferences(user=me, changes={"time_zone": home}, now=now)
        messages.success(request, _("Your clocks are now those of %(zone)s.") % {"zone": home})
    return redirect("matching:preferences")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    if request.method == "POST":
        delete_profile(user=me, now=timezone.now())
        messages.success(request, _("Your fitness profile is deleted."))
        return redirect("matching:preferences")
    return render(request, "matching/preferences_delete.html", {"nav": nav(PAGE.name), "section": PAGE})


def _save(me: User, form: PreferencesForm) -> bool:
    """Both services or none; what they refuse stands beside its field."""
    if not form.is_valid():
        return False
    now = timezone.now()
    try:
        with transaction.atomic():
            save_profile(user=me, changes=form.changes(), now=now)
            if form.moves:
                place_person(user=me, point=form.point, now=now)
    except (DomainError, ValidationError) as error:
        add_domain_error(form, error)
        return False
    return True


def _context(me: User, profile: FitnessProfile, form: PreferencesForm) -> dict[str, Any]:
    return {
        "nav": nav(PAGE.name),
        "section": PAGE,
        "form": form,
        "is_new": is_new(profile),
        "about_here": about_here(profile),
        "sports": Sport.choices,
        "levels": Skill.choices,
        "clocks": me.preferences.time_zone,
        "home_clocks": other_clocks_at_home(profile, me.preferences.time_zone, now=timezone.now()),
        "cities_url": reverse("accounts:city-suggestions"),
    } | _fit(profile)


def _fit(profile: FitnessProfile) -> dict[str, Any]:
    now = timezone.now()
    return {
        "profile": profile,
        "missing": missing(profile),
        "is_under_age": profile.born_on is not None and not rules.is_adult(profile.born_on, now.date()),
        "asks_without_gender": profile.same_gender_only and not profile.gender,
        "crowd": people_who_fit(profile, now=now),
    }


def missing(profile: FitnessProfile) -> list[Any]:
    """What is still to be said before the deck opens."""
    wanted = {
        gettext_lazy("a sport"): bool(profile.skills),
        gettext_lazy("your home area"): profile.cell_latitude is not None,
        gettext_lazy("your date of birth"): profile.born_on is not None,
    }
    return [name for name, is_there in wanted.items() if not is_there]
