from rest_framework import serializers

from fitfoodie.common.api.serializers import StrictSerializer


class NotificationSerializer(serializers.Serializer[dict[str, object]]):
    id = serializers.CharField(help_text="Opaque.")
    kind = serializers.CharField(help_text="What happened, for a program: `classes.offered`.")
    text = serializers.CharField(help_text="What happened, for a person, in their language.")
    detail = serializers.CharField(allow_blank=True)
    why = serializers.CharField(help_text="Completes “You get this because …”.", allow_blank=True)
    url = serializers.CharField(help_text="Path of the page of the thing.")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class ReadSerializer(StrictSerializer):
    """Some by their ids, or all that came up to an instant."""

    ids = serializers.ListField(child=serializers.CharField(max_length=12), max_length=100, required=False)
    before = serializers.DateTimeField(required=False, help_text="Everything up to then; news since stays news.")

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        if ("ids" in attrs) == ("before" in attrs):
            raise serializers.ValidationError({"ids": ["Give either ids or before."]})
        return attrs


class UnreadSerializer(serializers.Serializer[dict[str, object]]):
    unread = serializers.IntegerField(help_text="At most 100; then it is “99+”.")
