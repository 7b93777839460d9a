from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Visibility
from accounts.events import ProfileUpdated
from accounts.models import Profile, User
from accounts.rules import DEFAULT_VISIBILITY
from accounts.services.badge import end_verification
from fitfoodie.common.errors import DomainError
from fitfoodie.common.fields import ChoiceSetField
from fitfoodie.events.services import record

# What a person may say about themselves; nothing else of these tables is theirs to write (SEC-10).
PROFILE_FIELDS = frozenset(
    {"bio", "city", "country", "links", "diets", "allergies", "severe_allergies", "sports", "level"}
)
EDITABLE_FIELDS = PROFILE_FIELDS | {"name"}


@transaction.atomic
def update_profile(*, user: User, changes: Mapping[str, Any], now: datetime) -> Profile:
    """Save those fields that are named, and say in one event which of them changed.

    Locks the person and the profile. A severe allergy is an allergy too. A new name of a verified person puts the
    badge in review (CRE-5). Raises ValidationError by field, DomainError for a field that is not theirs to write.
    """
    _refuse_foreign(changes)
    person = User.objects.select_for_update().get(pk=user.pk)
    profile = Profile.objects.select_for_update().get(user=person)
    changed = _apply_name(person, changes) + _apply(profile, changes)
    if not changed:
        return profile
    ends_verification = "name" in changed and end_verification(profile, person, now)
    profile.save()
    record(
        ProfileUpdated(user_id=person.pk, fields=sorted(changed), ends_verification=ends_verification),
        actor=user,
        subject=person,
    )
    return profile


@transaction.atomic
def update_visibility(*, user: User, changes: Mapping[str, str], now: datetime) -> Profile:
    """Who sees what; fields not named keep their choice. Locks the profile. Raises DomainError by field."""
    for name, value in changes.items():
        if name not in DEFAULT_VISIBILITY or value not in Visibility.values:
            raise DomainError(_("Choose who sees it from the list."), code="unknown", field=f"visibility.{name}")
    profile = Profile.objects.select_for_update().get(user=user)
    if profile.visibility | changes == profile.visibility:
        return profile
    profile.visibility = {**profile.visibility, **changes}
    profile.save(update_fields=["visibility", "updated_at"])
    record(ProfileUpdated(user_id=user.pk, fields=["visibility"]), actor=user, subject=user)
    return profile


def _refuse_foreign(changes: Mapping[str, Any]) -> None:
    for name in sorted(changes.keys() - EDITABLE_FIELDS):
        raise DomainError(_("This cannot be changed here."), code="unknown_field", field=name)


def _apply_name(person: User, changes: Mapping[str, Any]) -> list[str]:
    name = changes.get("name", person.name).strip()
    if name == person.name:
        return []
    person.name = name
    person.clean_fields(exclude={f.name for f in person._meta.fields} - {"name"})
    person.save(update_fields=["name"])
    return ["name"]


def _apply(profile: Profile, changes: Mapping[str, Any]) -> list[str]:
    wanted = {name: value for name, value in changes.items() if name in PROFILE_FIELDS}
    before = {name: getattr(profile, name) for name in PROFILE_FIELDS}
    for name, value in wanted.items():
        setattr(profile, name, _normal(name, value))
    profile.clean_fields(exclude={f.name for f in profile._meta.fields} - PROFILE_FIELDS)
    profile.allergies = frozenset(profile.allergies) | frozenset(profile.severe_allergies)
    return [name for name in PROFILE_FIELDS if getattr(profile, name) != before[name]]


def _normal(name: str, value: Any) -> Any:
    """Sets as sets, lists without repeats, texts without blanks around."""
    if name in {"diets", "allergies", "severe_allergies"}:
        return _set(name, value)
    if name == "sports":
        return list(dict.fromkeys(value))
    return value.strip() if isinstance(value, str) else value


def _set(name: str, value: Any) -> frozenset[str]:
    """Values outside the vocabulary are refused here, before the column would have to hold them."""
    field = Profile._meta.get_field(name)
    try:
        return frozenset(cast("ChoiceSetField", field).to_python(value) or ())
    except ValidationError as error:
        raise ValidationError({name: error}) from error
