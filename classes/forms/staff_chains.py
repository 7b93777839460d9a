"""Forms of the back office: a chain opened for its owner, and what is the house's to change."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from accounts.models import User
from classes.models import Chain


def _text(label: Any, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=UnfoldAdminTextInputWidget, **given)


class ChainForm(forms.Form):
    """`about` is what the service is told."""

    name = _text(_("Name"), max_length=120)
    slug = _text(_("Address"), max_length=60, help_text=_("As in /chains/address/. It stays when the name changes."))
    currency = forms.ChoiceField(label=_("Currency"), widget=UnfoldAdminSelectWidget)
    domain = _text(
        _("Domain"),
        max_length=253,
        required=False,
        help_text=_("On it the site shows this chain alone. It must be theirs and lead here (docs/classes.md)."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        currency: Any = self.fields["currency"]
        currency.choices = [(code, code) for code in settings.CURRENCIES]

    def about(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "slug", "currency", "domain")}


class NewChainForm(ChainForm):
    owner = _text(_("Owner"), max_length=31, help_text=_("Handle of the person who owns it. Staff are hired by them."))
    field_order = ("name", "slug", "owner")

    def clean_owner(self) -> User:
        handle = str(self.cleaned_data["owner"]).strip().removeprefix("@").lower()
        owner = User.objects.filter(handle=handle, is_active=True).first()
        if owner is None:
            raise forms.ValidationError(_("Nobody with this handle is here."))
        return owner


def initial_of(chain: Chain) -> dict[str, Any]:
    return {name: getattr(chain, name) or "" for name in ("name", "slug", "currency", "domain")}
