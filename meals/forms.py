"""What people type about meals, shaped into MealContent. What may be said is decided by `validators`."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from fitfoodie.common.dietary import Allergen, Diet
from meals.content import NUTRIENTS, MealContent
from meals.enums import Audience
from meals.validators import MAX_IMPORT_BYTES, MAX_REVIEW, InvalidMealError, clean_content

_NUTRIENT_LABELS = {
    "calories": _("Energy (kcal)"),
    "protein_g": _("Protein (g)"),
    "carbs_g": _("Carbohydrate (g)"),
    "fat_g": _("Fat (g)"),
    "fiber_g": _("Fibre (g)"),
    "sugar_g": _("Sugar (g)"),
    "saturated_fat_g": _("Saturated fat (g)"),
    "sodium_mg": _("Sodium (mg)"),
}
_LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"), ("it", "Italiano")]
_LANGUAGES += [("nl", "Nederlands"), ("pl", "Polski"), ("pt", "Português"), ("zh", "中文"), ("ja", "日本語")]


class ReviewForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("Your rating"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 6)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Give one to five stars."), "invalid_choice": _("Give one to five stars.")},
    )
    text = forms.CharField(
        label=_("What would you tell a friend?"),
        required=False,
        max_length=MAX_REVIEW,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def _optional_number(label: Any, help_text: Any = "", **attrs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, widget=forms.NumberInput(attrs={"min": 0, **attrs})
    )


class MealForm(forms.Form):
    """The editor. `version` is what the person saw when they began (REC-9)."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In a sentence or two"),
        help_text=_("What it is and why one would cook it."),
        required=False,
        widget=_area(2),
    )
    ingredients = forms.CharField(
        label=_("Ingredients"),
        help_text=_("One a line, as on paper: “200 g red lentils, rinsed”. A line that ends in a colon is a heading."),
        required=False,
        widget=_area(10, spellcheck="true"),
    )
    steps = forms.CharField(
        label=_("Method"),
        help_text=_("An empty line begins the next step. A short line that ends in a colon is a heading."),
        required=False,
        widget=_area(10),
    )
    notes = forms.CharField(
        label=_("Notes"), help_text=_("Storage, swaps, what to serve with it."), required=False, widget=_area(3)
    )
    servings = forms.IntegerField(
        label=_("Servings"),
        min_value=1,
        max_value=500,
        initial=2,
        required=False,
        help_text=_("Without it, nothing can be said per serving."),
    )
    prep_minutes = _optional_number(_("Preparation (min)"))
    cook_minutes = _optional_number(_("Cooking (min)"))
    minutes = _optional_number(_("Total (min)"), _("Left empty, it is the sum."))
    tags = forms.CharField(
        label=_("Tags"), help_text=_("Separated by commas: weeknight, one pot, spring"), required=False
    )
    language = forms.CharField(
        label=_("Language of the text"),
        required=False,
        widget=forms.TextInput(attrs={"list": "languages", "maxlength": 10}),
    )
    audience = forms.ChoiceField(label=_("Who may see it once published"), choices=Audience.choices)
    price = forms.DecimalField(
        label=_("Price of a portion"),
        help_text=_("Only if people can order it from you."),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    portions_per_day = _optional_number(_("Portions a day"), _("How many you can make."))
    has_own_nutrition = forms.BooleanField(
        label=_("I enter the nutrition myself"),
        help_text=_("It is marked as entered by you. Otherwise we compute it from the ingredients."),
        required=False,
    )
    declares_diets = forms.BooleanField(
        label=_("I declare the diets myself"),
        help_text=_("Otherwise we read them from the ingredients."),
        required=False,
    )
    diets = forms.MultipleChoiceField(
        label=_("It fits"), choices=Diet.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    declares_allergens = forms.BooleanField(
        label=_("I declare the allergens myself"),
        help_text=_("All of the fourteen that are in it. People with allergies rely on this."),
        required=False,
    )
    allergens = forms.MultipleChoiceField(
        label=_("It contains"), choices=Allergen.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    source_url = forms.CharField(label=_("Address of the original"), required=False, max_length=1000)
    source_name = forms.CharField(label=_("Name of the source"), required=False, max_length=200)
    source_author = forms.CharField(label=_("Original author"), required=False, max_length=200)
    source_licence = forms.CharField(label=_("Licence"), required=False, max_length=200)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self._choice("currency").choices = [(code, code) for code in settings.CURRENCIES]
        for name, label in _NUTRIENT_LABELS.items():
            self.fields[name] = forms.DecimalField(
                label=label, required=False, min_value=0, max_digits=7, decimal_places=2, localize=False
            )

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    @property
    def nutrient_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in NUTRIENTS]

    @property
    def languages(self) -> list[tuple[str, str]]:
        return _LANGUAGES

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            cleaned["content"] = clean_content(_content(cleaned))
        except InvalidMealError as error:
            for name, message in error.errors.items():
                self.add_error(_FORM_FIELDS.get(name, name), message)
        return cleaned

    @classmethod
    def initial_of(cls, content: MealContent, version: int) -> dict[str, Any]:
        """The content as it is typed."""
        given = dict(content.given())
        nutrition: Mapping[str, Decimal | None] | None = given["nutrition"]
        price: Money | None = given["price"]
        return given | {
            "ingredients": "\n".join(given["ingredients"]),
            "steps": "\n\n".join(given["steps"]),
            "tags": ", ".join(given["tags"]),
            "price": price.amount if price else None,
            "currency": str(price.currency) if price else settings.DEFAULT_CURRENCY,
            "has_own_nutrition": nutrition is not None,
            "declares_diets": given["diets"] is not None,
            "diets": sorted(given["diets"] or ()),
            "declares_allergens": given["allergens"] is not None,
            "allergens": sorted(given["allergens"] or ()),
            "version": version,
            **(nutrition or {}),
        }


# Where an error of a field of MealContent is shown, when the form calls it otherwise.
_FORM_FIELDS = {"nutrition": "has_own_nutrition"}
_AS_TYPED = (
    "title",
    "summary",
    "notes",
    "servings",
    "prep_minutes",
    "cook_minutes",
    "minutes",
    "audience",
    "portions_per_day",
    "source_url",
    "source_name",
    "source_author",
    "source_licence",
)


def _content(cleaned: Mapping[str, Any]) -> MealContent:
    price = cleaned["price"]
    return MealContent(
        **{name: cleaned[name] for name in _AS_TYPED},
        language=cleaned["language"] or "en",
        ingredients=cleaned["ingredients"].splitlines(),
        steps=split_steps(cleaned["steps"]),
        tags=cleaned["tags"].replace("，", ",").split(","),
        price=None if price is None else Money(price, cleaned["currency"] or settings.DEFAULT_CURRENCY),
        nutrition={name: cleaned[name] for name in NUTRIENTS} if cleaned["has_own_nutrition"] else None,
        diets=frozenset(cleaned["diets"]) if cleaned["declares_diets"] else None,
        allergens=frozenset(cleaned["allergens"]) if cleaned["declares_allergens"] else None,
    )


def split_steps(text: str) -> list[str]:
    """Paragraphs; without a single empty line, every line is a step."""
    normal = text.replace("\r\n", "\n").strip()
    parts = re.split(r"\n\s*\n", normal) if re.search(r"\n\s*\n", normal) else normal.split("\n")
    return [part for part in parts if part.strip()]


class ScheduleForm(forms.Form):
    """A wall time in the creator's own zone."""

    scheduled_for = forms.DateTimeField(
        label=_("Publish on"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(*args, **kwargs)
        self.fields["scheduled_for"].help_text = _("In your time zone, %(zone)s.") % {"zone": zone}

    def clean_scheduled_for(self) -> datetime:
        """The wall time typed, whatever zone the request runs in."""
        value: datetime = self.cleaned_data["scheduled_for"]
        return value.replace(tzinfo=self.zone)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class ImportForm(forms.Form):
    """One of three ways in; the one that is filled counts."""

    url = forms.URLField(
        label=_("Address of the recipe"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=_("We fetch the page once, as a visitor would. The author and the address stay with the meal."),
    )
    html = forms.CharField(
        label=_("Or paste the page's source"),
        required=False,
        max_length=5_000_000,
        widget=_area(6, spellcheck="false"),
        help_text=_("For pages that only open for you. In the browser: view source, select all, copy."),
    )
    json_ld = forms.CharField(
        label=_("Or paste JSON-LD"),
        required=False,
        max_length=5_000_000,
        widget=_area(6, spellcheck="false"),
        help_text=_("One recipe, or an export of yours with many."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.jsonld,.jsonl"}),
        help_text=_("JSON-LD (.json), or one recipe a line (.jsonl). Large files are read in the background."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("url", "html", "json_ld", "file")):
            raise forms.ValidationError(
                _("Fill one of the fields: an address, a page, JSON-LD or a file."), code="empty"
            )
        file = cleaned.get("file")
        if file and file.size > MAX_IMPORT_BYTES:
            self.add_error("file", _("This file is larger than 20 MB. Split it into smaller ones."))
        return cleaned
