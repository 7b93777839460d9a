"""How preferences read and write in the API. Words instead of numbers; of the place never more than its square."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.sports import Sport
from fitfoodie.common.geo import Point
from matching import week
from matching.enums import Gender, Goal, Skill
from matching.grid import CELL_KM
from matching.models import MAX_RADIUS_KM, FitnessProfile
from matching.selectors.places import about_here, gyms_around
from matching.selectors.preview import people_who_fit
from matching.week import Slot

LEVELS = {Skill.BEGINNER: "beginner", Skill.INTERMEDIATE: "intermediate", Skill.ADVANCED: "advanced"}
SKILLS = {name: int(skill) for skill, name in LEVELS.items()}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SAME = ("born_on", "gender", "radius_km", "level_gap", "same_gender_only", "is_paused", "is_incognito", "is_ready")


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string", "enum": list(SKILLS)}})
class SportsField(serializers.DictField):
    child = serializers.ChoiceField(list(SKILLS))

    def to_internal_value(self, data: Any) -> dict[str, int]:
        unknown = sorted(data.keys() - set(Sport.values)) if isinstance(data, Mapping) else []
        if unknown:
            raise serializers.ValidationError(f"Not a sport we know: {unknown[0][:60]}.", code="unknown")
        said: dict[str, str] = super().to_internal_value(data)
        return {sport: SKILLS[level] for sport, level in said.items()}


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string", "pattern": "^[0-2][0-9]:[03]0$"}},
    }
)
class WeekField(serializers.DictField):
    """Beginnings of half hours by day."""

    child = serializers.ListField(child=serializers.RegexField(r"^([01][0-9]|2[0-3]):[03]0$"))

    def to_internal_value(self, data: Any) -> bytes:  # type: ignore[override]  # packed for the row
        said: dict[str, list[str]] = super().to_internal_value(data)
        unknown = sorted(said.keys() - set(DAYS))
        if unknown:
            raise serializers.ValidationError(f"Days are {', '.join(DAYS)}.", code="unknown")
        return week.pack(Slot(DAYS.index(day), _half(time)) for day, times in said.items() for time in times)


def _half(time: str) -> int:
    return int(time[:2]) * 2 + (time[3] == "3")


class PlaceSerializer(serializers.Serializer[Any]):
    latitude = serializers.FloatField(min_value=-90, max_value=90)
    longitude = serializers.FloatField(min_value=-180, max_value=180)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Half a point is none, though the body around it may be partial."""
        if len(attrs) < 2:
            raise serializers.ValidationError("A place has a latitude and a longitude.", code="required")
        return attrs


class MatchPreferencesChangesSerializer(serializers.Serializer[Any]):
    sports = SportsField(help_text="Level by sport; replaces all.")
    goals = serializers.ListField(child=serializers.ChoiceField(Goal.choices))
    week = WeekField(help_text="Beginnings of half hours by day, on the person's own clocks; replaces all.")
    born_on = serializers.DateField(allow_null=True)
    gender = serializers.ChoiceField(Gender.choices, allow_blank=True)
    gym = serializers.CharField(allow_null=True, max_length=12, help_text="Id of an open studio.")
    radius_km = serializers.IntegerField(min_value=2, max_value=MAX_RADIUS_KM)
    level_gap = serializers.IntegerField(min_value=0, max_value=2)
    same_gender_only = serializers.BooleanField()
    is_paused = serializers.BooleanField()
    is_incognito = serializers.BooleanField()
    place = PlaceSerializer(allow_null=True, help_text="Never answered again: only the square it lies in is used.")

    def validate_gym(self, value: str | None) -> Any:
        if value is None:
            return None
        profile: FitnessProfile = self.context["profile"]
        studio = next((one for one in gyms_around(profile) if one.public_id == value), None)
        if studio is None:
            raise serializers.ValidationError("No open studio has this id.", code="unknown")
        return studio

    def changes(self) -> dict[str, Any]:
        """For `save_profile`."""
        said = {name: value for name, value in self.validated_data.items() if name not in ("place", "sports")}
        return said | ({"skills": self.validated_data["sports"]} if "sports" in self.validated_data else {})

    @property
    def point(self) -> Point | None:
        place = self.validated_data["place"]
        return Point(place["latitude"], place["longitude"]) if place else None


class AboutHereSerializer(serializers.Serializer[Any]):
    about = serializers.CharField(help_text="The town next to the middle of the square.")
    square_km = serializers.FloatField()


class FitSerializer(serializers.Serializer[Any]):
    about = serializers.IntegerField(allow_null=True, help_text="Moved by up to three and rounded; null under ten.")
    is_more = serializers.BooleanField()


class MatchPreferencesSerializer(serializers.Serializer[Any]):
    sports = SportsField()
    goals = serializers.ListField(child=serializers.ChoiceField(Goal.choices))
    week = WeekField()
    born_on = serializers.DateField(allow_null=True)
    gender = serializers.ChoiceField(Gender.choices, allow_blank=True)
    gym = serializers.CharField(allow_null=True)
    radius_km = serializers.IntegerField()
    level_gap = serializers.IntegerField()
    same_gender_only = serializers.BooleanField()
    is_paused = serializers.BooleanField()
    is_incognito = serializers.BooleanField()
    is_ready = serializers.BooleanField(help_text="Sports, place and date of birth are there.")
    place = AboutHereSerializer(allow_null=True)
    people_who_fit = FitSerializer()


def preferences_body(profile: FitnessProfile, *, now: datetime) -> dict[str, Any]:
    place = about_here(profile)
    crowd = people_who_fit(profile, now=now)
    return {name: getattr(profile, name) for name in _SAME} | {
        "sports": {sport: LEVELS[Skill(skill)] for sport, skill in profile.skills.items()},
        "goals": sorted(profile.goals),
        "week": _week(profile),
        "gym": profile.gym.public_id if profile.gym else None,
        "place": {"about": place, "square_km": CELL_KM} if place else None,
        "people_who_fit": {"about": crowd.about, "is_more": crowd.is_more},
    }


def _week(profile: FitnessProfile) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for slot in week.unpack(bytes(profile.week)):
        found.setdefault(DAYS[slot.day], []).append(slot.time)
    return found
