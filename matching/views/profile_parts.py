"""What training partners tell the apps below: a page of the settings, a section of a person's page, the download."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts import export_parts, profile_sections, settings_parts
from accounts.models import User
from accounts.profile_sections import ProfileSection
from accounts.rules import sees, visibility_of
from matching.models import FitnessProfile
from matching.services.own_data import PART, named_skills
from matching.views.preferences import PAGE
from social.policy import is_open_to


def trains(person: User, viewer: User | AnonymousUser) -> dict[str, Any] | None:
    """Sports with levels, to members whom the person lets see their sports and level; never place or times."""
    is_owner = viewer.pk == person.pk
    if viewer.pk is None or not (is_owner or is_open_to(person, viewer)):
        return None
    chosen = [visibility_of(name, person.profile.visibility) for name in ("sports", "level")]
    profile = FitnessProfile.objects.filter(user=person).first()
    if profile is None or not profile.skills:
        return None
    if not all(sees(one, is_member=True, is_owner=is_owner) for one in chosen):
        return None
    return {"sports": named_skills(profile), "is_owner": is_owner}


SECTION = ProfileSection("matching.trains", "matching/_fitness_section.html", trains, position=60)


def register() -> None:
    settings_parts.register_page(PAGE)
    profile_sections.register(SECTION)
    export_parts.register(PART)
