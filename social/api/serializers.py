from typing import Any

from rest_framework import serializers

from fitfoodie.common.api.serializers import PersonSerializer, StrictSerializer
from social.enums import ConnectionState


class RelationSerializer(serializers.Serializer[Any]):
    """How the caller stands to the person."""

    follow = serializers.ChoiceField(choices=["none", "requested", "following"])
    follows_me = serializers.BooleanField()
    connection = serializers.ChoiceField(
        choices=["none", "requested", "asked", "friends"],
        help_text="`requested` by the caller, `asked` by the person.",
    )
    blocked = serializers.BooleanField(help_text="By the caller. Being blocked looks like an unknown person.")


class PersonTotalsSerializer(serializers.Serializer[Any]):
    followers = serializers.IntegerField()
    following = serializers.IntegerField()
    friends = serializers.IntegerField()


class FollowPersonSerializer(serializers.Serializer[Any]):
    person = PersonSerializer()
    since = serializers.DateTimeField()


class ConnectionSerializer(serializers.Serializer[Any]):
    person = PersonSerializer()
    state = serializers.ChoiceField(choices=ConnectionState.choices)
    requested_by_me = serializers.BooleanField()
    requested_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)


class PrivacySerializer(StrictSerializer):
    is_private = serializers.BooleanField()
