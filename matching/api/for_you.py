"""Ranked classes and what was learned, in the words of the API: shapes and their declared form."""

from typing import Any

from rest_framework import serializers

from accounts.sports import Sport
from classes.enums import ClassLevel
from fitfoodie.common.api.serializers import MoneySerializer
from matching.selectors.class_fit import WEIGHTS
from matching.selectors.class_ranking import RankedClass
from matching.selectors.taste import Learned

Json = dict[str, Any]


class RankedStudioSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()
    city = serializers.CharField()


class RankedSessionSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="`classes/{id}` has the rest.")
    title = serializers.CharField()
    studio = RankedStudioSerializer()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    timezone = serializers.CharField()
    level = serializers.ChoiceField(choices=ClassLevel.choices)
    interests = serializers.ListField(child=serializers.ChoiceField(choices=Sport.choices))
    seats_left = serializers.IntegerField()
    price = MoneySerializer(allow_null=True, help_text="Null is free.")


class ClassPartsSerializer(serializers.Serializer[Any]):
    """Points of each part; they add up to the score."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.IntegerField(min_value=0, max_value=points) for name, points in WEIGHTS.items()}


class RankedClassSerializer(serializers.Serializer[Any]):
    score = serializers.IntegerField(min_value=0, max_value=100)
    components = ClassPartsSerializer()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="In the caller's language.")
    is_full = serializers.BooleanField()
    clashes_with = serializers.CharField(
        allow_null=True, help_text="Title of a class of the caller at that time; null for two."
    )

    def get_fields(self) -> dict[str, Any]:
        # A keyword cannot be an attribute of a class.
        return {"class": RankedSessionSerializer()} | super().get_fields()


class LearnedSerializer(serializers.Serializer[Any]):
    kinds = serializers.ListField(child=serializers.CharField(), help_text="“4 morning runners”, the most liked first.")
    likes = serializers.IntegerField(help_text="That count, since the last reset.")
    passes = serializers.IntegerField()
    since = serializers.DateTimeField(allow_null=True, help_text="Nothing from before counts.")


def ranked_class(one: RankedClass) -> Json:
    session = one.session
    price = None if session.is_free else {"amount": str(session.price), "currency": session.chain.currency}
    return {
        "class": {
            "id": session.public_id,
            "title": session.title,
            "studio": {"id": session.studio.public_id, "name": session.studio.name, "city": session.studio.city},
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "timezone": session.time_zone,
            "level": session.level,
            "interests": session.interests,
            "seats_left": session.seats_left,
            "price": price,
        },
        "score": one.score,
        "components": one.components,
        "reasons": one.reasons,
        "is_full": one.is_full,
        "clashes_with": one.clashes_with or None,
    }


def learned(what: Learned | None, since: Any) -> Json:
    if what is None:
        return {"kinds": [], "likes": 0, "passes": 0, "since": None}
    return {"kinds": what.kinds, "likes": what.likes, "passes": what.passes, "since": since}
