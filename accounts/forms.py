from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import cities
from accounts.enums import Level, Theme, Units, Visibility
from accounts.models import User
from accounts.rules import DEFAULT_VISIBILITY
from accounts.sports import Sport
from accounts.validators import MAX_LINKS, validate_links, validate_name, validate_sports
from fitfoodie.common.dietary import Allergen, Diet
from fitfoodie.common.errors import DomainError

SECTION_TITLES = {
    "photo": _("Photo"),
    "bio": _("About me"),
    "links": _("Links"),
    "city": _("City"),
    "sports": _("Sports"),
    "level": _("Training level"),
    "diets": _("How I eat"),
    "allergies": _("Allergies"),
}


def add_domain_error(form: forms.BaseForm, error: DomainError | ValidationError) -> None:
    """Put what a service refused beside the field it is about; nothing typed is lost."""
    if isinstance(error, DomainError):
        field = error.field if error.field in form.fields else None
        form.add_error(field, error.message)
        return
    for name, messages in error.message_dict.items():
        form.add_error(name if name in form.fields else None, messages)


@lru_cache(maxsize=1)
def time_zones() -> list[tuple[str, Any]]:
    """Zones by continent, as people know them; legacy aliases without a continent are left out but for UTC."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(available_timezones()):
        continent, _slash, place = zone.partition("/")
        if place and continent not in {"Etc", "SystemV", "posix", "right", "US", "Brazil", "Canada", "Chile", "Mexico"}:
            groups.setdefault(continent, []).append((zone, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *groups.items()]


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "inputmode": "url", "autocapitalize": "none", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value) or ""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        validate_links(lines)
        return lines


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, validators=[validate_name])
    bio = forms.CharField(
        label=_("About me"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    place = forms.CharField(
        label=_("City"), max_length=120, required=False, help_text=_("Begin to type, for example “Graz, Austria”.")
    )
    links = LinesField(
        label=_("Links"),
        max_length=1100,
        required=False,
        help_text=_("One address a line, up to %(count)d, each beginning with https://") % {"count": MAX_LINKS},
    )
    level = forms.ChoiceField(label=_("Training level"), choices=[("", _("Not said")), *Level.choices], required=False)
    sports = forms.MultipleChoiceField(
        label=_("Sports"), choices=Sport.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    diets = forms.MultipleChoiceField(
        label=_("How I eat"), choices=Diet.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    allergies = forms.MultipleChoiceField(
        label=_("Allergies"),
        choices=Allergen.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Meals that hold these are marked."),
    )
    severe_allergies = forms.MultipleChoiceField(
        label=_("Severe allergies"),
        choices=Allergen.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Even traces are dangerous. Meals that may hold these are hidden."),
    )

    def clean_sports(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["sports"]
        validate_sports(chosen)
        return chosen

    def changes(self) -> dict[str, Any]:
        """What the service is told: a place that we know becomes a city and its country, any other stays as typed."""
        changes = {name: value for name, value in self.cleaned_data.items() if name != "place"}
        city = cities.find(self.cleaned_data["place"])
        known = {"city": city.name, "country": city.country} if city else {"city": self.cleaned_data["place"]}
        return changes | {"country": ""} | known

    @staticmethod
    def initial_of(user: User) -> dict[str, Any]:
        profile = user.profile
        place = ", ".join(part for part in (profile.city, cities.countries().get(profile.country, "")) if part)
        texts = {name: getattr(profile, name) for name in ("bio", "links", "level", "sports")}
        sets = {name: sorted(getattr(profile, name)) for name in ("diets", "allergies", "severe_allergies")}
        return texts | sets | {"name": user.name, "place": place}


class PhotoForm(forms.Form):
    # A plain file field: what a photo is, and whether it is safe, is the pipeline's to say.
    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("JPEG, PNG, WebP, AVIF or HEIC. Shown round; where it was taken is removed."),
    )


class HandleForm(forms.Form):
    handle = forms.CharField(
        label=_("Handle"),
        max_length=31,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "username", "spellcheck": "false"}),
        help_text=_("Your page is at /@handle. The old address keeps leading to you. Twice in 30 days at most."),
    )


class VisibilityForm(forms.Form):
    """One choice a field of the profile."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DEFAULT_VISIBILITY:
            self.fields[name] = forms.ChoiceField(
                label=SECTION_TITLES[name], choices=Visibility.choices, widget=forms.RadioSelect
            )


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices, widget=forms.RadioSelect)


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class UnitsForm(forms.Form):
    units = forms.ChoiceField(label=_("Units"), choices=Units.choices, widget=forms.RadioSelect)


class TimeZoneForm(forms.Form):
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, help_text=_("Times on the site and in mails follow it.")
    )


class SearchEnginesForm(forms.Form):
    is_listed_in_search_engines = forms.BooleanField(label=_("Let search engines list my profile"), required=False)


class DeleteAccountForm(forms.Form):
    handle = forms.CharField(
        label=_("Type your handle to confirm"),
        max_length=31,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class StartCreatingForm(forms.Form):
    accepts_guidelines = forms.BooleanField(label=_("I follow these guidelines"), required=False)
