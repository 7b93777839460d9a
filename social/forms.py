from django import forms
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.why import MAX_REASON
from social.validators import MAX_COMMENT


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=MAX_COMMENT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Plain words. @handle mentions somebody."),
    )
    reply_to = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The author of the comment may read it."),
    )
