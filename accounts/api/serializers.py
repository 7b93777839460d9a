from typing import Any

from django.conf import settings
from rest_framework import serializers

from accounts import profile_facts
from accounts.enums import Level, Theme, Units, Visibility
from accounts.models import User
from accounts.roles import GRANTABLE_ROLES
from accounts.rules import DEFAULT_VISIBILITY
from accounts.selectors import ProfileView, has_verified_email, profile_view, visibility_matrix
from accounts.sports import Sport
from accounts.validators import MAX_LINKS, MAX_SPORTS
from fitfoodie.common.api.serializers import StrictSerializer
from fitfoodie.common.dietary import Allergen, Diet


def _choices(choices: Any, **options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(choices=choices), max_length=100, **options)


class PreferencesSerializer(StrictSerializer):
    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    time_zone = serializers.CharField(max_length=64, help_text="A name of the IANA database.")
    theme = serializers.ChoiceField(choices=Theme.choices)
    units = serializers.ChoiceField(choices=Units.choices)
    daily_calories = serializers.IntegerField(min_value=800, max_value=8000, allow_null=True)
    is_listed_in_search_engines = serializers.BooleanField()


class VisibilitySerializer(StrictSerializer):
    """Who sees what; a field that is not named keeps its choice."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {name: serializers.ChoiceField(choices=Visibility.choices) for name in DEFAULT_VISIBILITY}


class PublicProfileSerializer(serializers.Serializer[Any]):
    """What the caller may see: a field that is hidden looks exactly like one that was never filled."""

    handle = serializers.CharField()
    name = serializers.CharField()
    avatar = serializers.CharField(allow_null=True)
    verified = serializers.BooleanField()
    bio = serializers.CharField(allow_blank=True)
    city = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_blank=True, help_text="ISO 3166-1 alpha-2.")
    links = serializers.ListField(child=serializers.URLField())
    diets = _choices(Diet.choices)
    allergies = _choices(Allergen.choices)
    severe_allergies = _choices(Allergen.choices)
    sports = _choices(Sport.choices)
    level = serializers.ChoiceField(choices=Level.choices, allow_blank=True)
    member_since = serializers.IntegerField(help_text="Year.")


class PersonProfileSerializer(PublicProfileSerializer):
    """With what other apps know of the person and of how the caller stands to them."""

    is_private = serializers.BooleanField(help_text="Others see name, photo and totals until they are let in.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | profile_facts.fields()


class MeSerializer(PublicProfileSerializer):
    email = serializers.EmailField()
    email_verified = serializers.BooleanField()
    roles = serializers.ListField(child=serializers.CharField())
    visibility = VisibilitySerializer()
    preferences = PreferencesSerializer()


class MeChangesSerializer(StrictSerializer):
    """Fields that are not named stay as they are."""

    name = serializers.CharField(max_length=80, required=False)
    handle = serializers.CharField(max_length=31, required=False)
    bio = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    city = serializers.CharField(max_length=120, allow_blank=True, required=False)
    country = serializers.CharField(max_length=2, allow_blank=True, required=False)
    links = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=MAX_LINKS, required=False, help_text="https only."
    )
    diets = _choices(Diet.choices, required=False)
    allergies = _choices(Allergen.choices, required=False)
    severe_allergies = _choices(Allergen.choices, required=False)
    sports = serializers.ListField(
        child=serializers.ChoiceField(choices=Sport.choices), max_length=MAX_SPORTS, required=False
    )
    level = serializers.ChoiceField(choices=Level.choices, allow_blank=True, required=False)
    visibility = VisibilitySerializer(partial=True, required=False)
    preferences = PreferencesSerializer(partial=True, required=False)


class DeletionRequestSerializer(StrictSerializer):
    handle = serializers.CharField(max_length=31, help_text="The own handle, as a confirmation.")


class DeletionSerializer(serializers.Serializer[Any]):
    requested_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class RoleChangeSerializer(serializers.Serializer[Any]):
    role = serializers.CharField()
    is_grant = serializers.BooleanField()
    reason = serializers.CharField()
    actor = serializers.CharField(source="actor.handle", allow_null=True, default=None, help_text="Handle.")
    changed_at = serializers.DateTimeField()


class RolesSerializer(serializers.Serializer[Any]):
    handle = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    history = RoleChangeSerializer(many=True)


class RoleRequestSerializer(StrictSerializer):
    role = serializers.ChoiceField(choices=[(role.value, role.label) for role in GRANTABLE_ROLES])
    reason = serializers.CharField(max_length=500)


def public_body(seen: ProfileView) -> dict[str, Any]:
    return {
        "handle": seen.handle,
        "name": seen.name,
        "avatar": seen.photo,
        "verified": seen.is_verified,
        "bio": seen.bio,
        "city": seen.city,
        "country": seen.country,
        "links": seen.links,
        "diets": seen.diets,
        "allergies": seen.allergies,
        "severe_allergies": seen.severe_allergies,
        "sports": seen.sports,
        "level": seen.level,
        "member_since": seen.member_since,
    }


def me_body(person: User) -> dict[str, Any]:
    """One query for the e-mail and one for the roles, whatever the person filled in."""
    preferences = person.preferences
    return {
        **public_body(profile_view(person, is_member=True, is_owner=True)),
        "email": person.email,
        "email_verified": has_verified_email(person),
        "roles": sorted(role.value for role in person.roles),
        "visibility": visibility_matrix(person.profile),
        "preferences": {
            "language": preferences.language,
            "time_zone": preferences.time_zone,
            "theme": preferences.theme,
            "units": preferences.units,
            "daily_calories": preferences.daily_calories,
            "is_listed_in_search_engines": preferences.is_listed_in_search_engines,
        },
    }
