"""The declared forms of links, commissions and payouts."""

from typing import Any

from rest_framework import serializers

from fitfoodie.common.api.serializers import StrictSerializer
from orders.services.links import MAX_LABEL
from orders.validators import MAX_UTM, UTM_NAMES


class UtmSerializer(StrictSerializer):
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {name: serializers.CharField(max_length=MAX_UTM, required=False) for name in UTM_NAMES}


class LinkChangeSerializer(StrictSerializer):
    label = serializers.CharField(max_length=MAX_LABEL, allow_blank=True, required=False)  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    utm = UtmSerializer(required=False)
    active = serializers.BooleanField(required=False)


class LinkInputSerializer(StrictSerializer):
    meal = serializers.CharField(max_length=140, required=False, help_text="Slug of a published meal.")
    path = serializers.CharField(max_length=500, required=False, help_text="A page of this site: `/meals/`.")
    code = serializers.CharField(max_length=20, required=False, help_text="3 to 20 letters, digits and hyphens.")
    label = serializers.CharField(max_length=MAX_LABEL, allow_blank=True, required=False)  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    utm = UtmSerializer(required=False)


class LinkSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    url = serializers.CharField(help_text="What to share; `/r/<code>` of this site.")
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    meal = serializers.CharField(allow_null=True, help_text="Slug of the meal it leads to.")
    path = serializers.CharField(allow_blank=True, help_text="The page it leads to when it is not a meal.")
    utm = serializers.DictField(child=serializers.CharField())
    active = serializers.BooleanField()
    clicks = serializers.IntegerField(help_text="By people; robots, prefetches and link checkers are not in it.")
    created_at = serializers.DateTimeField()
    disclosure_required = serializers.BooleanField(
        help_text="Always true: say “Paid link” beside the address, in the same medium."
    )
