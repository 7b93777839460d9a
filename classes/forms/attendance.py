from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classes.enums import PeerTag
from classes.validators import MAX_DISPUTE, MAX_PEER_TEXT, MAX_RATING_TEXT, MAX_REPLY
from fitfoodie.common.why import MAX_REASON


def _words(label: Any, limit: int, *, rows: int = 4, help_text: Any = "", required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=limit, widget=widget, help_text=help_text, required=required)


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("Your rating"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 6)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Give one to five stars."), "invalid_choice": _("Give one to five stars.")},
    )
    text = _words(
        _("How was it?"), MAX_RATING_TEXT, help_text=_("Everybody can read it. Leave out names, numbers and links.")
    )


class PeerReviewForm(forms.Form):
    tags = forms.MultipleChoiceField(
        label=_("What fits?"), choices=PeerTag.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    text = _words(_("A word to them"), MAX_PEER_TEXT, rows=3)


class DisputeForm(forms.Form):
    text = _words(_("What happened?"), MAX_DISPUTE, required=True)


class ReplyForm(forms.Form):
    text = _words(_("Your answer"), MAX_REPLY, rows=3, help_text=_("Everybody can read it. Empty takes it back."))


class FeeForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("waive", _("Let the fee go")),
            ("was_there", _("They were there: let it go and correct the list")),
            ("charge", _("Charge the fee")),
        ],
        widget=forms.RadioSelect,
    )
    reason = _words(_("Why"), MAX_REASON, rows=2, help_text=_("The person reads it."), required=True)
