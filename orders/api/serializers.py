"""What may be written about carts and orders, and the declared form of what is read."""

from typing import Any

from rest_framework import serializers

from fitfoodie.common.api.serializers import MoneySerializer, StrictSerializer
from fitfoodie.common.dietary import Allergen
from fitfoodie.common.why import MAX_REASON
from orders.enums import MAX_QUANTITY, Fulfilment, OrderFulfilment, OrderStatus
from orders.validators import ADDRESS_FIELDS, MAX_NOTE


class AddressSerializer(StrictSerializer):
    def get_fields(self) -> dict[str, Any]:
        return {
            name: serializers.CharField(max_length=longest, allow_blank=True, required=False)
            for name, longest in ADDRESS_FIELDS.items()
        }


class CartChangeSerializer(StrictSerializer):
    fulfilment = serializers.ChoiceField(Fulfilment.choices, required=False)
    slot = serializers.CharField(
        max_length=12, allow_blank=True, required=False, help_text="Id of a slot of the cart's kitchen; empty for none."
    )
    address = AddressSerializer(required=False)
    note = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, required=False)


class CartItemInputSerializer(StrictSerializer):
    meal = serializers.CharField(max_length=140, help_text="Slug of the meal.")
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY, default=1)
    via = serializers.CharField(
        max_length=12, allow_blank=True, default="", help_text="Id of the click that led here (`?via=`)."
    )


class CartItemChangeSerializer(StrictSerializer):
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)


class DeliverySerializer(StrictSerializer):
    fulfilment = serializers.ChoiceField(Fulfilment.choices, required=False)
    slot = serializers.CharField(max_length=12, required=False)
    address = AddressSerializer(required=False)


class OrderInputSerializer(StrictSerializer):
    cart = serializers.CharField(
        max_length=12, required=False, help_text="Id of the cart; sent again, it answers with the order it became."
    )
    delivery = DeliverySerializer(required=False, help_text="Goes over what the cart holds.")
    note = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, required=False)
    total = serializers.DecimalField(
        max_digits=11, decimal_places=2, required=False, help_text="What the customer was shown; another one is a 409."
    )
    confirmed_allergens = serializers.ListField(
        child=serializers.ChoiceField(Allergen.choices),
        required=False,
        max_length=len(Allergen),
        help_text="Severe allergies of the customer that the meals hold, or may hold, and that they accept.",
    )


class MoveSerializer(StrictSerializer):
    to = serializers.ChoiceField(OrderStatus.choices)
    reason = serializers.CharField(max_length=MAX_REASON, allow_blank=True, default="")
    version = serializers.IntegerField(
        min_value=1, required=False, help_text="The version that was on screen; another one is a 412."
    )


class CancelSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=MAX_REASON, allow_blank=True, default="")


class KitchenRefSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()


class KitchenSerializer(KitchenRefSerializer):
    time_zone = serializers.CharField()
    delivers = serializers.BooleanField()
    offers_pickup = serializers.BooleanField()


class SlotSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    fulfilment = serializers.ChoiceField(Fulfilment.choices)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(help_text="The last instant at which an order may take it.")
    left = serializers.IntegerField(allow_null=True, help_text="Orders that still fit; null is without limit.")
    available = serializers.BooleanField()


class TotalsSerializer(serializers.Serializer[Any]):
    """`total` = subtotal − discount + delivery; `tax` is contained in it."""

    subtotal = MoneySerializer()
    discount = MoneySerializer()
    delivery = MoneySerializer()
    tax = MoneySerializer()
    total = MoneySerializer()


class QuotedCodeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    applied = serializers.BooleanField()
    saved = MoneySerializer()
    reason = serializers.CharField(help_text="Stable: `applied`, or why not.")
    text = serializers.CharField()
    missing = MoneySerializer(allow_null=True)


class StepOfSumSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    amount = MoneySerializer()


class CartMealSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    cover = serializers.JSONField()


class LineProblemSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="`unavailable` or `insufficient_stock`.")
    text = serializers.CharField()
    left = serializers.IntegerField(allow_null=True)


class CartItemSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    meal = CartMealSerializer()
    quantity = serializers.IntegerField()
    unit_price = MoneySerializer()
    discount = MoneySerializer()
    total = MoneySerializer()
    problem = LineProblemSerializer(allow_null=True)


class ConcernSerializer(serializers.Serializer[Any]):
    meal = serializers.CharField()
    allergen = serializers.ChoiceField(Allergen.choices)
    certain = serializers.BooleanField(help_text="False: not all ingredients are known, so it may be there.")
    text = serializers.CharField()


class CartSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(allow_null=True)
    kitchen = KitchenSerializer(allow_null=True)
    fulfilment = serializers.ChoiceField(Fulfilment.choices)
    slot = SlotSerializer(allow_null=True)
    address = serializers.DictField(child=serializers.CharField())
    note = serializers.CharField(allow_blank=True)
    items = CartItemSerializer(many=True)
    totals = TotalsSerializer()
    promo_codes = QuotedCodeSerializer(many=True)
    steps = StepOfSumSerializer(many=True)
    allergy_concerns = ConcernSerializer(many=True)
    orderable = serializers.BooleanField()


class OrderCardSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    status = serializers.ChoiceField(OrderStatus.choices)
    test = serializers.BooleanField()
    fulfilment = serializers.ChoiceField(OrderFulfilment.choices)
    kitchen = KitchenRefSerializer()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    total = MoneySerializer()
    placed_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    url = serializers.URLField()


class TimelineStepSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(OrderStatus.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    state = serializers.ChoiceField(["done", "now", "next"])
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_blank=True, help_text="To the customer “You” or “Kitchen”.")
    reason = serializers.CharField(allow_blank=True)


class LineCreatorSerializer(serializers.Serializer[Any]):
    handle = serializers.CharField()
    name = serializers.CharField()


class OrderLineSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    meal = serializers.CharField(help_text="Slug, as on the day of the order; null for a seat.", allow_null=True)
    title = serializers.CharField()
    cover = serializers.JSONField(allow_null=True)
    creator = LineCreatorSerializer(allow_null=True)
    nutrition = serializers.DictField(child=serializers.CharField(allow_null=True))
    unit_price = MoneySerializer()
    quantity = serializers.IntegerField()
    discount = MoneySerializer()
    tax = MoneySerializer()
    total = MoneySerializer()
    refunded = MoneySerializer()
    refunded_quantity = serializers.IntegerField()

    def get_fields(self) -> dict[str, Any]:
        """One of them is a word of the language, which no attribute can be called."""
        seat = serializers.CharField(help_text="Id of the class, for a seat; else null.", allow_null=True)
        return {**super().get_fields(), "class": seat}


class UsedCodeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    saved = MoneySerializer()


class CustomerSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()


class OrderSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    status = serializers.ChoiceField(OrderStatus.choices)
    version = serializers.IntegerField()
    test = serializers.BooleanField()
    kitchen = KitchenRefSerializer()
    customer = CustomerSerializer()
    fulfilment = serializers.ChoiceField(OrderFulfilment.choices)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    address = serializers.DictField(child=serializers.CharField())
    note = serializers.CharField(allow_blank=True)
    placed_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True, help_text="To be paid until then.")
    timeline = TimelineStepSerializer(many=True)
    lines = OrderLineSerializer(many=True)
    totals = TotalsSerializer()
    promo_codes = UsedCodeSerializer(many=True)
    moves = serializers.ListField(child=serializers.ChoiceField(OrderStatus.choices), help_text="What you may do now.")
    url = serializers.URLField()


class MissingSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    reason = serializers.CharField()


class ReorderedSerializer(serializers.Serializer[Any]):
    added = serializers.IntegerField(help_text="Lines that are in the cart now.")
    missing = MissingSerializer(many=True)
    cart = CartSerializer()
