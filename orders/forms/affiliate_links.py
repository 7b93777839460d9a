"""What a creator types about a paid link. What may be said is decided by `validators` and the service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meals.models import Meal
from orders.services.links import MAX_LABEL
from orders.validators import MAX_UTM


class _Described(forms.Form):
    label = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=MAX_LABEL,
        help_text=_("For yourself: “in my newsletter”."),
    )
    utm_source = forms.CharField(label=_("UTM source"), required=False, max_length=MAX_UTM)
    utm_medium = forms.CharField(label=_("UTM medium"), required=False, max_length=MAX_UTM)
    utm_campaign = forms.CharField(label=_("UTM campaign"), required=False, max_length=MAX_UTM)

    def utm(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name.startswith("utm_") and value}


class LinkForm(_Described):
    meal = forms.ChoiceField(label=_("To which meal"), required=False)
    path = forms.CharField(
        label=_("Or to which page"),
        required=False,
        max_length=500,
        help_text=_("A page of this site, such as /meals/."),
    )
    code = forms.CharField(
        label=_("Code"), required=False, max_length=20, help_text=_("Left empty, we choose a short one.")
    )

    field_order = ("meal", "path", "code", "label", "utm_source", "utm_medium", "utm_campaign")

    def __init__(self, *args: Any, creator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Meal.objects.public().filter(creator=creator).order_by("title").values_list("slug", "title")
        field: Any = self.fields["meal"]
        field.choices = [("", _("Another page")), *own[:200]]


class LinkChangeForm(_Described):
    pass
