"""How somebody trains and where they roughly are: the one way in for pages, API and scripts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from classes.models import Studio
from fitfoodie.common.errors import DomainError
from fitfoodie.common.geo import Point
from fitfoodie.events.services import record
from matching import rules, sport_bits
from matching.enums import Goal, Skill
from matching.errors import TooManyMovesError
from matching.events import ProfileDeleted, ProfileSaved
from matching.grid import cell_of
from matching.models import FitnessProfile
from matching.validators import validate_born_on, validate_skills, validate_week

# What a person may say; the place has a door of its own, everything else of the row is derived.
FIELDS = frozenset(
    {
        "skills",
        "goals",
        "week",
        "born_on",
        "gender",
        "gym",
        "radius_km",
        "level_gap",
        "same_gender_only",
        "is_paused",
        "is_incognito",
    }
)


@transaction.atomic
def save_profile(*, user: User, changes: Mapping[str, Any], now: datetime) -> FitnessProfile:
    """Save those fields that are named; the first call makes the profile.

    `week` is 42 bytes of `matching.week`, `gym` a Studio or None. Locks the profile. Raises ValidationError by field,
    DomainError for a field that is not theirs to write.
    """
    for name in sorted(changes.keys() - FIELDS):
        raise DomainError(_("This cannot be changed here."), code="unknown_field", field=name)
    profile = _locked(user)
    changed = _apply(profile, changes, now)
    if changed:
        _keep(profile, user)
    return profile


@transaction.atomic
def place_person(*, user: User, point: Point | None, now: datetime) -> FitnessProfile:
    """Put somebody's home where they say; None takes it away, always. Locks the profile.

    Within one cell the point may be set as often as one likes, for that tells nothing new. Cells may be left
    MATCH_JUMPS_A_DAY times in any 24 hours, through “nowhere” too; raises TooManyMovesError (MAT-5).
    """
    profile = _locked(user)
    cell = cell_of(point) if point else None
    moves = rules.recent(profile.moves, now)
    old = _cell_of(profile)
    if old and old != cell:
        moves = [*moves, now.isoformat()]
    if cell and old != cell and len(moves) > settings.MATCH_JUMPS_A_DAY:
        raise _too_many_moves()
    _put(profile, point, cell, now)
    profile.moves = moves
    _keep(profile, user)
    return profile


@transaction.atomic
def delete_profile(*, user: User, now: datetime) -> None:
    """Forget how and where somebody trains, from the next request. Locks the profile.

    Of somebody who had a place, only when they left it stays, for a day: deleting is no way around the limit. What was
    liked or passed stays, so that nobody whom the person turned down comes back.
    """
    profile = FitnessProfile.objects.select_for_update().filter(user=user).first()
    if profile is None:
        return
    moves = rules.recent(profile.moves, now) + ([now.isoformat()] if _cell_of(profile) else [])
    profile.delete()
    if moves:
        FitnessProfile.objects.create(user=user, moves=moves)
    record(ProfileDeleted(user_id=user.pk), actor=user, subject=user)


def _locked(user: User) -> FitnessProfile:
    return FitnessProfile.objects.select_for_update().get_or_create(user=user)[0]


def _cell_of(profile: FitnessProfile) -> Point | None:
    if profile.cell_latitude is None or profile.cell_longitude is None:
        return None
    return Point(profile.cell_latitude, profile.cell_longitude)


def _put(profile: FitnessProfile, point: Point | None, cell: Point | None, now: datetime) -> None:
    profile.latitude, profile.longitude = (point.latitude, point.longitude) if point else (None, None)
    profile.cell_latitude, profile.cell_longitude = (cell.latitude, cell.longitude) if cell else (None, None)
    profile.located_at = now if point else None


def _too_many_moves() -> TooManyMovesError:
    limit = settings.MATCH_JUMPS_A_DAY
    said = ngettext(
        "Your home area can be changed once a day. Try again tomorrow.",
        "Your home area can be changed %(limit)s times a day. Try again tomorrow.",
        limit,
    )
    return TooManyMovesError(said % {"limit": limit}, field="place")


def _apply(profile: FitnessProfile, changes: Mapping[str, Any], now: datetime) -> list[str]:
    wanted = {name: _normal(name, value) for name, value in changes.items()}
    before = {name: _normal(name, getattr(profile, name)) for name in wanted}
    for name, value in wanted.items():
        setattr(profile, name, value)
    _validate(profile, wanted, now)
    return [name for name in wanted if wanted[name] != before[name]]


def _normal(name: str, value: Any) -> Any:
    if name == "week":
        return bytes(value)
    if name == "goals":
        return frozenset(_known_goals(value))
    return value


def _known_goals(values: Any) -> list[str]:
    for value in values:
        if value not in Goal.values:
            raise ValidationError({"goals": _("Choose from the list.")})
    return list(values)


def _validate(profile: FitnessProfile, wanted: Mapping[str, Any], now: datetime) -> None:
    """All that is wrong at once, by field."""
    wrong: dict[str, Any] = {}
    checks = {
        "skills": lambda: validate_skills(profile.skills),
        "week": lambda: validate_week(bytes(profile.week)),
        "born_on": lambda: validate_born_on(profile.born_on, now.date()),
        "gym": lambda: _validate_gym(profile.gym),
    }
    for name in wanted:
        try:
            profile.clean_fields(exclude={field.name for field in profile._meta.fields} - {name})
            checks.get(name, lambda: None)()
        except ValidationError as error:
            wrong |= error.error_dict if hasattr(error, "error_dict") else {name: error}
    if wrong:
        raise ValidationError(wrong)


def _validate_gym(gym: Studio | None) -> None:
    if gym and not Studio.objects.open_to_all().filter(pk=gym.pk, is_active=True).exists():
        raise ValidationError(_("This studio is closed. Choose another one, or none."), code="closed")


def _keep(profile: FitnessProfile, user: User) -> None:
    """Write with all that follows from what was said."""
    for skill in Skill.values:
        low, high = sport_bits.at_skill(profile.skills, skill)
        setattr(profile, f"skill_{skill}_low", low)
        setattr(profile, f"skill_{skill}_high", high)
    profile.is_ready = rules.is_ready(profile)
    profile.save()
    record(ProfileSaved(user_id=user.pk, is_ready=profile.is_ready), actor=user, subject=user)
