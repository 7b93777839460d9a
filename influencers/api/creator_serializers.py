"""Creators, badge, collections and bulk changes in the words of the API."""

from typing import Any

from rest_framework import serializers

from accounts.validators import MAX_LINKS
from fitfoodie.common.api.serializers import PersonSerializer, StrictSerializer
from fitfoodie.common.images.models import PhotoState
from influencers.enums import Accent, AppealState, DecisionKind, VerificationStatus, WebsiteCheck
from influencers.models.page import MAX_ABOUT
from influencers.models.verification import MAX_STATEMENT
from influencers.services.verification import Evidence
from influencers.studio_items import ACTIONS
from influencers.validators import MAX_BULK, MAX_COLLECTION_MEALS, MAX_SOCIALS
from meals.api.serializers import PictureSerializer


class CreatorCardSerializer(PersonSerializer):
    headline = serializers.CharField(allow_blank=True)
    followers = serializers.IntegerField()


class CollectionSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    position = serializers.IntegerField()
    is_public = serializers.BooleanField()
    meals = serializers.ListField(child=serializers.CharField(), help_text="Slugs, in order.")


class CoverSerializer(serializers.Serializer[Any]):
    alt = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=PhotoState.choices)
    reason = serializers.CharField(allow_blank=True, help_text="Why it was refused.")
    picture = PictureSerializer(allow_null=True)


class CreatorSerializer(CreatorCardSerializer):
    cover = PictureSerializer(allow_null=True, help_text="The wide photo above the page.")
    about = serializers.CharField(allow_blank=True, help_text="Markdown, as it was written.")
    about_html = serializers.CharField(allow_blank=True, help_text="The same as safe HTML.")
    accent = serializers.ChoiceField(choices=Accent.choices)
    bio = serializers.CharField(allow_blank=True)
    links = serializers.ListField(child=serializers.URLField())
    collections = CollectionSerializer(many=True)


class PageChangesSerializer(StrictSerializer):
    """Fields that are not named stay as they are."""

    headline = serializers.CharField(max_length=140, allow_blank=True, required=False)
    about = serializers.CharField(max_length=MAX_ABOUT, allow_blank=True, required=False)
    accent = serializers.ChoiceField(choices=Accent.choices, required=False)
    bio = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    links = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=MAX_LINKS, required=False, help_text="https only."
    )


class EvidenceSerializer(StrictSerializer):
    legal_name = serializers.CharField(max_length=120)
    statement = serializers.CharField(max_length=MAX_STATEMENT)
    website = serializers.CharField(max_length=200, allow_blank=True, required=False, default="")
    socials = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=MAX_SOCIALS, required=False, default=list
    )
    id_reference = serializers.CharField(max_length=60, allow_blank=True, required=False, default="")

    def evidence(self) -> Evidence:
        return Evidence(**self.validated_data)


class AppealSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    filed_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=AppealState.choices)
    answer = serializers.CharField(allow_blank=True)


class DecisionSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    reason = serializers.CharField()
    decided_at = serializers.DateTimeField()
    appeal = AppealSerializer(allow_null=True)


class VerificationSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    status = serializers.ChoiceField(choices=VerificationStatus.choices)
    applied_at = serializers.DateTimeField()
    website = serializers.CharField(allow_blank=True)
    website_check = serializers.ChoiceField(choices=WebsiteCheck.choices)
    socials = serializers.ListField(child=serializers.URLField())
    decisions = DecisionSerializer(many=True)
    may_withdraw = serializers.BooleanField()
    may_appeal = serializers.BooleanField()


class AppealTextSerializer(StrictSerializer):
    text = serializers.CharField(max_length=MAX_STATEMENT)


class CollectionInputSerializer(StrictSerializer):
    title = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    is_public = serializers.BooleanField(required=False)
    meals = serializers.ListField(
        child=serializers.CharField(max_length=140), max_length=MAX_COLLECTION_MEALS, required=False
    )


class CollectionChangesSerializer(CollectionInputSerializer):
    position = serializers.IntegerField(min_value=0, max_value=999, required=False)


class BulkItemSerializer(StrictSerializer):
    kind = serializers.CharField(max_length=20, help_text="`meal` or `post`.")
    id = serializers.CharField(max_length=140, help_text="The slug of a meal, the id of a post.")


class BulkSerializer(StrictSerializer):
    action = serializers.ChoiceField(choices=ACTIONS)
    items = serializers.ListField(child=BulkItemSerializer(), max_length=MAX_BULK, allow_empty=False)
    scheduled_for = serializers.DateTimeField(required=False, help_text="For `schedule`.")
    value = serializers.CharField(max_length=60, required=False, help_text="For `audience`, `comments` and `tag`.")


class OutcomeSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    id = serializers.CharField()
    done = serializers.BooleanField()
    code = serializers.CharField(allow_blank=True, help_text="Why not; empty when it is done.")
    detail = serializers.CharField(allow_blank=True)


class OutcomesSerializer(serializers.Serializer[Any]):
    outcomes = OutcomeSerializer(many=True)
