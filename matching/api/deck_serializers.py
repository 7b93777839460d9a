"""What the deck's endpoints take and answer, for the reference; answers go from rows to bytes."""

from typing import Any

from rest_framework import serializers

from fitfoodie.common.api.serializers import PersonSerializer, StrictSerializer
from matching.enums import Verb


class ComponentsSerializer(serializers.Serializer[Any]):
    level = serializers.IntegerField(min_value=0, max_value=100)
    interests = serializers.IntegerField(min_value=0, max_value=100)
    location = serializers.IntegerField(min_value=0, max_value=100)
    schedule = serializers.IntegerField(min_value=0, max_value=100)
    history = serializers.IntegerField(min_value=0, max_value=100, help_text="The caller's own view: what they liked.")


class WeekSlotSerializer(serializers.Serializer[Any]):
    day = serializers.IntegerField(min_value=0, max_value=6, help_text="0 is Monday.")
    starts = serializers.CharField(help_text="HH:MM")
    ends = serializers.CharField(help_text="HH:MM")


class SharedSportSerializer(serializers.Serializer[Any]):
    sport = serializers.CharField()
    name = serializers.CharField()
    my_level = serializers.IntegerField(min_value=1, max_value=3)
    their_level = serializers.IntegerField(min_value=1, max_value=3)


class PartnerSerializer(serializers.Serializer[Any]):
    user = PersonSerializer()
    score = serializers.IntegerField(
        min_value=0, max_value=100, help_text="In the caller's eyes: the sum of the components."
    )
    components = ComponentsSerializer()
    reasons = serializers.ListField(child=serializers.CharField())
    raises = serializers.ListField(
        child=serializers.CharField(), help_text="What the caller could say of themselves that would raise this."
    )
    distance_band = serializers.CharField(help_text="Never more exact than this.")
    common_slots = WeekSlotSerializer(many=True)
    sports = SharedSportSerializer(many=True)
    super_liked_me = serializers.BooleanField()


class DeckMetaSerializer(serializers.Serializer[Any]):
    model = serializers.CharField(allow_null=True, help_text="What ranked these; null when there is nobody.")
    is_fallback = serializers.BooleanField(help_text="The rules stood in for a model that was missing or slow.")


class PartnerPageSerializer(serializers.Serializer[Any]):
    results = PartnerSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True, help_text="Always null: what was seen is not dealt again.")
    meta = DeckMetaSerializer()


class NextSlotSerializer(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    timezone = serializers.CharField()


class MatchSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    user = PersonSerializer()
    matched_at = serializers.DateTimeField()
    next_slot = NextSlotSerializer(allow_null=True, help_text="When both train next; null without a time in common.")


class SuperLikeSerializer(serializers.Serializer[Any]):
    user = PersonSerializer()
    liked_at = serializers.DateTimeField()
    sports = SharedSportSerializer(many=True)


class ActionInputSerializer(StrictSerializer):
    handle = serializers.CharField(max_length=100)
    action = serializers.ChoiceField(choices=Verb.choices)
    for_good = serializers.BooleanField(
        required=False, default=False, help_text="With `pass`: never show them again. Else they may return later."
    )


class ActionAnswerSerializer(serializers.Serializer[Any]):
    mutual = serializers.BooleanField()
    match = MatchSerializer(allow_null=True)


class UndoAnswerSerializer(serializers.Serializer[Any]):
    handle = serializers.CharField()
    action = serializers.ChoiceField(choices=Verb.choices, help_text="What was taken back.")
