from django import forms
from django.utils.translation import gettext_lazy as _

from chat.validators import MAX_MESSAGE


class MessageForm(forms.Form):
    """`client_id` is drawn when the page is: a form sent twice is one message (CHT-1)."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=MAX_MESSAGE,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off"}),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)


class EditForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"), max_length=MAX_MESSAGE, strip=True, widget=forms.Textarea(attrs={"rows": 4})
    )
