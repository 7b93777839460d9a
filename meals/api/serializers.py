"""What may be written about meals, and the declared form of what is read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from djmoney.money import Money
from drf_spectacular.utils import extend_schema_field
from moneyed import CurrencyDoesNotExist
from rest_framework import serializers

from fitfoodie.common.api.serializers import MoneySerializer, PersonSerializer, StrictSerializer
from fitfoodie.common.dietary import Allergen, Diet
from fitfoodie.common.images.models import PhotoState
from fitfoodie.common.why import MAX_REASON
from meals import validators
from meals.content import NUTRIENTS, MealContent
from meals.enums import Audience, MealStatus, NutritionSource


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "maxLength": validators.MAX_LINE},
            {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
        ],
        "description": "The line as people write it. An object as read from a meal is taken by its `text`.",
    }
)
class LineField(serializers.CharField):
    """A line as typed, or an ingredient as it was read: its `text` counts, what we understood of it is ours."""

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(cast("str", data.get("text") if isinstance(data, Mapping) else data))


class PriceSerializer(StrictSerializer):
    amount = serializers.DecimalField(max_digits=9, decimal_places=2, min_value=Decimal(0))
    currency = serializers.CharField(min_length=3, max_length=3)

    def to_internal_value(self, data: Any) -> Any:
        price = super().to_internal_value(data)
        unknown = serializers.ValidationError({"currency": "Name the currency by its ISO code, such as EUR."})
        if not price["currency"].isupper():
            raise unknown
        try:
            return Money(price["amount"], price["currency"])
        except CurrencyDoesNotExist:
            raise unknown from None


class NutritionInputSerializer(StrictSerializer):
    def get_fields(self) -> dict[str, Any]:
        return {
            name: serializers.DecimalField(
                max_digits=7, decimal_places=2, min_value=Decimal(0), allow_null=True, required=False
            )
            for name in NUTRIENTS
        }


def _minutes() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=validators.MAX_MINUTES, allow_null=True, required=False)


def _text(limit: int) -> serializers.CharField:
    return serializers.CharField(max_length=limit, allow_blank=True, required=False)


class MealInputSerializer(StrictSerializer):
    """What a creator says of a meal. What is left out stays as it is."""

    title = serializers.CharField(max_length=200)
    summary = _text(2000)
    notes = _text(10000)
    language = serializers.CharField(
        max_length=10, required=False, help_text="IETF language tag, such as en, de or zh-hans."
    )
    servings = serializers.IntegerField(
        min_value=1,
        max_value=validators.MAX_SERVINGS,
        allow_null=True,
        required=False,
        help_text="Null: the recipe does not say.",
    )
    prep_minutes = _minutes()
    cook_minutes = _minutes()
    minutes = _minutes()
    ingredients = serializers.ListField(
        child=LineField(max_length=validators.MAX_LINE),
        max_length=validators.MAX_INGREDIENTS,
        required=False,
        help_text="One line each, as people write it; a line that ends in a colon is a heading.",
    )
    steps = serializers.ListField(
        child=serializers.CharField(max_length=validators.MAX_STEP), max_length=validators.MAX_STEPS, required=False
    )
    tags = serializers.ListField(
        child=serializers.CharField(max_length=validators.MAX_TAG), max_length=validators.MAX_TAGS, required=False
    )
    audience = serializers.ChoiceField(choices=Audience.choices, required=False)
    price = PriceSerializer(allow_null=True, required=False, help_text="Null: not for sale.")
    portions_per_day = serializers.IntegerField(
        min_value=0, max_value=validators.MAX_PORTIONS, allow_null=True, required=False
    )
    nutrition = NutritionInputSerializer(
        allow_null=True, required=False, help_text="Per serving, by hand; null has it computed from the ingredients."
    )
    diets = serializers.ListField(
        child=serializers.ChoiceField(choices=Diet.choices),
        allow_null=True,
        required=False,
        help_text="Null has them derived from the ingredients.",
    )
    allergens = serializers.ListField(
        child=serializers.ChoiceField(choices=Allergen.choices),
        allow_null=True,
        required=False,
        help_text="Null has them derived from the ingredients.",
    )
    source_url = serializers.URLField(max_length=1000, allow_blank=True, required=False)
    source_name = _text(200)
    source_author = _text(200)
    source_licence = _text(200)

    def content(self) -> MealContent:
        """Call after `is_valid`."""
        values = dict(self.validated_data)
        for name in ("diets", "allergens"):
            if values.get(name) is not None:
                values[name] = frozenset(values[name])
        if values.get("nutrition") is not None:
            values["nutrition"] = dict(values["nutrition"])
        return MealContent(**values)


class TransitionSerializer(StrictSerializer):
    to = serializers.ChoiceField(choices=MealStatus.choices)
    scheduled_for = serializers.DateTimeField(required=False, help_text="When to publish; needed for `scheduled`.")
    reason = serializers.CharField(max_length=MAX_REASON, required=False, allow_blank=True)


class ReviewInputSerializer(StrictSerializer):
    rating = serializers.IntegerField(min_value=1, max_value=5)
    text = serializers.CharField(max_length=validators.MAX_REVIEW, allow_blank=True, required=False, default="")


class PhotoUploadSerializer(StrictSerializer):
    photo = serializers.FileField(help_text="JPEG, PNG, WebP, AVIF or HEIC as the camera made it.")
    alt = serializers.CharField(max_length=validators.MAX_ALT, allow_blank=True, required=False, default="")


class PhotoOrderSerializer(StrictSerializer):
    order = serializers.ListField(child=serializers.CharField(max_length=12), max_length=50)


class PhotoChangeSerializer(StrictSerializer):
    alt = serializers.CharField(max_length=validators.MAX_ALT, allow_blank=True, required=False)
    is_cover = serializers.BooleanField(required=False)
    crop = serializers.ListField(
        child=serializers.FloatField(min_value=0, max_value=1),
        min_length=4,
        max_length=4,
        allow_null=True,
        required=False,
        help_text="Left, top, right, bottom as fractions; null shows the whole picture.",
    )


# From here on: the form of answers. Nothing below runs outside the reference and the contract tests.


class PictureSourceSerializer(serializers.Serializer[Any]):
    type = serializers.CharField(help_text="Media type.")
    srcset = serializers.CharField()


class PictureSerializer(serializers.Serializer[Any]):
    """For a `<picture>` or an app; `sources` go from the smallest format to the one all can read."""

    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    alt = serializers.CharField(allow_blank=True)
    placeholder = serializers.CharField(allow_blank=True, help_text="A tiny picture as a data address.")
    color = serializers.CharField(allow_blank=True)
    sources = PictureSourceSerializer(many=True)


class PhotoSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    position = serializers.IntegerField()
    alt = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=PhotoState.choices)
    reason = serializers.CharField(allow_blank=True, help_text="Why it was refused.")
    picture = PictureSerializer(allow_null=True)


class PhotosSerializer(serializers.Serializer[Any]):
    photos = PhotoSerializer(many=True)


class CardNutritionSerializer(serializers.Serializer[Any]):
    """Per serving. Null is unknown; without `complete` the figures are lower bounds (REC-2)."""

    calories = serializers.FloatField(allow_null=True)
    protein_g = serializers.FloatField(allow_null=True)
    carbs_g = serializers.FloatField(allow_null=True)
    fat_g = serializers.FloatField(allow_null=True)
    fiber_g = serializers.FloatField(allow_null=True)
    complete = serializers.BooleanField()


class NutritionSerializer(CardNutritionSerializer):
    """Per serving, or of the whole recipe when it does not say how many it serves: `per` tells which."""

    per = serializers.ChoiceField(choices=["serving", "recipe"])
    sugar_g = serializers.FloatField(allow_null=True)
    saturated_fat_g = serializers.FloatField(allow_null=True)
    sodium_mg = serializers.FloatField(allow_null=True)
    source = serializers.ChoiceField(choices=NutritionSource.choices)  # type: ignore[assignment]  # DRF keeps fields apart
    ingredients_known = serializers.IntegerField()
    ingredients_total = serializers.IntegerField()


class RatingSerializer(serializers.Serializer[Any]):
    average = serializers.FloatField(allow_null=True)
    count = serializers.IntegerField()


class TagSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()


class IngredientSerializer(serializers.Serializer[Any]):
    """`text` is as written; the rest is what was understood of it, scaled to the servings asked for."""

    text = serializers.CharField()
    section = serializers.CharField(allow_blank=True)
    quantity = serializers.FloatField(allow_null=True)
    quantity_max = serializers.FloatField(allow_null=True)
    unit = serializers.CharField(allow_null=True)
    food = serializers.CharField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    optional = serializers.BooleanField()
    understood = serializers.BooleanField()


class SourceSerializer(serializers.Serializer[Any]):
    url = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_blank=True)
    author = serializers.CharField(allow_blank=True)
    licence = serializers.CharField(allow_blank=True)


class MealCardSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    creator = PersonSerializer()
    cover = PictureSerializer(allow_null=True)
    diets = serializers.ListField(child=serializers.CharField())
    allergens = serializers.ListField(child=serializers.CharField())
    allergens_complete = serializers.BooleanField(
        help_text="False while an ingredient is unknown: what is not listed may still be there."
    )
    minutes = serializers.IntegerField(allow_null=True)
    servings = serializers.IntegerField(allow_null=True, help_text="Null: the recipe does not say.")
    nutrition = CardNutritionSerializer()
    price = MoneySerializer(allow_null=True)
    rating = RatingSerializer()
    likes = serializers.IntegerField()
    liked = serializers.BooleanField()
    saves = serializers.IntegerField()
    saved = serializers.BooleanField()
    published_at = serializers.DateTimeField(allow_null=True)


class MealSerializer(MealCardSerializer):
    notes = serializers.CharField(allow_blank=True)
    photos = PhotoSerializer(many=True)
    tags = TagSerializer(many=True)
    prep_minutes = serializers.IntegerField(allow_null=True)
    cook_minutes = serializers.IntegerField(allow_null=True)
    nutrition = NutritionSerializer()
    ingredients = IngredientSerializer(many=True)
    steps = serializers.ListField(child=serializers.CharField())
    portions_per_day = serializers.IntegerField(allow_null=True)
    orderable = serializers.BooleanField()
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    status = serializers.ChoiceField(choices=MealStatus.choices)
    audience = serializers.ChoiceField(choices=Audience.choices)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    url = serializers.CharField()
    scheduled_for = serializers.DateTimeField(required=False, allow_null=True, help_text="Shown to the creator alone.")


class ReviewSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    author = PersonSerializer()
    rating = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class SuggestionsSerializer(serializers.Serializer[Any]):
    suggestions = serializers.ListField(child=serializers.CharField())


class TermSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF keeps fields apart by metaclass


class FacetOptionSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF keeps fields apart by metaclass
    count = serializers.IntegerField()
    selected = serializers.BooleanField()


class FacetSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF keeps fields apart by metaclass
    options = FacetOptionSerializer(many=True)


class FacetsSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    facets = FacetSerializer(many=True)
