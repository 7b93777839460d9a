"""What the page of preferences sends, with scripts and without."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import cities
from accounts.models import User
from accounts.sports import Sport
from fitfoodie.common.geo import Point
from matching import week
from matching.enums import Gender, Goal, Skill
from matching.models import FitnessProfile
from matching.selectors.places import about_here, gyms_around
from matching.week import Slot

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
# Names of the parts of a day with their half hours, first and behind the last.
PARTS = {
    "early": (_("Early"), 10, 18),
    "morning": (_("Morning"), 18, 24),
    "afternoon": (_("Afternoon"), 24, 34),
    "evening": (_("Evening"), 34, 44),
}
SPARE_ROWS = 2
_SKILLS = frozenset(str(value) for value in Skill.values)
GAPS = ((0, _("The same level")), (1, _("One level apart")), (2, _("Any level")))


class SportRows(forms.Widget):
    """The pairs of `sport` and `skill`; a row without a sport is no row."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str]]:
        return [pair for pair in zip(_many(data, "sport"), _many(data, "skill"), strict=False) if pair[0]]


class SkillsField(forms.Field):
    widget = SportRows

    def clean(self, value: list[tuple[str, str]]) -> dict[str, int]:
        if len({sport for sport, _skill in value}) < len(value):
            raise ValidationError(_("A sport is there twice. Keep the row with the right level."), code="twice")
        return {sport: int(skill) if skill in _SKILLS else 0 for sport, skill in value}


class WeekBoxes(forms.Widget):
    """`slot` are half hours (“0-13”), `part` whole parts of a day, `whole` those parts that were whole before."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, set[str]]:
        return {key: set(_many(data, key)) for key in ("slot", "part", "whole")}


class WeekField(forms.Field):
    widget = WeekBoxes

    def clean(self, value: dict[str, set[str]]) -> bytes:
        try:
            return week.pack(chosen_slots(value))
        except (ValueError, KeyError, TypeError) as error:
            raise ValidationError(_("Choose half hours of the week."), code="invalid") from error


def chosen_slots(value: dict[str, set[str]]) -> set[Slot]:
    """A part ticked now is taken whole; one that was whole and is ticked no more goes whole.

    Raises ValueError, KeyError or TypeError for what is no half hour of the week.
    """
    slots = {Slot(*map(int, name.split("-"))) for name in value["slot"]}
    part, whole = value.get("part", set()), value.get("whole", set())
    slots -= {slot for name in whole - part for slot in slots_of(name)}
    return slots | {slot for name in part - whole for slot in slots_of(name)}


def _many(data: Any, name: str) -> list[str]:
    return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, []))


def slots_of(part: str) -> list[Slot]:
    """Of “0-early”. Raises ValueError or KeyError for what is no part."""
    day, _dash, name = part.partition("-")
    _label, start, end = PARTS[name]
    return [Slot(int(day), half) for half in range(start, end)]


class PreferencesForm(forms.Form):
    """Filled from a profile, or from a proposal; says what the services are told."""

    skills = SkillsField(label=_("Sports and levels"), required=False)
    goals = forms.MultipleChoiceField(
        label=_("What I train for"), choices=Goal.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    week = WeekField(label=_("When I train"), required=False)
    place = forms.CharField(
        label=_("Home area"),
        max_length=120,
        required=False,
        help_text=_("Your town or district, for example “Graz, Austria”. Others only ever learn roughly how far."),
    )
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    gym = forms.ChoiceField(label=_("My gym"), required=False)
    born_on = forms.DateField(
        label=_("Born"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
        help_text=_("Training partners are for adults. Nobody sees the date."),
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=Gender.choices,
        required=False,
        help_text=_("Only for “people of my gender”, yours and theirs. Nobody sees it."),
    )
    radius_km = forms.IntegerField(
        label=_("How far, km"), min_value=2, max_value=200, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    level_gap = forms.TypedChoiceField(label=_("How many levels apart"), choices=GAPS, coerce=int)
    same_gender_only = forms.BooleanField(required=False)
    is_paused = forms.BooleanField(required=False)
    is_incognito = forms.BooleanField(required=False)

    def __init__(self, *args: Any, profile: FitnessProfile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        self.gyms = {studio.public_id: studio for studio in gyms_around(profile)}
        if profile.gym:
            self.gyms.setdefault(profile.gym.public_id, profile.gym)
        named = [(key, f"{studio.name}, {studio.city}") for key, studio in self.gyms.items()]
        self.fields["gym"].choices = [("", _("None")), *named]  # type: ignore[attr-defined]  # a ChoiceField has them

    def clean_place(self) -> Any:
        typed: str = self.cleaned_data["place"].strip()
        if typed and typed != about_here(self.profile) and cities.find(typed) is None:
            raise ValidationError(_("We do not know this place. Choose one from the list as you type."), code="unknown")
        return typed

    def changes(self) -> dict[str, Any]:
        """For `save_profile`."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in _PLACE}
        return told | {"gym": self.gyms.get(told["gym"])}

    @property
    def moves(self) -> bool:
        """Whether the place is to be changed at all: what is shown back unchanged is none."""
        return self._position() is not None or self.cleaned_data["place"] != about_here(self.profile)

    @property
    def point(self) -> Point | None:
        """The browser's position goes before the town; without either the place is taken away."""
        city = cities.find(self.cleaned_data["place"])
        return self._position() or (Point(city.latitude, city.longitude) if city else None)

    def _position(self) -> Point | None:
        latitude, longitude = self.cleaned_data.get("latitude"), self.cleaned_data.get("longitude")
        return Point(latitude, longitude) if latitude is not None and longitude is not None else None

    # What the template draws.

    @property
    def sport_rows(self) -> list[tuple[str, str]]:
        """Those given, and some empty ones for more."""
        rows = list(self["skills"].value() or [])
        return [*rows, *[("", str(Skill.INTERMEDIATE))] * SPARE_ROWS]

    @property
    def days(self) -> list[dict[str, Any]]:
        return [_day(day, self._chosen()) for day in range(7)]

    def _chosen(self) -> set[str]:
        value: dict[str, set[str]] = self["week"].value() or {"slot": set()}
        try:
            return {f"{slot.day}-{slot.half}" for slot in chosen_slots(value)}
        except (ValueError, KeyError, TypeError):
            return set()


_PLACE = frozenset({"place", "latitude", "longitude"})


def _day(day: int, chosen: set[str]) -> dict[str, Any]:
    halves = [_half(day, half, chosen) for half in range(week.SLOTS_PER_DAY)]
    parts = [_part(day, name, halves) for name in PARTS]
    return {"name": DAYS[day], "parts": parts, "halves": halves, "count": sum(half["on"] for half in halves)}


def _half(day: int, half: int, chosen: set[str]) -> dict[str, Any]:
    name = f"{day}-{half}"
    return {"value": name, "time": Slot(day, half).time, "on": name in chosen}


def _part(day: int, name: str, halves: list[dict[str, Any]]) -> dict[str, Any]:
    label, start, end = PARTS[name]
    on = sum(half["on"] for half in halves[start:end])
    hours = f"{start // 2}–{end // 2}"
    return {"value": f"{day}-{name}", "label": label, "hours": hours, "whole": on == end - start, "some": on > 0}


def initial_of(profile: FitnessProfile) -> dict[str, Any]:
    slots = {f"{slot.day}-{slot.half}" for slot in week.unpack(bytes(profile.week))}
    same = ("born_on", "gender", "radius_km", "level_gap", "same_gender_only", "is_paused", "is_incognito")
    return {name: getattr(profile, name) for name in same} | {
        "skills": [(sport, str(skill)) for sport, skill in profile.skills.items()],
        "goals": sorted(profile.goals),
        "week": {"slot": slots},
        "place": about_here(profile),
        "gym": profile.gym.public_id if profile.gym else "",
    }


_LEVELS = {"beginner": "1", "intermediate": "2", "advanced": "3"}


def proposal_of(user: User) -> dict[str, Any]:
    """For the first visit: what the person has said of themselves elsewhere. Kept only when they save it."""
    said = user.profile
    level = _LEVELS.get(said.level, str(Skill.INTERMEDIATE))
    city = cities.find(", ".join(part for part in (said.city, said.country) if part))
    skills = [(sport, level) for sport in said.sports if sport in Sport.values]
    return {"skills": skills, "place": city.label if city else ""}
