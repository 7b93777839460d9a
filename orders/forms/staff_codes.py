"""Forms of the back office for codes: everything a creator writes, and what only staff decide."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from accounts.models import User
from meals.models import Meal
from orders.enums import Funder, PromoKind, PromoScope
from orders.pricing.content import CodeContent
from orders.promo_forms import CodeForm


class StaffCodeForm(CodeForm):
    """A code of the house or of a creator. Times are wall times of whoever writes."""

    kind = forms.ChoiceField(label=_("It gives"), choices=PromoKind.choices, initial=PromoKind.PERCENT.value)
    scope = forms.ChoiceField(label=_("It is for"), choices=PromoScope.choices, initial=PromoScope.ORDER.value)
    creator = forms.CharField(
        label=_("Creator"),
        required=False,
        max_length=60,
        help_text=_("Their handle: it is about their meals alone. Empty, it is a code of the house."),
    )
    funder = forms.ChoiceField(
        label=_("Paid for by"), required=False, choices=[("", _("Who owns it")), *Funder.choices]
    )
    meals = forms.CharField(  # type: ignore[assignment]  # named here, ticked there
        label=_("Meals"), required=False, help_text=_("The last part of their addresses, separated by commas.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Kept in the audit trail."),
    )

    def __init__(self, *args: Any, before: CodeContent | None = None, **given: Any) -> None:
        super().__init__(*args, creator_id=0, before=before, **given)
        if before:
            slugs = Meal.objects.filter(pk__in=before.meal_ids).order_by("slug").values_list("slug", flat=True)
            self.initial.update(meals=", ".join(slugs), funder=before.funder)
            del self.fields["creator"]
        self.order_fields(["code", "label", "creator", "funder"])
        self.fields["reason"] = self.fields.pop("reason")  # the last word
        for field in self.fields.values():
            _dress(field)

    def _offer_meals(self, creator_id: int) -> None:
        """Too many to offer: they are named."""

    def clean_creator(self) -> int | None:
        handle = self.cleaned_data["creator"].strip().removeprefix("@")
        if not handle:
            return None
        person = User.objects.filter(handle__iexact=handle).first()
        if person is None or not person.is_active:
            raise forms.ValidationError(_("There is nobody with the handle “%(handle)s”."), params={"handle": handle})
        return int(person.pk)

    def clean_meals(self) -> list[int]:
        slugs = {slug.strip().lower() for slug in self.cleaned_data["meals"].split(",") if slug.strip()}
        known = dict(Meal.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        unknown = sorted(slugs - set(known))
        if unknown:
            raise forms.ValidationError(_("There is no meal “%(slug)s”."), params={"slug": unknown[0]})
        return list(known.values())

    def values(self) -> dict[str, Any]:
        return super().values() | {"funder": self.cleaned_data["funder"]}

    def content(self) -> CodeContent:
        return replace(super().content(), creator_id=self.cleaned_data["creator"])

    @property
    def why(self) -> str:
        return str(self.cleaned_data["reason"])


class BatchForm(StaffCodeForm):
    """Many codes for one use each, alike in all but the code."""

    name = forms.CharField(label=_("Name of the set"), max_length=120)
    size = forms.IntegerField(label=_("How many"), min_value=1)
    prefix = forms.CharField(  # type: ignore[assignment]  # a field, kept apart by metaclass
        label=_("Codes begin with"), required=False, max_length=27, help_text=_("Such as CARDS; may be left empty.")
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name in ("code", "limit", "is_public"):
            del self.fields[name]
        self.order_fields(["name", "size", "prefix", *self.fields])

    def values(self) -> dict[str, Any]:
        self.cleaned_data |= {"limit": 1, "is_public": False}
        return super().values()

    def content(self) -> CodeContent:
        self.cleaned_data["code"] = ""
        return super().content()


def _dress(field: forms.Field) -> None:
    """In the widgets of the back office."""
    widget = field.widget
    if isinstance(field, forms.ChoiceField):
        field.widget = UnfoldAdminSelectWidget(choices=field.choices)
    elif isinstance(field, forms.BooleanField):
        field.widget = UnfoldBooleanWidget()
    elif not isinstance(widget, UnfoldAdminTextareaWidget):
        looks = UnfoldAdminTextInputWidget().attrs
        widget.attrs = {**widget.attrs, **looks}
