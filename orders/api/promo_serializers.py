"""The declared forms of promo codes."""

from typing import Any

from rest_framework import serializers

from fitfoodie.common.api.serializers import MoneySerializer, StrictSerializer
from orders.enums import Funder, PromoKind, PromoScope


def _money(**given: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=11, decimal_places=2, **{"required": False, "allow_null": True} | given)


def _count(**given: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, **{"required": False, "allow_null": True} | given)


class PromoCodeChangeSerializer(StrictSerializer):
    """What may be changed later; the code, its kind and its currency stay."""

    label = serializers.CharField(max_length=120, allow_blank=True, required=False)  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    percent = serializers.DecimalField(max_digits=5, decimal_places=2, required=False)
    amount = _money(allow_null=False)
    buy_quantity = _count(allow_null=False)
    get_quantity = _count(allow_null=False)
    scope = serializers.ChoiceField(choices=PromoScope.choices, required=False)
    meals = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=200, required=False, help_text="Slugs of own meals."
    )
    tags = serializers.ListField(
        child=serializers.CharField(max_length=100), max_length=50, required=False, help_text="Slugs of tags."
    )
    min_subtotal = _money(help_text="Of the meals the code is for, before discounts.")
    starts_at = serializers.DateTimeField(required=False, allow_null=True)
    ends_at = serializers.DateTimeField(required=False, allow_null=True)
    limit = _count(help_text="Uses in all; null is without limit. Never below what is used.")
    per_customer = _count(help_text="Uses of each customer; null is without limit.")
    first_order_only = serializers.BooleanField(required=False)
    stackable = serializers.BooleanField(required=False, help_text="Whether it may be combined with other codes.")
    budget = _money(help_text="In all; the last use gives what is left of it.")
    public = serializers.BooleanField(required=False, help_text="Whether the creator’s page shows it to everybody.")
    active = serializers.BooleanField(required=False, help_text="False pauses the code.")


class PromoCodeInputSerializer(PromoCodeChangeSerializer):
    code = serializers.CharField(max_length=60, help_text="3 to 40 letters, digits, dashes; case does not matter.")
    kind = serializers.ChoiceField(choices=PromoKind.choices)
    currency = serializers.CharField(max_length=3, required=False)
    active = None  # type: ignore[assignment]  # a new code is in use


class PromoCodeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    kind = serializers.ChoiceField(choices=PromoKind.choices)
    percent = serializers.CharField(allow_null=True)
    amount = MoneySerializer(allow_null=True)
    buy_quantity = serializers.IntegerField(allow_null=True)
    get_quantity = serializers.IntegerField(allow_null=True)
    scope = serializers.ChoiceField(choices=PromoScope.choices)
    meals = serializers.ListField(child=serializers.CharField())
    tags = serializers.ListField(child=serializers.CharField())
    min_subtotal = MoneySerializer(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    limit = serializers.IntegerField(allow_null=True)
    per_customer = serializers.IntegerField(allow_null=True)
    first_order_only = serializers.BooleanField()
    stackable = serializers.BooleanField()
    budget = MoneySerializer(allow_null=True)
    funder = serializers.ChoiceField(choices=Funder.choices, help_text="Who pays for what it takes off.")
    public = serializers.BooleanField(help_text="Shown on the creator’s page.")
    active = serializers.BooleanField()
    used = serializers.IntegerField(help_text="Uses that count; those given back do not.")
    saved = MoneySerializer(help_text="What it has taken off in all.")
    created_at = serializers.DateTimeField()


class UsesOfDaySerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    used = serializers.IntegerField()
    saved = MoneySerializer()


class PromoCodeUsesSerializer(serializers.Serializer[Any]):
    used = serializers.IntegerField()
    given_back = serializers.IntegerField(help_text="Uses of orders that were cancelled or never paid.")
    left = serializers.IntegerField(allow_null=True)
    saved = MoneySerializer()
    days = UsesOfDaySerializer(many=True, help_text="Of the last 30 days, those with uses; in UTC.")


class TypedCodeSerializer(StrictSerializer):
    code = serializers.CharField(max_length=60)
