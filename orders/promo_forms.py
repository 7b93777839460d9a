"""Forms of codes: shape only, what is right the service says."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fitfoodie.common.errors import DomainError
from meals.models import Meal, Tag
from orders.enums import PromoKind, PromoScope
from orders.pricing.content import UNCHANGING, CodeContent, CodeContentError

T = TypeVar("T")
_KINDS = [(kind.value, kind.label) for kind in PromoKind if kind is not PromoKind.FREE_DELIVERY]
_SCOPES = [
    (PromoScope.ORDER.value, _("All my meals")),
    (PromoScope.MEALS.value, _("Certain meals of mine")),
    (PromoScope.TAGS.value, _("My meals with certain tags")),
]
_PLAIN = (
    "label",
    "percent",
    "amount",
    "buy_quantity",
    "get_quantity",
    "scope",
    "min_subtotal",
    "limit",
    "per_customer",
    "is_first_order_only",
    "is_stackable",
    "budget",
    "is_public",
)
# Where an error of a field of the service is shown when the form has no such field.
_SHOWN_AT = {"meal_ids": "meals", "tag_ids": "tags"}


def _money(label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, min_value=0, max_digits=9, decimal_places=2
    )


def _count(label: Any, help_text: Any = "", **given: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=1, **given)


def _instant(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


class CodeForm(forms.Form):
    """A creator's code. Times are wall times of the creator's zone."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("3 to 40 letters, digits or dashes. Capitals do not matter.")
    )
    label = forms.CharField(
        label=_("What it is for"), required=False, max_length=120, help_text=_("For your own list.")
    )
    kind = forms.ChoiceField(
        label=_("It gives"), choices=_KINDS, widget=forms.RadioSelect, initial=PromoKind.PERCENT.value
    )
    percent = forms.DecimalField(label=_("Percent"), required=False, max_digits=5, decimal_places=2)
    amount = _money(_("Amount"))
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    buy_quantity = _count(_("Portions to buy"))
    get_quantity = _count(_("Portions free"), _("The cheapest ones are free."))
    scope = forms.ChoiceField(
        label=_("It is for"), choices=_SCOPES, widget=forms.RadioSelect, initial=PromoScope.ORDER.value
    )
    meals = forms.MultipleChoiceField(label=_("Meals"), required=False, widget=forms.CheckboxSelectMultiple)
    tags = forms.CharField(label=_("Tags"), required=False, help_text=_("Separated by commas."))
    min_subtotal = _money(_("Minimum order"), _("Of the meals it is for, before discounts."))
    starts_at = _instant(pgettext_lazy("time", "From"))
    ends_at = _instant(_("Until"))
    limit = _count(_("Uses in all"), _("Left empty, there is no limit."))
    per_customer = _count(_("Uses of each customer"), initial=1)
    budget = _money(_("Budget"), _("In all. The last use gives what is left of it."))
    is_first_order_only = forms.BooleanField(label=_("Only for a first order"), required=False)
    is_stackable = forms.BooleanField(label=_("May be combined with other codes"), required=False, initial=True)
    is_public = forms.BooleanField(
        label=_("Show it on the creator’s page"), required=False, help_text=_("Everybody may read and use it then.")
    )

    def __init__(self, *args: Any, creator_id: int, zone: str, before: CodeContent | None = None, **given: Any) -> None:
        if before:
            given["initial"] = _initial(before, zone)
        super().__init__(*args, **given)
        self.zone = ZoneInfo(zone)
        self.before = before
        self.use_required_attribute = False
        self._choices("currency", [(code, code) for code in settings.CURRENCIES])
        self.fields["currency"].initial = settings.DEFAULT_CURRENCY
        self._offer_meals(creator_id)
        if before:
            for name in UNCHANGING & set(self.fields):
                del self.fields[name]

    def _offer_meals(self, creator_id: int) -> None:
        mine = Meal.objects.filter(creator_id=creator_id, price__isnull=False).order_by("title")
        self._choices("meals", [(str(pk), title) for pk, title in mine.values_list("pk", "title")[:200]])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean_starts_at(self) -> datetime | None:
        return self._in_zone("starts_at")

    def clean_ends_at(self) -> datetime | None:
        return self._in_zone("ends_at")

    def _in_zone(self, name: str) -> datetime | None:
        value: datetime | None = self.cleaned_data[name]
        return value.replace(tzinfo=self.zone) if value else None

    def clean_tags(self) -> frozenset[int]:
        names = [name.strip() for name in self.cleaned_data["tags"].split(",") if name.strip()]
        known = {name.lower(): pk for name, pk in Tag.objects.filter(name__in=names).values_list("name", "pk")}
        known |= dict(Tag.objects.filter(slug__in=[name.lower() for name in names]).values_list("slug", "pk"))
        unknown = [name for name in names if name.lower() not in known]
        if unknown:
            raise forms.ValidationError(_("There is no tag “%(name)s”."), params={"name": unknown[0]})
        return frozenset(known[name.lower()] for name in names)

    def values(self) -> dict[str, Any]:
        """By the names of CodeContent, without what stays as it was made."""
        given = {name: self.cleaned_data[name] for name in (*_PLAIN, "starts_at", "ends_at")}
        given["meal_ids"] = frozenset(map(int, self.cleaned_data["meals"]))
        return given | {"tag_ids": self.cleaned_data["tags"]}

    def content(self) -> CodeContent:
        unchanging = {name: self.cleaned_data[name] for name in ("code", "kind", "currency")}
        return CodeContent(**unchanging, **self.values())

    def add_errors(self, errors: Mapping[str, str]) -> None:
        for name, text in errors.items():
            shown = _SHOWN_AT.get(name, name)
            self.add_error(shown if shown in self.fields else None, text)

    def carried_out(self, write: Callable[[], T]) -> T | None:
        """What `write` gives; None when it was refused, with the words beside the fields."""
        try:
            return write()
        except CodeContentError as error:
            self.add_errors(error.errors)
        except DomainError as error:
            self.add_errors({error.field or "": error.message})
        return None


def _initial(before: CodeContent, zone: str) -> dict[str, Any]:
    own = ZoneInfo(zone)
    given = {name: getattr(before, name) for name in _PLAIN}
    for name in ("starts_at", "ends_at"):
        at: datetime | None = getattr(before, name)
        given[name] = at.astimezone(own).replace(tzinfo=None) if at else None
    tags = Tag.objects.filter(pk__in=before.tag_ids).order_by("name").values_list("name", flat=True)
    return given | {"meals": [str(pk) for pk in before.meal_ids], "tags": ", ".join(tags)}
