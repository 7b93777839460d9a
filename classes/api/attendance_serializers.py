from typing import Any

from rest_framework import serializers

from classes.enums import FeeState, RatingState, RsvpStatus
from classes.validators import MAX_DISPUTE, MAX_RATING_TEXT
from fitfoodie.common.api.serializers import PersonSerializer, StrictSerializer


class RatingInputSerializer(StrictSerializer):
    stars = serializers.IntegerField(min_value=1, max_value=5)
    text = serializers.CharField(max_length=MAX_RATING_TEXT, allow_blank=True, required=False, default="")


class RatingReplySerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    replied_at = serializers.DateTimeField()


class RatingOfClassSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    author = PersonSerializer(allow_null=True, help_text="Null of somebody who left for good.")
    stars = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True)
    rated_at = serializers.DateTimeField()
    state = serializers.ChoiceField(RatingState.choices, help_text="`waiting` is seen by its author alone.")
    reply = RatingReplySerializer(allow_null=True)


class CheckInSerializer(StrictSerializer):
    code = serializers.CharField(max_length=20, required=False, help_text="Scanned or typed.")
    booking = serializers.CharField(max_length=12, required=False, help_text="From the roster, instead of a code.")
    scanned_at = serializers.DateTimeField(required=False, help_text="When it was scanned without a network.")

    def validate(self, attrs: Any) -> Any:
        if ("code" in attrs) == ("booking" in attrs):
            raise serializers.ValidationError("Give either a code or a booking.")
        return attrs


class AttendedSeatSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    user = PersonSerializer(allow_null=True)
    status = serializers.ChoiceField(RsvpStatus.choices)
    checked_in_at = serializers.DateTimeField(allow_null=True)
    checked_in_by = serializers.CharField(allow_null=True, help_text="A handle.")


class CheckedInSerializer(AttendedSeatSerializer):
    is_new = serializers.BooleanField(help_text="False when somebody was first: the answer says who and when.")


class AttendeeSerializer(serializers.Serializer[Any]):
    user = PersonSerializer(allow_null=True)
    is_hidden = serializers.BooleanField(help_text="From the other people of the class; true only on oneself.")


class HideSerializer(StrictSerializer):
    is_hidden = serializers.BooleanField()


class SessionLineSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    studio = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    timezone = serializers.CharField()


class FeeSerializer(serializers.Serializer[Any]):
    amount = serializers.CharField()
    currency = serializers.CharField()
    state = serializers.ChoiceField(FeeState.choices)
    charged_from = serializers.DateTimeField(allow_null=True)


class PastSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    status = serializers.ChoiceField(RsvpStatus.choices)
    checked_in_at = serializers.DateTimeField(allow_null=True)
    stars = serializers.IntegerField(allow_null=True, help_text="One's own rating.")
    fee = FeeSerializer(allow_null=True)
    is_disputed = serializers.BooleanField()

    def get_fields(self) -> dict[str, Any]:
        # A word of Python cannot be an attribute.
        return {**super().get_fields(), "class": SessionLineSerializer()}


class AttendanceTotalsSerializer(serializers.Serializer[Any]):
    classes = serializers.IntegerField()
    hours = serializers.FloatField()
    streak_weeks = serializers.IntegerField()
    missed = serializers.IntegerField()


class DisputeSerializer(StrictSerializer):
    text = serializers.CharField(max_length=MAX_DISPUTE)
