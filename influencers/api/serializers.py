"""What may be written about posts, and the declared form of what is read."""

from datetime import UTC, datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from fitfoodie.common.api.serializers import PersonSerializer, StrictSerializer
from influencers.content import PostContent
from influencers.enums import PostStatus
from influencers.validators import MAX_MEALS, MAX_PHOTOS, MAX_TEXT
from meals.api.serializers import PhotoSerializer
from meals.enums import Audience
from meals.validators import MAX_ALT
from social.enums import WhoMayComment


class PostInputSerializer(StrictSerializer):
    """What an author says of a post. What is left out stays as it is."""

    text = serializers.CharField(max_length=MAX_TEXT, help_text="Markdown (CommonMark); HTML and pictures are words.")
    audience = serializers.ChoiceField(choices=Audience.choices, required=False)
    who_may_comment = serializers.ChoiceField(
        choices=WhoMayComment.choices, required=False, help_text="May be changed whenever one likes."
    )
    meals = serializers.ListField(
        child=serializers.CharField(max_length=140),
        max_length=MAX_MEALS,
        required=False,
        help_text="Slugs of meals the post speaks of, in order; the whole list.",
    )

    def content(self) -> PostContent:
        """Call after `is_valid`."""
        given = dict(self.validated_data)
        if "meals" in given:
            given["meals"] = tuple(given["meals"])
        return PostContent(**given)


@extend_schema_field({"type": "string", "format": "date-time"})
class WallTimeField(serializers.DateTimeField):
    """With an offset an instant; without one what clocks show where the author lives: the service's to resolve."""

    def enforce_timezone(self, value: datetime) -> datetime:
        try:
            value.astimezone(UTC)
        except OverflowError:
            self.fail("overflow")
        return value


class PostTransitionSerializer(StrictSerializer):
    to = serializers.ChoiceField(choices=PostStatus.choices)
    scheduled_for = WallTimeField(
        required=False,
        help_text="When to publish; needed for `scheduled`. Without an offset it is a time in your own time zone.",
    )


class PostPhotoOrderSerializer(StrictSerializer):
    order = serializers.ListField(child=serializers.CharField(max_length=12), max_length=MAX_PHOTOS)


class PostPhotoChangeSerializer(StrictSerializer):
    alt = serializers.CharField(max_length=MAX_ALT, allow_blank=True)


# From here on: the form of answers. Nothing below runs outside the reference and the contract tests.


class LinkedMealSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()


class PostSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    author = PersonSerializer()
    headline = serializers.CharField(help_text="The first line, shortened.")
    text = serializers.CharField()
    html = serializers.CharField(help_text="The text as safe HTML; “Paid link” stands beside links that pay (AFF-12).")
    language = serializers.CharField()
    photos = PhotoSerializer(many=True)
    meals = LinkedMealSerializer(many=True)
    status = serializers.ChoiceField(choices=PostStatus.choices)
    audience = serializers.ChoiceField(choices=Audience.choices)
    who_may_comment = serializers.ChoiceField(choices=WhoMayComment.choices)
    likes = serializers.IntegerField()
    comments = serializers.IntegerField()
    shares = serializers.IntegerField()
    published_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    url = serializers.CharField()
    scheduled_for = serializers.DateTimeField(required=False, allow_null=True, help_text="Shown to the author alone.")
    taken_down_reason = serializers.CharField(required=False, allow_blank=True, help_text="Shown to the author alone.")
    note = serializers.CharField(
        required=False, help_text="What there is to say of the time asked for, such as one that clocks skip."
    )
