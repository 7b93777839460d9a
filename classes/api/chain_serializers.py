"""The declared forms of chains, studios and staff."""

from typing import Any

from rest_framework import serializers

from classes.enums import StaffRole
from fitfoodie.common.api.serializers import PersonSerializer, StrictSerializer


class ChainSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    about = serializers.CharField(allow_blank=True)
    colour = serializers.CharField(allow_blank=True, help_text="Of the brand, as #1F6B45; may be empty.")
    currency = serializers.CharField(help_text="ISO 4217: what prices of this chain are in.")
    timezone = serializers.CharField()


class StudioSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    about = serializers.CharField(allow_blank=True)
    chain = serializers.CharField(help_text="Slug of its chain.")
    street = serializers.CharField(allow_blank=True)
    city = serializers.CharField()
    country = serializers.CharField(allow_blank=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    timezone = serializers.CharField()


class StaffSerializer(serializers.Serializer[Any]):
    person = PersonSerializer()
    role = serializers.ChoiceField(choices=StaffRole.choices)
    studio = serializers.CharField(allow_null=True, help_text="Id of the only studio in which it counts; null is all.")
    since = serializers.DateTimeField()


class StaffListSerializer(serializers.Serializer[Any]):
    staff = StaffSerializer(many=True)


class StaffRequestSerializer(StrictSerializer):
    role = serializers.ChoiceField(choices=StaffRole.choices)
    studio = serializers.CharField(required=False, allow_null=True, help_text="Id of a studio of the chain.")
    reason = serializers.CharField(max_length=500, help_text="Kept, and shown to the person.")
