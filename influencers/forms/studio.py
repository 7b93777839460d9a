from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from meals.enums import Audience
from social.enums import WhoMayComment

BULK_CHOICES = [
    ("publish", _("Publish now")),
    ("schedule", _("Publish later")),
    ("archive", _("Archive")),
    ("restore", _("Restore as drafts")),
    ("audience", _("Change who may see it")),
    ("comments", _("Change who may comment")),
    ("tag", _("Add a tag")),
]


class BulkForm(forms.Form):
    """What to do with the chosen ones. Of the other fields only the one that the action needs is read."""

    action = forms.ChoiceField(label=_("What to do"), choices=BULK_CHOICES)
    scheduled_for = forms.DateTimeField(
        label=_("Publish on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    audience = forms.ChoiceField(label=_("Who may see it"), choices=Audience.choices, required=False)
    comments = forms.ChoiceField(label=_("Who may comment"), choices=WhoMayComment.choices, required=False)
    tag = forms.CharField(label=_("Tag"), max_length=60, required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(*args, **kwargs)
        self.fields["scheduled_for"].help_text = _("In your time zone, %(zone)s.") % {"zone": zone}

    def clean_scheduled_for(self) -> datetime | None:
        """The wall time typed, whatever zone the request runs in."""
        value: datetime | None = self.cleaned_data["scheduled_for"]
        return value.replace(tzinfo=self.zone) if value else None

    def value(self) -> Any:
        """What the action needs beside its name."""
        name = self.cleaned_data["action"]
        return self.cleaned_data.get("scheduled_for" if name == "schedule" else name)
