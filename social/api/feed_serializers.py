"""The feed for the readers of the API reference; the answers are written by hand and held against these by tests."""

from rest_framework import serializers

from fitfoodie.common.api.serializers import PersonSerializer


class FeedWhySerializer(serializers.Serializer[None]):
    code = serializers.ChoiceField(choices=["following", "followed_by_followed", "liked", "new"])
    text = serializers.CharField(help_text="In the language of the caller.")


class FeedLineSerializer(serializers.Serializer[None]):
    id = serializers.CharField()
    kind = serializers.CharField(help_text="What can be hidden with `me/feed-mutes/{kind}`.")
    actor = PersonSerializer()
    happened_at = serializers.DateTimeField()
    why = FeedWhySerializer()
    subject_type = serializers.CharField(help_text="`meals.meal` and the like: says which shape `subject` has.")
    subject = serializers.JSONField(help_text="As in the lists of its own kind.")


class FeedKindSerializer(serializers.Serializer[None]):
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF keeps fields apart by metaclass


class FeedMutesSerializer(serializers.Serializer[None]):
    muted = serializers.ListField(child=serializers.CharField())
    kinds = FeedKindSerializer(many=True)
