"""What hosts send to the timetable, and what it answers them."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.sports import Sport
from classes.enums import ClassLevel, Intensity, SessionStatus
from classes.models import Series, Session
from classes.models.session import MAX_CAPACITY, MAX_MINUTES
from classes.recurrence import in_words
from classes.services.series import first_of, rule_of
from classes.services.series_edits import SCOPES
from classes.services.session_rows import LOCAL_FORM
from fitfoodie.common.api.serializers import StrictSerializer

_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


@extend_schema_field({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"})
class LocalTimeField(serializers.Field[datetime, str, str, Any]):
    """Year to minute on the clocks of the studio, without an offset: `2026-06-16T18:00`."""

    default_error_messages = {"local": "Say it as on the clocks of the studio, without an offset: 2026-06-16T18:00."}

    def to_internal_value(self, data: Any) -> datetime:
        if not isinstance(data, str) or not _LOCAL.fullmatch(data):
            self.fail("local")
        try:
            return datetime.strptime(data, LOCAL_FORM)  # noqa: DTZ007  wall time
        except ValueError:
            self.fail("local")

    def to_representation(self, value: datetime) -> str:
        return value.strftime(LOCAL_FORM)


class AboutInput(StrictSerializer):
    """What may differ from class to class; what is not sent is as the class type says, or stays."""

    title = serializers.CharField(max_length=120, required=False)
    description = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    interests = serializers.ListField(child=serializers.ChoiceField(choices=Sport.choices), required=False)
    level = serializers.ChoiceField(choices=ClassLevel.choices, required=False)
    intensity = serializers.ChoiceField(choices=Intensity.choices, required=False)
    equipment = serializers.CharField(max_length=300, allow_blank=True, required=False)
    price = serializers.DecimalField(
        max_digits=9,
        decimal_places=2,
        min_value=0,
        allow_null=True,
        required=False,
        help_text="In the currency of the chain; null is free.",
    )
    online_url = serializers.URLField(max_length=500, allow_blank=True, required=False)
    minutes = serializers.IntegerField(min_value=5, max_value=MAX_MINUTES, required=False)
    capacity = serializers.IntegerField(min_value=1, max_value=MAX_CAPACITY, required=False)
    room = serializers.CharField(allow_null=True, required=False, help_text="Id of a room of the studio.")
    instructor = serializers.CharField(
        allow_null=True, required=False, help_text="Handle of somebody who teaches here."
    )


class NewClassInput(AboutInput):
    studio = serializers.CharField(help_text="Id.")
    class_type = serializers.CharField(help_text="Id.")
    starts_local = LocalTimeField(help_text="On the clocks of the studio.")


class NewSeriesInput(NewClassInput):
    rule = serializers.CharField(
        max_length=300, help_text="RRULE (RFC 5545) with FREQ=DAILY, WEEKLY or MONTHLY: `FREQ=WEEKLY;BYDAY=MO,WE`."
    )
    skip_clashes = serializers.BooleanField(
        default=False, help_text="Leave out dates on which room or instructor is taken instead of refusing."
    )


class ClassEditInput(AboutInput):
    starts_local = LocalTimeField(required=False, help_text="For more than this class only the time of day may change.")
    rule = serializers.CharField(max_length=300, required=False, help_text="Other days, for `following` and `all`.")
    scope = serializers.ChoiceField(choices=SCOPES, default="this")


class HostClassSerializer(serializers.Serializer[Any]):
    """A class as its host keeps it."""

    id = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=SessionStatus.choices)
    studio = serializers.CharField(help_text="Id.")
    room = serializers.CharField(allow_null=True, help_text="Id.")
    instructor = serializers.CharField(allow_null=True, help_text="Handle.")
    series = serializers.CharField(allow_null=True, help_text="Id.")
    starts_local = serializers.CharField(help_text="On the clocks of the studio.")
    timezone = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    capacity = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    waitlisted = serializers.IntegerField()
    over_by = serializers.IntegerField(help_text="So many more people have a seat than there are.")
    guaranteed = serializers.BooleanField()
    moved_at = serializers.DateTimeField(allow_null=True)
    cancel_reason = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class SeriesSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    studio = serializers.CharField(help_text="Id.")
    class_type = serializers.CharField(help_text="Id.")
    rule = serializers.CharField()
    words = serializers.CharField(help_text="The rule as one would say it.")
    starts_local = serializers.CharField()
    timezone = serializers.CharField()
    ended_on = serializers.DateField(allow_null=True, help_text="The first day that is no longer of it.")
    continues = serializers.CharField(allow_null=True, help_text="Id of the series it goes on from.")
    classes = serializers.ListField(child=serializers.CharField(), help_text="Ids of those to come, the next first.")


def host_class(session: Session) -> dict[str, Any]:
    return {
        "id": session.public_id,
        "title": session.title,
        "status": session.status,
        "studio": session.studio.public_id,
        "room": session.room.public_id if session.room else None,
        "instructor": session.instructor.handle if session.instructor else None,
        "series": session.series.public_id if session.series else None,
        "starts_local": session.starts_local,
        "timezone": session.time_zone,
        "starts_at": session.starts_at.astimezone(ZoneInfo("UTC")),
        "ends_at": session.ends_at.astimezone(ZoneInfo("UTC")),
        "capacity": session.capacity,
        "confirmed": session.confirmed,
        "waitlisted": session.waitlisted,
        "over_by": session.over_by,
        "guaranteed": session.guaranteed_at is not None,
        "moved_at": session.moved_at,
        "cancel_reason": session.cancel_reason,
        "version": session.version,
    }


def series_document(series: Series, *, now: datetime) -> Mapping[str, Any]:
    ahead = series.sessions.filter(starts_at__gt=now, cancelled_at=None).order_by("starts_at")
    return {
        "id": series.public_id,
        "studio": series.studio.public_id,
        "class_type": series.class_type.public_id,
        "rule": series.rule,
        "words": in_words(rule_of(series), first_of(series).date()),
        "starts_local": series.starts_local,
        "timezone": series.time_zone,
        "ended_on": series.ended_on,
        "continues": series.continues.public_id if series.continues else None,
        "classes": list(ahead.values_list("public_id", flat=True)),
    }
