"""A set of choices in one integer column: filters stay index-friendly and portable between SQLite and PostgreSQL."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_MEMBERS = 62

if TYPE_CHECKING:
    _Column = models.BigIntegerField[Any, Any]
else:  # generic for the checker only: Django's own class takes no parameters
    _Column = models.BigIntegerField


class ChoiceSetField(_Column):
    """A `frozenset` of the values of `choices_enum`, stored as bits by declaration order.

    The order of the enumeration is part of the stored data: members may be appended, never moved or removed.
    Lookups: `has_all=values`, `has_any=values`, `has_none=values`.
    """

    default_error_messages = {"unknown": _("“%(value)s” is not one of: %(choices)s.")}

    def __init__(self, choices_enum: type[models.TextChoices], **kwargs: Any) -> None:
        self.choices_enum = choices_enum
        self._bits = {member.value: 1 << index for index, member in enumerate(choices_enum)}
        kwargs.setdefault("default", frozenset)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.choices_enum, *args], kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if len(self._bits) > MAX_MEMBERS:
            found.append(checks.Error(f"A set holds at most {MAX_MEMBERS} members.", obj=self, id="common.E001"))
        return found

    def bits(self, values: Iterable[str]) -> int:
        """Raises ValidationError on a value outside the enumeration."""
        total = 0
        for value in values:
            total |= self._bit(str(value))
        return total

    def _bit(self, value: str) -> int:
        try:
            return self._bits[value]
        except KeyError:
            message = self.error_messages["unknown"]
            params = {"value": value, "choices": ", ".join(self._bits)}
            raise ValidationError(message, code="unknown", params=params) from None

    def members(self, bits: int) -> frozenset[str]:
        return frozenset(value for value, bit in self._bits.items() if bits & bit)

    def from_db_value(self, value: int | None, *_: Any) -> frozenset[str] | None:
        return None if value is None else self.members(value)

    def to_python(self, value: Any) -> frozenset[str] | None:
        if value is None:
            return None
        if isinstance(value, int):
            return self.members(value)
        values = [part for part in value.split(",") if part] if isinstance(value, str) else value
        return self.members(self.bits(values))

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        return self.bits(value.split(",") if isinstance(value, str) and value else value)

    def value_to_string(self, obj: models.Model) -> str:
        return ",".join(sorted(self.value_from_object(obj)))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value: Any) -> None:
        """The integer range validators of the column say nothing about a set."""

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms  # noqa: PLC0415  slow import: models load without the form machinery

        options: dict[str, Any] = {
            "choices": self.choices_enum.choices,
            "required": not self.blank,
            "label": self.verbose_name.capitalize() if self.verbose_name else None,
            "help_text": self.help_text,
            "widget": forms.CheckboxSelectMultiple,
        }
        kwargs.pop("choices_form_class", None)
        return forms.MultipleChoiceField(**(options | kwargs))


class _BitLookup(models.Lookup):
    def get_prep_lookup(self) -> int:
        field: ChoiceSetField = self.lhs.output_field
        return field.bits(self.rhs)

    def process_rhs(self, compiler: Any, connection: Any) -> tuple[str, tuple[int]]:
        return "%s", (self.rhs,)


@ChoiceSetField.register_lookup
class HasAll(_BitLookup):
    lookup_name = "has_all"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"({lhs} & %s) = %s", (*params, self.rhs, self.rhs)


@ChoiceSetField.register_lookup
class HasAny(_BitLookup):
    lookup_name = "has_any"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"({lhs} & %s) <> 0", (*params, self.rhs)


@ChoiceSetField.register_lookup
class HasNone(_BitLookup):
    lookup_name = "has_none"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"({lhs} & %s) = 0", (*params, self.rhs)
