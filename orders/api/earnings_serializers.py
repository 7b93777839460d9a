"""The declared forms of commissions and payouts."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from fitfoodie.common.api.serializers import MoneySerializer, StrictSerializer
from orders.enums import AttributionKind, CommissionStatus, PayoutStatus


class CommissionSerializer(serializers.Serializer[Any]):
    order = serializers.CharField(help_text="Number of the order; who ordered is not told.")
    title = serializers.CharField()
    via = serializers.ChoiceField(choices=AttributionKind.choices)
    link = serializers.CharField(allow_null=True)
    promo_code = serializers.CharField(allow_null=True)
    base = MoneySerializer(help_text="The line after discounts, without tax.")
    rate = serializers.CharField(help_text="As a fraction: 0.1000 is ten per cent.")
    amount = MoneySerializer()
    reversed = MoneySerializer(help_text="Taken back by refunds before the payout.")
    status = serializers.ChoiceField(choices=CommissionStatus.choices)
    reason = serializers.CharField(allow_blank=True, help_text="Why it is not paid; empty only for what is paid.")
    earned_at = serializers.DateTimeField()
    payout = serializers.CharField(allow_null=True)


class PayoutInputSerializer(StrictSerializer):
    currency = serializers.ChoiceField(choices=settings.CURRENCIES, required=False)


class PayoutSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    amount = MoneySerializer()
    status = serializers.ChoiceField(choices=PayoutStatus.choices)
    reference = serializers.CharField(allow_blank=True, help_text="Of the transfer, once it is sent.")
    reason = serializers.CharField(allow_blank=True, help_text="Why it was refused.")
    requested_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


class StatementLineSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    order = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    base = MoneySerializer(allow_null=True)
    rate = serializers.CharField(allow_null=True)
    amount = MoneySerializer()


class StatementSerializer(PayoutSerializer):
    lines = StatementLineSerializer(many=True)
