"""The fields that every way of signing up shares. In a module of its own because allauth inherits from it on import."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.auth.handles import is_handle_taken
from accounts.models import User
from accounts.validators import validate_handle


class JoinForm(forms.Form):
    """Apps may send an e-mail address and a password alone; name and handle are then made from the address."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        required=False,
        help_text=_("As others will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    handle = forms.CharField(
        label=_("Handle"),
        max_length=30,
        required=False,
        help_text=_("Your address here, like maya_cooks. Leave it empty and we make one from your name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"].strip().removeprefix("@").lower()
        if handle:
            validate_handle(handle)
            if is_handle_taken(handle):
                raise forms.ValidationError(_("Somebody has this handle already. Try another."), code="handle_taken")
        return str(handle)

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth asks for this hook; the service has done everything by now."""

    def joining_fields(self) -> dict[str, Any]:
        return {"name": self.cleaned_data.get("name", ""), "handle": self.cleaned_data.get("handle", "")}
