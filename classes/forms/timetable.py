"""Forms of the timetable: shape only, what is right the services say. Nobody types a rule."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from classes.enums import ClassLevel
from classes.models import ClassType, Room, Series, Session, Studio
from classes.models.session import MAX_CAPACITY, MAX_MINUTES
from classes.recurrence import MAX_OCCURRENCES, Repeat, Rule, RuleError, parse
from classes.recurrence.rule import MAX_INTERVAL

NEVER, UNTIL, COUNT = "never", "until", "count"


class RoomChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # of rooms
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.studio.name} · {obj.name} ({obj.capacity})"


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # of people
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name or obj.handle)


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class PlacedForm(forms.Form):
    """When, where and by whom."""

    day = day_field(_("Day"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=MAX_MINUTES, required=False)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MAX_CAPACITY, required=False)
    room = RoomChoice(Room.objects.none(), label=_("Room"), required=False, empty_label=_("No room"))
    instructor = PersonChoice(User.objects.none(), label=_("Instructor"), required=False, empty_label=_("Nobody yet"))
    title = forms.CharField(label=_("Title"), max_length=120, required=False)

    def __init__(self, *args: Any, studios: Sequence[Studio], teachers: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.use_required_attribute = False
        rooms = Room.objects.in_chain(studios[0].chain_id) if studios else Room.objects.none()
        rooms = (
            rooms.filter(studio__in=studios, is_active=True).select_related("studio").order_by("studio__name", "name")
        )
        self.field("room").queryset, self.field("instructor").queryset = rooms, teachers

    def field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def starts_local(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])

    @property
    def about(self) -> dict[str, Any]:
        """What is said otherwise than by the class type."""
        title = self.cleaned_data["title"].strip()
        return {"title": title} if title else {}


class NewClassForm(PlacedForm):
    class_type = forms.ModelChoiceField(ClassType.objects.none(), label=_("Class"), empty_label=_("Choose a class"))
    studio = forms.ModelChoiceField(Studio.objects.none(), label=_("Studio"), empty_label=_("Choose a studio"))
    field_order: Sequence[str] = (
        "class_type",
        "studio",
        "room",
        "instructor",
        "day",
        "time",
        "minutes",
        "capacity",
        "title",
    )

    def __init__(self, *args: Any, studios: Sequence[Studio], teachers: Any, chain: Any, **given: Any) -> None:
        super().__init__(*args, studios=studios, teachers=teachers, **given)
        self.field("studio").queryset = Studio.objects.in_chain(chain).filter(pk__in=[one.pk for one in studios])
        kinds = ClassType.objects.in_chain(chain).filter(is_active=True).order_by("title")
        self.field("class_type").queryset = kinds
        for name in ("minutes", "capacity", "title"):
            self.fields[name].help_text = _("Empty: as the class says.")
        if len(studios) == 1:
            self.fields["studio"].initial = studios[0].pk

    def arguments(self) -> dict[str, Any]:
        """For `schedule_session`."""
        data = self.cleaned_data
        names = ("class_type", "studio", "room", "instructor")
        given = {name: data[name] for name in ("minutes", "capacity") if data[name] is not None}
        return {name: data[name] for name in names} | {"starts_local": self.starts_local} | given | self.about


class NewSeriesForm(NewClassForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"), choices=list(WEEKDAYS.items()), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    every_weeks = forms.IntegerField(label=_("Every how many weeks"), min_value=1, max_value=MAX_INTERVAL, initial=1)
    ends = forms.ChoiceField(
        label=_("Ends"),
        choices=[(NEVER, _("Not yet")), (UNTIL, _("After a last day")), (COUNT, _("After a number of times"))],
        initial=NEVER,
        widget=forms.RadioSelect,
    )
    until = day_field(_("Last day"), required=False)
    count = forms.IntegerField(label=_("How many times"), min_value=1, max_value=MAX_OCCURRENCES, required=False)
    skips_clashes = forms.BooleanField(
        label=_("Leave out the dates on which room or instructor is taken"), required=False
    )
    field_order = (*NewClassForm.field_order, "weekdays", "every_weeks", "ends", "until", "count", "skips_clashes")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["day"].label = _("From")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ends = data.get("ends")
        if ends == UNTIL and not data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Which day is the last?"))
        if ends == COUNT and not data.get("count") and "count" not in self.errors:
            self.add_error("count", _("How many times?"))
        return data

    def rule(self) -> Rule:
        """Raises RuleError."""
        data = self.cleaned_data
        until = data["until"] if data["ends"] == UNTIL else None
        count = data["count"] if data["ends"] == COUNT else None
        return Repeat(data["weekdays"], data["every_weeks"], count, until).rule()

    def columns(self) -> dict[str, Any]:
        """Of the series, besides rule and first time."""
        data, kind = self.cleaned_data, self.cleaned_data["class_type"]
        placed = {name: data[name] for name in ("class_type", "studio", "room", "instructor")}
        sizes = {name: data[name] or getattr(kind, name) for name in ("minutes", "capacity")}
        return placed | sizes | {"about": self.about}

    def add_rule_error(self, error: RuleError) -> None:
        self.add_error("weekdays", error.message)


class SessionForm(PlacedForm):
    """One class, and how far the change goes."""

    level = forms.ChoiceField(label=_("Level"), choices=ClassLevel.choices)
    equipment = forms.CharField(label=_("Bring"), max_length=300, required=False)
    online_url = forms.URLField(label=_("Link to join online"), max_length=500, required=False, assume_scheme="https")
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the series"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Days count for this and the following, or for all."),
    )
    scope = forms.ChoiceField(
        label=_("What do you want to change?"),
        choices=[
            ("this", _("This class alone")),
            ("following", _("This and the following")),
            ("all", _("All that are still to come")),
        ],
        initial="this",
        widget=forms.RadioSelect,
    )
    # The version that was on the screen, so that nobody overwrites what somebody else just changed.
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("title", "day", "time", "minutes", "room", "instructor", "capacity", "level", "equipment")

    def __init__(self, *args: Any, session: Session, now_at: dict[str, Any], **given: Any) -> None:
        self.session, self.now_at = session, now_at
        super().__init__(*args, initial=initial_of(session, now_at), **given)
        for name in ("minutes", "capacity", "title"):
            self.fields[name].required = True
        if session.series is None:
            del self.fields["scope"]
        if session.series is None or parse(session.series.rule).weekdays is None:
            del self.fields["weekdays"]

    @property
    def reach(self) -> str:
        return str(self.cleaned_data.get("scope", "this"))

    def changes(self) -> dict[str, Any]:
        """Only what is other than it was."""
        data = self.cleaned_data | {"starts_local": self.starts_local}
        changed = {name: data[name] for name in self.now_at if name in data and data[name] != self.now_at[name]}
        return changed | self._days()

    def _days(self) -> dict[str, Any]:
        series = self.session.series
        if series is None or self.reach == "this" or "weekdays" not in self.fields:
            return {}
        chosen, rule = tuple(self.cleaned_data["weekdays"]), parse(series.rule)
        if not chosen or chosen == usual_weekdays(series):
            return {}
        return {"rule": str(Repeat(chosen, rule.interval, until=last_day(series)).rule())}


def usual_weekdays(series: Series) -> tuple[int, ...]:
    rule = parse(series.rule)
    return rule.weekdays or (date.fromisoformat(series.starts_local[:10]).weekday(),)


def last_day(series: Series) -> date | None:
    """With other weekdays it ends on the day on which it would have ended."""
    rule = parse(series.rule)
    if rule.count is None:
        return rule.until
    weeks = -(-rule.count // len(usual_weekdays(series))) * rule.interval
    return date.fromisoformat(series.starts_local[:10]) + timedelta(weeks=weeks)


def initial_of(session: Session, now_at: dict[str, Any]) -> dict[str, Any]:
    starts = now_at["starts_local"]
    shown = {name: value for name, value in now_at.items() if name not in {"room", "instructor"}}
    shown |= {"day": starts.date(), "time": starts.time(), "version": session.version}
    shown |= {"room": session.room_id, "instructor": session.instructor_id}
    if session.series is not None:
        shown["weekdays"] = usual_weekdays(session.series)
    return shown


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who booked reads it."),
    )
