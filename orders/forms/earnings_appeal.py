from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models.freeze import MAX_APPEAL


class EarningsAppealForm(forms.Form):
    text = forms.CharField(
        label=_("What was overlooked?"),
        max_length=MAX_APPEAL,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Once for each decision. Somebody else answers it."),
    )
