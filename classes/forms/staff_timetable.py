"""Forms of the back office for many classes at once."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from accounts.models import User
from classes.models import ClassType, Room, Studio
from classes.recurrence import Repeat
from classes.services.session_rows import LOCAL_FORM
from fitfoodie.common.why import MAX_REASON


def _reason(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=help_text,
    )


class CancelManyForm(forms.Form):
    reason = _reason(_("Everybody who booked reads it."))


class SwapManyForm(forms.Form):
    instructor = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Instructor"),
        widget=UnfoldAdminSelectWidget,
        required=False,
        help_text=_("Left empty, nobody gives them for now."),
    )
    reason = _reason(_("Kept in the audit trail."))

    def __init__(self, *args: Any, teachers: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field: Any = self.fields["instructor"]
        field.queryset = teachers


class SeriesOfTypesForm(forms.Form):
    """The same weekdays for several class types, one after the other on each day."""

    class_types = forms.ModelMultipleChoiceField(ClassType.objects.none(), label=_("Class types"))
    studio = forms.ModelChoiceField(Studio.objects.none(), label=_("Studio"), widget=UnfoldAdminSelectWidget)
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), widget=UnfoldAdminSelectWidget, required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"), choices=list(WEEKDAYS.items()), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.DateTimeField(
        label=_("First time"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=UnfoldAdminTextInputWidget(attrs={"placeholder": "2026-06-16 18:00"}),
        help_text=_("On the clocks of the studio; each further class type begins where the one before it ends."),
    )
    count = forms.IntegerField(
        label=_("How many times"), min_value=1, max_value=400, required=False, widget=UnfoldAdminTextInputWidget
    )

    reason = _reason(_("Kept in the audit trail."))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        rows: dict[str, Any] = {
            "class_types": ClassType.objects.across_chains().filter(is_active=True).order_by("chain_id", "title"),
            "studio": Studio.objects.across_chains().filter(is_active=True).order_by("name"),
            "room": Room.objects.across_chains().filter(is_active=True).order_by("studio_id", "name"),
        }
        for name, queryset in rows.items():
            field: Any = self.fields[name]
            field.queryset = queryset

    @property
    def first(self) -> datetime:
        """Naive: the clocks are the studio's."""
        text = self.data["starts"].replace(" ", "T")
        return datetime.strptime(text, LOCAL_FORM)  # noqa: DTZ007  wall time

    @property
    def rule(self) -> str:
        return str(Repeat(self.cleaned_data["weekdays"], count=self.cleaned_data["count"]).rule())
