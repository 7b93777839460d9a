"""What the gallery of components shows: invented content with the hard cases, long titles, no photo, no figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class GalleryForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As others shall see it."))
    email = forms.EmailField(label=_("E-mail address"))
    about = forms.CharField(label=_("About me"), required=False, widget=forms.Textarea)
    level = forms.ChoiceField(label=_("Training level"), choices=[("new", _("New to it")), ("regular", _("Regular"))])
    diets = forms.MultipleChoiceField(
        label=_("How I eat"),
        required=False,
        choices=[("vegan", _("Vegan")), ("halal", _("Halal"))],
        widget=forms.CheckboxSelectMultiple,
    )
    terms = forms.BooleanField(label=_("I have read the terms"))


SUGGESTIONS = ["Lentil bowl", "Lentil soup", "Lemon chicken", "Oats"]
CREATOR = {"name": "Chef Ines Moreau", "handle": "ines", "url": "#type", "verified": True}
FIGURES: dict[str, Any] = {"url": "#type", "calories": 512, "protein": 34, "minutes": 25}


def gallery_context() -> dict[str, Any]:
    return {
        "form": GalleryForm({"name": "Maya", "email": "not an address", "level": "new"}),
        "meals": [
            {"title": "Lentil bowl with roast carrots", "creator": CREATOR, "rating_average": 4.6, "rating_count": 128}
            | FIGURES
            | {"price": "€ 8.50", "diets": [_("Vegan"), _("High protein")]},
            {
                "title": "Grandmother's slow Sunday chicken with preserved lemon, green olives and far too many herbs",
                "creator": {"name": "Leo"},
                "calories": None,
                "url": "#type",
                "minutes": 140,
            },
            {"title": "番茄炒蛋", "creator": {"name": "Wei"}, "rating_average": 5, "rating_count": 1} | FIGURES,
            {"title": "Oats", **FIGURES, "calories": 0, "protein": 0, "minutes": 5},
        ],
        "people": [
            {"name": "Chef Ines Moreau", "handle": "ines", "url": "#type", "verified": True},
            {"name": "Maya Lindqvist", "handle": "maya", "url": "#type"},
            {"name": "小明", "handle": "xiaoming", "url": "#type"},
            {"name": "Bartholomew Featherstonehaugh-Cholmondeley", "handle": "bart", "url": "#type"},
        ],
        "bars": [("Mon", 1840), ("Tue", 2110), ("Wed", 1960), ("Thu", None), ("Fri", 2380), ("Sat", 0), ("Sun", 1720)],
        "line": [("Jan", 74.2), ("Feb", 73.8), ("Mar", 73.9), ("Apr", None), ("May", 72.6), ("Jun", 72.1)],
        "facts": {"calories": 512, "protein": 34.2, "carbs": 58, "sugar": 9.4, "fat": 14, "salt": None, "fiber": 12},
    }
