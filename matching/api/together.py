"""What two could do together, in the words of the API: the shape and its declared form."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from accounts.models import User
from classes.api.seat_shapes import OutingSerializer
from classes.api.seat_shapes import outing as outing_shape
from classes.models import Outing
from fitfoodie.common.api.serializers import PersonSerializer
from matching.api.deck_serializers import NextSlotSerializer
from matching.api.for_you import RankedClassSerializer, ranked_class
from matching.selectors.pair_plan import FreeSlot, PairPlan
from social.api.shapes import person_of

Json = dict[str, Any]


class FreeSlotSerializer(NextSlotSerializer):
    classes = RankedClassSerializer(many=True, help_text="Within that time, the best first.")


class TogetherSerializer(serializers.Serializer[Any]):
    user = PersonSerializer()
    slots = FreeSlotSerializer(many=True, help_text="The next times when both train and neither has a class.")
    classes = RankedClassSerializer(many=True, help_text="Classes that suit both at other times, the best first.")
    outings = OutingSerializer(many=True, help_text="Open, or booked for a class to come.")


def together(plan: PairPlan, *, viewer: User, other: User, outings: Iterable[Outing], visible: set[int]) -> Json:
    return {
        "user": person_of(other),
        "slots": [_slot(each) for each in plan.slots],
        "classes": [ranked_class(one) for one in plan.others],
        "outings": [outing_shape(one, viewer, visible) for one in outings],
    }


def _slot(each: FreeSlot) -> Json:
    return {
        "starts_at": each.slot.starts_at,
        "ends_at": each.slot.ends_at,
        "timezone": each.slot.time_zone,
        "classes": [ranked_class(one) for one in each.classes],
    }
