"""The declared form of a class as it is read; the answers themselves are made in `shapes`."""

from typing import Any

from rest_framework import serializers

from accounts.sports import Sport
from classes.enums import ClassFormat, ClassLevel, Intensity, RsvpStatus, SessionStatus
from fitfoodie.common.api.serializers import MoneySerializer, PersonSerializer


class ChainNameSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()


class StudioCardSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField(allow_blank=True, help_text="ISO 3166-1 alpha-2, or empty.")
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    chain = ChainNameSerializer()


class ClassRatingSerializer(serializers.Serializer[Any]):
    average = serializers.FloatField(allow_null=True, help_text="Null below three ratings.")
    count = serializers.IntegerField()


class MyRsvpSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=RsvpStatus.choices)
    position = serializers.IntegerField(allow_null=True, help_text="Place in the line, from 1.")
    reserved_until = serializers.DateTimeField(allow_null=True)


class ClassCardSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    class_type = serializers.CharField(help_text="What it is an occurrence of; `?class_type=` finds the others.")
    studio = StudioCardSerializer()
    instructor = PersonSerializer(allow_null=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    timezone = serializers.CharField(help_text="Of the studio: the clocks by which the class is announced.")
    status = serializers.ChoiceField(choices=SessionStatus.choices)
    capacity = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    waitlisted = serializers.IntegerField()
    seats_left = serializers.IntegerField(help_text="For a newcomer: nothing while somebody waits.")
    level = serializers.ChoiceField(choices=ClassLevel.choices)
    intensity = serializers.ChoiceField(choices=Intensity.choices)
    format = serializers.ChoiceField(choices=ClassFormat.choices)
    interests = serializers.ListField(child=serializers.ChoiceField(choices=Sport.choices))
    price = MoneySerializer(allow_null=True, help_text="Null is free.")
    guaranteed = serializers.BooleanField(help_text="Enough people are in: it takes place.")
    rating = ClassRatingSerializer()
    distance_km = serializers.FloatField(allow_null=True, help_text="From where was asked for.")
    my_rsvp = MyRsvpSerializer(allow_null=True)


class ClassSerializer(ClassCardSerializer):
    description = serializers.CharField(allow_blank=True)
    equipment = serializers.CharField(allow_blank=True, help_text="What to bring.")
    street = serializers.CharField(allow_blank=True)
    room = serializers.CharField(allow_null=True)
    instructor_rating = ClassRatingSerializer(allow_null=True, help_text="Of all the classes they gave, anywhere.")
    cancel_reason = serializers.CharField(allow_blank=True)
    moved_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="Send the ETag as `If-Match` when editing.")
    url = serializers.URLField(help_text="The page of the class.")
