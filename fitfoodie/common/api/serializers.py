"""Shapes every resource shares, and the strict base of everything that is written."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

# The body of an operation that takes no fields: described so that smuggled ones are refused by name.
NOTHING = {"application/json": {"type": "object", "additionalProperties": False}}


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses unknown fields by name: a typo or a smuggled `is_verified` is told, not dropped (SEC-10, API-11)."""

    default_error_messages = {"unknown_field": "This field is not known here. Known: {known}."}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            self._refuse_unknown(data)
        return super().to_internal_value(data)

    def _refuse_unknown(self, data: Mapping[str, Any]) -> None:
        known = {name for name, field in self.fields.items() if not field.read_only}
        unknown = [name for name in data if name not in known]
        if unknown:
            text = self.error_messages["unknown_field"].format(known=", ".join(sorted(known)))
            raise serializers.ValidationError(
                {str(name)[:60]: [serializers.ErrorDetail(text, code="unknown_field")] for name in unknown[:20]}
            )


class MoneySerializer(serializers.Serializer[Any]):
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, help_text="Decimal as text: never a float.")
    currency = serializers.CharField(min_length=3, max_length=3, help_text="ISO 4217 code.")


class PersonSerializer(serializers.Serializer[Any]):
    """A person as a stranger sees them beside what they made."""

    handle = serializers.CharField()
    name = serializers.CharField()
    avatar = serializers.CharField(allow_null=True, help_text="Address of a square picture.")
    verified = serializers.BooleanField()


class FieldErrorSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(
        allow_blank=True, help_text="JSON Pointer into the body, or `?name` for a query parameter."
    )
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField(help_text="Address of the description of this kind of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField()
    code = serializers.CharField(help_text="Stable: branch on this.")
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    trace_id = serializers.CharField(allow_blank=True, help_text="The id of this request in our logs.")
