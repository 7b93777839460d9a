from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fitfoodie.moderation.enums import Category
from fitfoodie.moderation.services.report import Complaint
from fitfoodie.moderation.validators import MAX_NOTE


class ReportForm(forms.Form):
    category = forms.ChoiceField(label=_("What is wrong?"), choices=Category.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What should we look at? Only our moderators read it."),
    )

    def complaint(self) -> Complaint:
        return Complaint(**self.cleaned_data)


class VisitorReportForm(ReportForm):
    """Without an account: what breaks the law (MOD-11)."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("If we may write to you. It is erased some time after our decision."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(Category.ILLEGAL.value, Category.ILLEGAL.label)]  # type: ignore[attr-defined]  # of a ChoiceField
        self.fields["category"].initial = Category.ILLEGAL.value
        self.fields["note"].label = _("Which law, and why?")
        self.fields["note"].required = True
