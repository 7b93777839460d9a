"""What a meal may say. Called by forms, serializers and services alike; nothing here reads the database."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from fitfoodie.common.dietary import Allergen, Diet
from fitfoodie.common.errors import DomainError
from meals.content import NUTRIENTS, MealContent
from meals.enums import Audience

MAX_INGREDIENTS: Final = 200
MAX_STEPS: Final = 100
MAX_TAGS: Final = 20
MAX_LINE: Final = 500
MAX_STEP: Final = 5000
MAX_TAG: Final = 60
MAX_MINUTES: Final = 60 * 24 * 60
MAX_SERVINGS: Final = 500
MAX_AMOUNT: Final = Decimal("99999.99")
MAX_PRICE: Final = Decimal(9999)
MAX_PORTIONS: Final = 100_000
MAX_REVIEW: Final = 2000
MAX_ALT: Final = 300
MAX_IMPORT_BYTES: Final = 20 * 1024 * 1024

# Everything but tab and line break: no page can show them, and PostgreSQL refuses the first.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_is_url = URLValidator(schemes=["http", "https"])


class InvalidMealError(DomainError):
    """`errors` maps field names of MealContent to a sentence each."""

    code = "invalid_meal"

    def __init__(self, errors: Mapping[str, str]) -> None:
        field, message = next(iter(errors.items()))
        super().__init__(message, field=field)
        self.errors = dict(errors)


def clean_text(text: str) -> str:
    """One form for each character, one kind of line break, no control characters, no blanks at the ends."""
    return _CONTROL.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def clean_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def has_something_to_see(text: str) -> bool:
    """False for blanks and for characters that are there but invisible, such as a zero-width space alone."""
    return any(character.isprintable() and not character.isspace() for character in text)


def clean_content(content: MealContent) -> MealContent:
    """The same content in clean form. Raises InvalidMealError with every field that cannot stand."""
    errors: dict[str, str] = {}
    cleaned: dict[str, Any] = {}
    for name, value in content.given():
        try:
            cleaned[name] = _CLEANERS[name](value)
        except ValueError as error:
            errors[name] = str(error)
    if errors:
        raise InvalidMealError(errors)
    return MealContent(**cleaned)


def _text(limit: int, *, multiline: bool = False, required: bool = False) -> Callable[[Any], str]:
    def clean(value: Any) -> str:
        text = (clean_text if multiline else clean_line)(_string(value))
        if required and not has_something_to_see(text):
            raise ValueError(_("Give it a title, so that people can find it."))
        return _within(text, limit)

    return clean


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(_("This should be a text."))  # noqa: TRY004  every cleaner speaks through ValueError
    return value


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        params = {"limit": limit, "count": len(text)}
        raise ValueError(_("Keep it to %(limit)d characters; it has %(count)d.") % params)
    return text


def _lines(most: int, longest: int, *, multiline: bool) -> Callable[[Any], tuple[str, ...]]:
    def clean(values: Any) -> tuple[str, ...]:
        if isinstance(values, str) or not isinstance(values, Sequence):
            raise ValueError(_("This should be a list of texts."))  # noqa: TRY004  as above
        lines = [(clean_text if multiline else clean_line)(_string(value)) for value in values]
        lines = [line for line in lines if line]
        if len(lines) > most:
            raise ValueError(_("At most %(most)d lines fit here; there are %(count)d.") % _counts(most, lines))
        for number, line in enumerate(lines, 1):
            if len(line) > longest:
                raise ValueError(
                    _("Line %(number)d is longer than %(longest)d characters. Split it in two.")
                    % {"number": number, "longest": longest}
                )
        return tuple(lines)

    return clean


def _counts(most: int, values: Sequence[Any]) -> dict[str, int]:
    return {"most": most, "count": len(values)}


def _tags(values: Any) -> tuple[str, ...]:
    names = _lines(MAX_TAGS, MAX_TAG, multiline=False)(values)
    unique = {name.lstrip("#").strip().casefold(): name.lstrip("#").strip() for name in reversed(names)}
    return tuple(reversed([name for name in unique.values() if name]))


def _whole(least: int, most: int, *, required: bool = False) -> Callable[[Any], int | None]:
    def clean(value: Any) -> int | None:
        if value is None and not required:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(_("Give a whole number from %(least)d to %(most)d.") % {"least": least, "most": most})
        return value

    return clean


def _members(choices: Sequence[str]) -> Callable[[Any], frozenset[str] | None]:
    def clean(values: Any) -> frozenset[str] | None:
        if values is None:
            return None
        wrong = sorted(str(value) for value in values if value not in choices)
        if wrong:
            params = {"value": wrong[0], "choices": ", ".join(choices)}
            raise ValueError(_("“%(value)s” is not one of: %(choices)s.") % params)
        return frozenset(values)

    return clean


def _audience(value: Any) -> str:
    if value not in Audience.values:
        params = {"value": value, "choices": ", ".join(Audience.values)}
        raise ValueError(_("“%(value)s” is not one of: %(choices)s.") % params)
    return str(value)


def _price(value: Any) -> Any:
    if value is None:
        return None
    if not value.amount.is_finite() or not 0 <= value.amount <= MAX_PRICE:
        raise ValueError(_("A price is from 0 to %(most)d.") % {"most": MAX_PRICE})
    if value.amount != value.amount.quantize(Decimal("0.01")):
        raise ValueError(_("A price has at most two decimal places."))
    if str(value.currency) not in settings.CURRENCIES:
        raise ValueError(_("We take prices in %(currencies)s.") % {"currencies": ", ".join(settings.CURRENCIES)})
    return value


def _nutrition(value: Any) -> dict[str, Decimal | None] | None:
    if value is None:
        return None
    unknown = sorted(set(value) - set(NUTRIENTS))
    if unknown:
        raise ValueError(_("We do not keep “%(name)s”.") % {"name": unknown[0]})
    for name, amount in value.items():
        if amount is not None and not (amount.is_finite() and 0 <= amount <= MAX_AMOUNT):
            raise ValueError(_("%(name)s: give an amount from 0 to %(most)s.") % {"name": name, "most": MAX_AMOUNT})
    amounts = {name: value.get(name) for name in NUTRIENTS}
    return {k: None if v is None else v.quantize(Decimal("0.01")) for k, v in amounts.items()}


def _url(value: Any) -> str:
    text = clean_line(_string(value))
    if not text:
        return ""
    try:
        _is_url(_within(text, 1000))
    except ValidationError:
        raise ValueError(_("This is not a web address. It begins with https:// or http://.")) from None
    return text


def _language(value: Any) -> str:
    text = clean_line(_string(value))
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", text) or len(text) > 10:
        raise ValueError(_("Name the language by its code, such as en, de or zh-hans."))
    return text.lower()


_CLEANERS: Final[dict[str, Callable[[Any], Any]]] = {
    "title": _text(200, required=True),
    "summary": _text(2000, multiline=True),
    "notes": _text(10000, multiline=True),
    "language": _language,
    "servings": _whole(1, MAX_SERVINGS),
    "prep_minutes": _whole(0, MAX_MINUTES),
    "cook_minutes": _whole(0, MAX_MINUTES),
    "minutes": _whole(0, MAX_MINUTES),
    "ingredients": _lines(MAX_INGREDIENTS, MAX_LINE, multiline=False),
    "steps": lambda values: tuple(
        re.sub(r"\n\s*\n", "\n", step) for step in _lines(MAX_STEPS, MAX_STEP, multiline=True)(values)
    ),
    "tags": _tags,
    "audience": _audience,
    "price": _price,
    "portions_per_day": _whole(0, MAX_PORTIONS),
    "nutrition": _nutrition,
    "diets": _members(Diet.values),
    "allergens": _members(Allergen.values),
    "source_url": _url,
    "source_name": _text(200),
    "source_author": _text(200),
    "source_licence": _text(200),
}


def clean_review(rating: Any, text: str) -> tuple[int, str]:
    if isinstance(rating, bool) or not isinstance(rating, int) or not 1 <= rating <= 5:
        raise DomainError(_("Give one to five stars."), code="rating_range", field="rating")
    cleaned = clean_text(text)
    if len(cleaned) > MAX_REVIEW:
        raise DomainError(
            _("Keep it to %(limit)d characters; it has %(count)d.") % {"limit": MAX_REVIEW, "count": len(cleaned)},
            code="too_long",
            field="text",
        )
    return rating, cleaned


def clean_alt(text: str) -> str:
    cleaned = clean_line(text)
    if len(cleaned) > MAX_ALT:
        raise DomainError(_("Keep the description to %d characters.") % MAX_ALT, code="too_long", field="alt")
    return cleaned
