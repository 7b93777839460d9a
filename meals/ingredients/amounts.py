"""Amounts as people write them: "1 1/2", "2-3", "1/4 cup + 1/2 tsp", "2 x 400g", "1 lb (450 g)".

Every `take_…` function reads from the start of a text and returns what it read with the rest, or None.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from meals.ingredients.units import AMBIGUOUS, Dimension, canonical, convert, dimension, join_unit_words

PLACES = Decimal("0.000001")
LARGEST = 1_000_000  # beyond this a number is a slip or an attack, not an amount of food

_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20",
}  # fmt: skip
_SPELLED = "|".join(_WORDS)
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"half a dozen", "6 "),
    (r"(?:a|one) dozen", "12 "),
    (rf"({_SPELLED}|a|an)\s+and\s+(?:a|one)\s+half", r"\1 1/2 "),
    (r"(?:three[\s-]quarters|3 quarters)(?:\s+of)?(?:\s+an?\b)?", "3/4 "),
    (r"(?:(?:a|one)\s+)?quarter(?:\s+of)?(?:\s+an?\b)?(?!s)", "1/4 "),
    (r"(?:(?:a|one)\s+)?half(?:\s+of)?(?:\s+an?\b)?", "1/2 "),
    (r"(?:a\s+)?couple(?:\s+of)?", "2 "),
)
_OPENING = re.compile(
    rf"^(?:{'|'.join(f'(?P<p{i}>{p})' for i, (p, _) in enumerate(_PHRASES))})(?=[\s-]|$)", re.IGNORECASE
)
_SPELLED_NUMBER = re.compile(rf"^({_SPELLED})\b(?=\s|-|$)", re.IGNORECASE)
_SPELLED_RANGE = re.compile(rf"^(\d+)\s+(or|to)\s+({_SPELLED})\b", re.IGNORECASE)
_APPROXIMATELY = re.compile(
    r"^(?:[~≈<>±]|(?:about|around|approx(?:\.|imately)?|appr\.|circa|ca\.|roughly|nearly|almost|up to|"
    r"at least|from|just|"
    r"or)(?=[\s~\d]))\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<whole>\d{1,7})\s+(?:and\s+)?(?P<top>\d{1,4})\s*/\s*(?P<bottom>\d{1,4})(?!\d)"
    r"|(?P<top2>\d{1,4})\s*/\s*(?P<bottom2>\d{1,4})(?!\d)"
    r"|(?P<thousands>\d{1,3},\d{3})(?![\d,])"
    r"|(?P<decimal>\d{0,7}[.,]\d{1,6}|\d{1,7})(?!\d)"
)
_RANGE = re.compile(r"\s*(?:-|to\b|or\b|until\b|~)\s*(?=[\d.])", re.IGNORECASE)
_LOOSE_RANGE = re.compile(r"\s*\(\s*(?:or|-|to)\s*(?=\d)", re.IGNORECASE)
_MODIFIER = re.compile(
    r"^(?:(?:(?:very )?(?:thin|thick)|level|heap(?:ed|ing)|rounded|scant|generous|good|overfilled|packed|"
    r"full|heavy|light|hearty|"
    r"large|big|small|medium|mini|standard|metric|average|normal|whole)(?:[\s-]sized?)?)\s+",
    re.IGNORECASE,
)
_OF_A = re.compile(r"^of\s+an?\s+", re.IGNORECASE)
_UNIT_WORD = re.compile(r"^-?\s*([A-Za-z_]+(?:-[A-Za-z]+)?(?:\(s\))?)(\.?)(?![A-Za-z_])")
_JOIN = re.compile(r"^\s*(?:(?P<sum>\+|plus\b|and\b)|(?P<same>/|\||=|,|-|or\b|~))\s*", re.IGNORECASE)


_HOLDERS = frozenset({Dimension.PACKAGE, Dimension.COUNT, Dimension.VAGUE})


@dataclass(frozen=True, slots=True)
class Amount:
    quantity: Decimal
    unit: str | None
    quantity_max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One reading of the amount of a line. `pack` is the size of each container; `equivalents` say the whole once
    more."""

    amount: Amount
    pack: Amount | None = None
    equivalents: tuple[Amount, ...] = ()
    size: str | None = None
    container: str | None = None


def to_decimal(value: Fraction) -> Decimal:
    """Six places: enough that `exactly` finds the thirds and sevenths again."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(PLACES, ROUND_HALF_EVEN).normalize() + 0


def exactly(value: Decimal) -> Fraction:
    """The fraction a stored amount stands for: 0.333333 is a third. `to_decimal(exactly(d)) == d` for six places."""
    plain = Fraction(value)
    simple = plain.limit_denominator(16)
    return simple if to_decimal(simple) == value else plain


def normalize(text: str) -> str:
    """Typography away: ½ to 1/2, en dashes to hyphens, full-width to plain, runs of blanks to one."""
    spelled = "".join(_vulgar_fraction(char) for char in text)
    folded = unicodedata.normalize("NFKC", spelled).replace("⁄", "/").replace("’", "'")
    folded = re.sub(r"[‐-―−]", "-", re.sub(r"(?<=[^\W\d_])\s*—\s*(?=[^\W\d_])", " - ", folded))
    return join_unit_words(re.sub(r"\s+", " ", folded).strip())


def _vulgar_fraction(char: str) -> str:
    parts = unicodedata.normalize("NFKD", char)
    return f" {parts.replace('⁄', '/')}" if unicodedata.category(char) == "No" and "⁄" in parts[1:] else char


def spell_out(text: str) -> str:
    """Number words at the start as digits: "Half a pound" to "1/2 pound", "two or three" to "2 or 3"."""
    opening = _OPENING.match(text)
    if opening and opening.lastgroup:
        index = int(opening.lastgroup[1:])
        pattern, digits = _PHRASES[index]
        text = re.sub(f"^(?:{pattern})", digits, text, count=1, flags=re.IGNORECASE)
        text = re.sub(r"\s+", " ", text)
    text = re.sub(r"^an?(?= \d)", "1", text, flags=re.IGNORECASE)
    text = _SPELLED_NUMBER.sub(lambda found: _WORDS[found[1].lower()], text)
    return _SPELLED_RANGE.sub(lambda found: f"{found[1]} {found[2]} {_WORDS[found[3].lower()]}", text)


def take_number(text: str) -> tuple[Fraction, str] | None:
    found = _NUMBER.match(text)
    if not found:
        return None
    parts = found.groupdict()
    if parts["thousands"]:
        value = Fraction(parts["thousands"].replace(",", ""))
    elif parts["decimal"]:
        value = Fraction(parts["decimal"].replace(",", "."))
    else:
        bottom = int(parts["bottom"] or parts["bottom2"])
        if not bottom:
            return None
        value = int(parts["whole"] or 0) + Fraction(int(parts["top"] or parts["top2"]), bottom)
    return (value, text[found.end() :]) if value <= LARGEST else None


def _take_unit(text: str) -> tuple[str | None, str | None, str]:
    """Unit, size word before it ("2 large cloves") and the rest; the rest is untouched when there is no unit."""
    rest, size = text.lstrip(" "), None
    of_a = _OF_A.match(rest)
    rest = rest[of_a.end() :] if of_a else rest
    while modifier := _MODIFIER.match(rest):
        size, rest = modifier[0].strip(), rest[modifier.end() :]
    word = _UNIT_WORD.match(rest)
    unit = canonical(word[1]) if word else None
    if not word or not unit or (word[1] in {"c", "C"} and rest == text):  # "33c" is not 33 cups
        return None, None, text
    after = rest[word.end() :].lstrip("+")
    if unit in AMBIGUOUS and not re.match(r"\s*[A-Za-z(\[]|\s+of\b", after):
        return None, None, text
    return unit, size, after


def _bounds(low: Fraction, high: Fraction) -> tuple[Fraction, Fraction | None]:
    """ "1-1/2" is one and a half, "1-2" a range, "2-1" a slip."""
    if high < 1 <= low and low.denominator == 1:
        return low + high, None
    return (low, high) if high > low else (low, None)


def take_amount(text: str) -> tuple[Amount, str | None, str] | None:
    """One amount with its unit: (amount, size word, rest)."""
    text = text.lstrip(" ")
    while approximately := _APPROXIMATELY.match(text):
        text = text[approximately.end() :]
    first = take_number(text)
    if not first:
        return None
    low, rest = first
    unit, size, after = _take_unit(rest)
    second = _take_upper(after if unit else rest)
    if not second:
        return Amount(to_decimal(low), unit), size, after
    upper, rest = second
    upper_unit, upper_size, upper_after = _take_unit(rest)
    if unit and upper_unit != unit:
        return Amount(to_decimal(low), unit), size, after
    low, high = _bounds(low, upper)
    amount = Amount(to_decimal(low), upper_unit, None if high is None else to_decimal(high))
    return amount, upper_size, upper_after


def _take_upper(text: str) -> tuple[Fraction, str] | None:
    loose = _LOOSE_RANGE.match(text)
    if loose:
        found = take_number(text[loose.end() :])
        return (found[0], found[1].lstrip()[1:]) if found and found[1].lstrip().startswith(")") else None
    separator = _RANGE.match(text)
    return take_number(text[separator.end() :]) if separator else None


def is_measured(amount: Amount) -> bool:
    return dimension(amount.unit) in {Dimension.MASS, Dimension.VOLUME}


def take_measure(text: str) -> tuple[Measure, str] | None:
    """The whole amount of a line: first amount, pack size, sums and equivalents in any order people write them."""
    start = take_amount(text)
    if not start:
        return None
    amount, size, rest = start
    measure = Measure(amount, size=size)
    while step := _take_more(measure, rest):
        measure, rest = step
    return measure, rest


def _take_more(measure: Measure, text: str) -> tuple[Measure, str] | None:
    for reader in (_take_bracket, _take_pack, _take_container, _take_joined):
        if step := reader(measure, text):
            return step
    return None


def _take_bracket(measure: Measure, text: str) -> tuple[Measure, str] | None:
    """ "(450 g)", "(32 oz, 946 mL)", "(2 sticks)": only when nothing but amounts is inside."""
    bracket = re.match(r"\s*\(([^()]*)\)", text)
    inner = read_amounts(bracket[1]) if bracket else None
    if not bracket or not inner:
        return None
    packed = dimension(measure.amount.unit) is Dimension.PACKAGE or (
        measure.amount.unit is None and _container_follows(text[bracket.end() :])
    )
    if packed and measure.pack is None and is_measured(inner[0]):
        return replace(measure, pack=inner[0]), text[bracket.end() :]
    return replace(measure, equivalents=measure.equivalents + inner), text[bracket.end() :]


def read_amounts(text: str) -> tuple[Amount, ...] | None:
    """Amounts that fill the whole text, with "about", "each" or "total" allowed; None if there is anything else."""
    found = take_measure(text)
    if not found:
        return None
    measure, rest = found
    if re.sub(r"^\s*(?:each|total|in total|of each|medium|large|small|size|package|metric|[+.,])*\s*$", "", rest):
        return None
    return (measure.amount, *measure.equivalents)


def _container_follows(text: str) -> bool:
    word = _UNIT_WORD.match(text.lstrip())
    unit = canonical(word[1]) if word else None
    return unit is not None and unit not in AMBIGUOUS and text[:1] in {" ", "-"} and dimension(unit) in _HOLDERS


def _take_pack(measure: Measure, text: str) -> tuple[Measure, str] | None:
    """ "2 x 400g", "1 15 oz", "1 bottle 700ml": a size after a count."""
    counted = measure.amount.unit is None or dimension(measure.amount.unit) is Dimension.PACKAGE
    times = re.match(r"\s*(?:[x×*]\s*)?(?=\d)", text)
    if not counted or measure.pack or not times:
        return None
    found = take_amount(text[times.end() :])
    if not found or not is_measured(found[0]):
        return None
    return replace(measure, pack=found[0]), found[2]


def _take_container(measure: Measure, text: str) -> tuple[Measure, str] | None:
    """ "28 oz can": the container of a size, or the unit of a count with a pack size."""
    if not _container_follows(text) or measure.container:
        return None
    unit, size, rest = _take_unit(text.lstrip(" -"))
    if measure.pack is None and dimension(unit) is not Dimension.PACKAGE:
        return None
    if measure.amount.unit is None:
        return replace(
            measure, amount=replace(measure.amount, unit=unit), size=measure.size or size, container=unit
        ), rest
    return (replace(measure, container=unit), rest) if is_measured(measure.amount) else None


def _take_joined(measure: Measure, text: str) -> tuple[Measure, str] | None:
    joint = _JOIN.match(text)
    found = take_amount(text[joint.end() :]) if joint else None
    if not joint or not found or not is_measured(found[0]):
        return None
    if not joint["sum"]:
        return replace(measure, equivalents=(*measure.equivalents, found[0])), found[2]
    total = _add(measure.amount, found[0])
    return (replace(measure, amount=total), found[2]) if total else None


def _add(first: Amount, second: Amount) -> Amount | None:
    more = convert(exactly(second.quantity), second.unit or "", first.unit or "")
    return None if more is None else replace(first, quantity=to_decimal(exactly(first.quantity) + more))
