"""Forms of hosts: shape only, what is right the services say."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import cities
from accounts.forms import add_domain_error, time_zones
from accounts.sports import Sport
from classes.enums import StaffRole
from classes.models import Chain, ClassType, Room, Studio
from classes.policies import NAMES as POLICY_NAMES
from classes.selectors.booking_rules import Above
from fitfoodie.common.errors import DomainError

T = TypeVar("T")


class HostForm(forms.ModelForm):  # type: ignore[type-arg]  # of several models
    """`changes` is what the service is told."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.use_required_attribute = False
        self.is_new = self.instance.pk is None

    def changes(self) -> dict[str, Any]:
        names = self.fields if self.is_new else self.changed_data
        return {name: self.cleaned_data[name] for name in names}

    def carried_out(self, write: Callable[[], T]) -> T | None:
        """What `write` gives; None when it was refused, with the words beside the field."""
        try:
            return write()
        except DomainError as error:
            add_domain_error(self, error)
        return None

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in POLICY_NAMES]

    def rule_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in POLICY_NAMES]

    def has_rules_open(self) -> bool:
        return any(name in POLICY_NAMES for name in self.errors)


def _yes_no_above() -> forms.TypedChoiceField:
    choices = [("", _("As above")), ("yes", _("Yes")), ("no", _("No"))]
    return forms.TypedChoiceField(
        choices=choices, required=False, coerce=lambda text: text == "yes", empty_value=None, widget=forms.Select
    )


class WithRules(HostForm):
    """Empty is as the level above has it, and each field says what that is."""

    def __init__(self, *args: Any, rules_above: Mapping[str, Above], **given: Any) -> None:
        super().__init__(*args, **given)
        for name in POLICY_NAMES:
            if isinstance(self.fields[name], forms.NullBooleanField):
                self._ask_yes_or_no(name)
            self.fields[name].help_text = _said_above(rules_above[name])

    def _ask_yes_or_no(self, name: str) -> None:
        label = self.fields[name].label
        self.fields[name] = _yes_no_above()
        self.fields[name].label = label
        self.initial[name] = {True: "yes", False: "no"}.get(getattr(self.instance, name), "")


def _said_above(found: Above) -> str:
    if found.source:
        return format_html(gettext("Left empty: {text}, from {source}."), text=found.text, source=found.source)
    return format_html(gettext("Left empty: {text}, as the platform has it."), text=found.text)


class PlaceMixin:
    fields: dict[str, Any]

    def offer_zones(self) -> None:
        self.fields["time_zone"] = forms.ChoiceField(label=_("Time zone"), choices=time_zones())


class BrandForm(WithRules, PlaceMixin):
    class Meta:
        model = Chain
        fields = ["name", "about", "email", "colour", "time_zone", *POLICY_NAMES]
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.offer_zones()
        self.fields["colour"].help_text = _("Of your brand, as #1F6B45. Text stays readable whatever you choose.")


class StudioForm(WithRules, PlaceMixin):
    class Meta:
        model = Studio
        fields = ["name", "about", "street", "city", "country", "latitude", "longitude", "time_zone", *POLICY_NAMES]
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.offer_zones()
        countries = sorted(cities.countries().items(), key=lambda pair: pair[1])
        self.fields["country"] = forms.ChoiceField(label=_("Country"), required=False, choices=[("", "–"), *countries])
        self.fields["latitude"].help_text = _("The point on the map, in degrees: 47.3769 north of the equator …")
        self.fields["longitude"].help_text = _("… and 8.5417 east of Greenwich. People find the studio by it.")


class RoomForm(HostForm):
    class Meta:
        model = Room
        fields = ["name", "capacity"]


class ClassTypeForm(WithRules):
    interests = forms.MultipleChoiceField(
        label=_("Sports"), choices=Sport.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ClassType
        fields = [
            "title",
            "description",
            "interests",
            "level",
            "intensity",
            "format",
            "minutes",
            "capacity",
            "price",
            "equipment",
            *POLICY_NAMES,
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, currency: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["price"].help_text = format_html(
            gettext("In {currency}, tax included. Left empty, it is free."), currency=currency
        )


class StaffForm(forms.Form):
    """Whom, as what, where, and why."""

    handle = forms.CharField(
        label=_("Handle"),
        max_length=31,
        help_text=_("As on their profile, for example @ada. They need an account."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=StaffRole.choices, initial=StaffRole.INSTRUCTOR)
    studio = forms.ChoiceField(label=_("Where"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("Kept, and shown to the person."))

    def __init__(self, *args: Any, studios: Sequence[Studio], may_grant: Sequence[StaffRole], **given: Any) -> None:
        super().__init__(*args, **given)
        self.use_required_attribute = False
        where: Any = self.fields["studio"]
        where.choices = [("", _("In all studios")), *((studio.public_id, studio.name) for studio in studios)]
        role: Any = self.fields["role"]
        role.choices = [(one.value, one.label) for one in may_grant]

    def clean_handle(self) -> str:
        return str(self.cleaned_data["handle"]).strip().removeprefix("@").lower()


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=500)
