from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import LinesField
from influencers.models.verification import MAX_STATEMENT
from influencers.services.verification import Evidence
from influencers.validators import MAX_SOCIALS, validate_website


class ApplicationForm(forms.Form):
    legal_name = forms.CharField(
        label=_("Your name as on your documents"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Only reviewers see it."),
    )
    statement = forms.CharField(
        label=_("Who you are, and where people know you from"),
        max_length=MAX_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A book, a show, a restaurant, a channel: whatever lets us find you."),
    )
    website = forms.CharField(
        label=_("Your website"),
        max_length=200,
        required=False,
        validators=[validate_website],
        widget=forms.URLInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    socials = LinesField(
        label=_("Your profiles elsewhere"),
        max_length=1100,
        required=False,
        help_text=_("One address a line, up to %(count)d, each beginning with https://") % {"count": MAX_SOCIALS},
    )
    id_reference = forms.CharField(
        label=_("Reference of an identity document"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("If we have to ask an office. Never shown to others, and erased thirty days after the decision."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("website") and not cleaned.get("socials"):
            self.add_error(
                "website", _("Name your website or a profile elsewhere: it shows that you are who people know.")
            )
        return cleaned

    def evidence(self) -> Evidence:
        return Evidence(**self.cleaned_data)


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("What was overlooked?"),
        max_length=MAX_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Once for each decision. Somebody else answers it."),
    )
