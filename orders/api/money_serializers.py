"""What may be written about payments and refunds, and the declared form of what is read."""

from typing import Any

from rest_framework import serializers

from fitfoodie.common.api.serializers import MoneySerializer, StrictSerializer
from orders.enums import DocumentKind, PaymentStatus, RefundStatus
from orders.providers import PROVIDERS


class PaymentSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    provider = serializers.ChoiceField(sorted(PROVIDERS))
    status = serializers.ChoiceField(PaymentStatus.choices)
    amount = MoneySerializer()
    client_secret = serializers.CharField(
        allow_null=True, help_text="For the provider's own form in the app; null where a page is visited instead."
    )
    publishable_key = serializers.CharField(allow_null=True, help_text="Goes with `client_secret`.")
    next_url = serializers.CharField(allow_null=True, help_text="The page where the customer pays.")
    return_url = serializers.CharField(help_text="Where the browser comes back to.")


class RefundLineInputSerializer(StrictSerializer):
    id = serializers.IntegerField(min_value=1, help_text="`id` of the line in the order.")
    quantity = serializers.IntegerField(min_value=1, required=False, help_text="Portions, or else `amount`.")
    amount = serializers.DecimalField(max_digits=11, decimal_places=2, required=False)


class RefundInputSerializer(StrictSerializer):
    lines = RefundLineInputSerializer(many=True, required=False)
    delivery = serializers.BooleanField(default=False, help_text="All that is left of the delivery fee.")
    reason = serializers.CharField(max_length=500)


class RefundLineSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    quantity = serializers.IntegerField(help_text="0 for an amount without portions.")
    amount = MoneySerializer()


class RefundSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    status = serializers.ChoiceField(RefundStatus.choices)
    amount = MoneySerializer()
    delivery = MoneySerializer()
    lines = RefundLineSerializer(many=True)
    reason = serializers.CharField(allow_blank=True)
    requested_at = serializers.DateTimeField()
    succeeded_at = serializers.DateTimeField(allow_null=True)


class RefundListSerializer(serializers.Serializer[Any]):
    refunds = RefundSerializer(many=True)


class DocumentSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    kind = serializers.ChoiceField(DocumentKind.choices)
    issued_at = serializers.DateTimeField()
    content = serializers.JSONField(help_text="All the document says: seller, buyer, lines, tax, totals.")
    digest = serializers.CharField(help_text="SHA-256 of `content` as JSON, sorted, without spaces.")


class DocumentListSerializer(serializers.Serializer[Any]):
    documents = DocumentSerializer(many=True)
