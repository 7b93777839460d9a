"""One line of an ingredient list, as strangers write them, into amount, unit, food and note.

A grammar of our own (the one library for this needs downloads at run time): the amount is read by `amounts`, the
rest is named by `naming`. It never raises, whatever the text. Chinese lines go to `chinese`. The text is kept as it
came.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from meals.ingredients import chinese, naming
from meals.ingredients.amounts import Amount, Measure, normalize, spell_out, take_measure
from meals.ingredients.units import AMBIGUOUS, Dimension, canonical, dimension


class LineKind(StrEnum):
    INGREDIENT = "ingredient"
    HEADING = "heading"  # "For the sauce:"
    INSTRUCTION = "instruction"  # a step or remark that slipped into the list
    TOOL = "tool"  # "1 cheesecloth"


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """What a line says. Amounts have at most six places; `quantity_max` is set for ranges alone.

    `pack` is the size of one container ("2 (14 oz) cans"), `equivalents` are the same amount in other units ("1 lb
    (450 g)").
    `alternatives` are further foods that may take the place of `food`. `per_serving`: the amount is for one person.
    """

    text: str
    quantity: Decimal | None = None
    quantity_max: Decimal | None = None
    unit: str | None = None
    food: str = ""
    note: str = ""
    size: str | None = None
    optional: bool = False
    alternatives: tuple[str, ...] = ()
    kind: LineKind = LineKind.INGREDIENT
    pack: Amount | None = None
    equivalents: tuple[Amount, ...] = ()
    container: str | None = None
    per_serving: bool = False
    language: str = "en"

    @property
    def is_ingredient(self) -> bool:
        return self.kind is LineKind.INGREDIENT and bool(self.food)


LONGEST = 600  # characters that are read; the text itself is kept whole
_BULLET = re.compile(r"^(?:\s*(?:[-*+•▢◦‣▪·☐]|\[[ xX]?\]|\d{1,2}[.)](?=\s+\D))\s+)+")
_LINK = re.compile(r"!?\[([^\[\]]+)\]\([^()]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`)")
_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,200}>")
_OPTIONAL_START = re.compile(r"^[(\[]?\s*optional(?:ly)?\s*(?:[)\]]|[,:](?=\s*\w)|(?=\s))[,:]?\s*", re.IGNORECASE)
_OPTIONAL = re.compile(r"[(\[,]?\s*\b(?:very\s+)?optional(?:ly)?\b\s*[)\]]?", re.IGNORECASE)
_PER_SERVING = re.compile(r"\bper (?:person|serving|portion|head)\b", re.IGNORECASE)
_VAGUE_AMOUNT = re.compile(
    r"^(?:a (?:few|little|bit|lot|pile|load)(?: bit)?(?: of)?|a (?:(?:teensy|tiny|little|good|small|"
    r"large) )+(?:bit|amount)(?: of)?|"
    r"(?:small|ample|large) amounts? of|few|several|some(?: of)?|plenty of|lots of|as much|enough|any|"
    r"additional|more|tad of)\s+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|the|one)\s+", re.IGNORECASE)
_LOOSE_UNIT = re.compile(
    r"^(?P<article>(?:an?|the)\s+)?(?P<size>(?:(?:big|large|small|good|whole|generous|heaping|overfilled|hearty|heavy|tiny|medium)\s+)*)"
    r"(?P<unit>[A-Za-z-]+)\b\.?(?P<link>(?:\s+or\s+(?:so|two))?\s+(?:of\s+|o'\s+)|\s+)",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"^(?:the\s+)?(?:fresh(?:ly squeezed)?\s+)?(?P<part>juice(?: and zest)?|"
    r"(?:grated )?zest(?: and juice)?|peels?|rind)\s+(?:of|from)\s+",
    re.IGNORECASE,
)
_THICK = re.compile(r"^(\d+)\s+(\d+/\d+|\d+)[\s-]*(?:inch(?:es)?|cm|mm)\s+thick\s+", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:for (?:the |a )?[^:\d]{1,30}|(?:seasonings?|toppings?|spices|garnish|sauce|filling|dough|"
    r"condiments)[^:\d]{0,20}):\s+(?=\S)",
    re.IGNORECASE,
)
_WITHOUT_OF = frozenset({"pinch", "dash", "splash", "drizzle", "sprinkle", "tsp", "tbsp"})


def parse_line(text: str) -> ParsedLine:
    """Read one line in English or Chinese. REC-3: "to taste" and bare foods have no quantity, never zero."""
    plain = clean(text)
    if chinese.is_chinese(plain):
        return _parse_chinese(text, plain)
    kind = LineKind(naming.kind_of(plain, text))
    if kind is not LineKind.INGREDIENT:
        return ParsedLine(text, kind=kind, note=plain)
    return _parse_english(text, plain)


def clean(text: str) -> str:
    """Marks of lists, links and emphasis away, typography plain."""
    text = _LINK.sub(r"\1", _TAG.sub(" ", text[:LONGEST]))
    text = _EMPHASIS.sub("", _BULLET.sub("", normalize(text)))
    return re.sub(r"\s+", " ", text).strip(" \t*_")


def _parse_chinese(text: str, plain: str) -> ParsedLine:
    found = chinese.read(plain)
    return ParsedLine(
        text,
        found.quantity,
        found.quantity_max,
        found.unit,
        found.food,
        found.note,
        kind=LineKind(found.kind),
        optional=found.optional,
        per_serving=found.per_serving,
        language="zh",
    )


def _parse_english(text: str, plain: str) -> ParsedLine:
    optional = bool(_OPTIONAL.search(plain)) and "preferably" not in plain[:12]
    body = _OPTIONAL_START.sub("", plain)
    body = _LABEL.sub("", _THICK.sub(r"\1 ", body))
    line = _with_part_of(text, body) or _with_leading_amount(text, body) or _without_amount(text, body)
    line = replace(line, optional=optional, per_serving=bool(_PER_SERVING.search(plain)))
    if line.food:
        return _promoted(line) if line.quantity is None and line.equivalents and not line.unit else line
    return replace(line, food=naming.bare(plain), kind=LineKind.TOOL if line.container else line.kind)


def _promoted(line: ParsedLine) -> ParsedLine:
    """ "Oil (any kind) (60 g - 75 ml)": the amount stands in brackets alone."""
    first, *others = line.equivalents
    return replace(
        line, quantity=first.quantity, quantity_max=first.quantity_max, unit=first.unit, equivalents=tuple(others)
    )


def _with_part_of(text: str, body: str) -> ParsedLine | None:
    """ "Juice of 2 lemons" is 2 times what a lemon yields: food "lemon juice", counted by the fruit."""
    part = _PART_OF.match(body)
    if not part:
        return None
    inner = body[part.end() :]
    line = _with_leading_amount(text, inner) or _without_amount(text, inner)
    fruit = re.sub(
        r"(?i)(?<=[a-z]{3})s$", "", re.sub(r"(?i)\b(?:large|fresh-squeezed|whole|small|medium)\s+", "", line.food)
    )
    return replace(line, food=f"{fruit} {part['part'].lower().removeprefix('grated ')}") if fruit else None


def _with_leading_amount(text: str, body: str) -> ParsedLine | None:
    found = take_measure(spell_out(body))
    if found:
        return _named(text, found[0], found[1])
    return _with_loose_unit(text, body)


def _with_loose_unit(text: str, body: str) -> ParsedLine | None:
    """ "Pinch of salt", "a handful of dates", "few cloves of garlic": a unit with no number before it."""
    few = _VAGUE_AMOUNT.match(body)
    rest = body[few.end() :] if few else body
    found = _LOOSE_UNIT.match(rest)
    unit = canonical(found["unit"]) if found and len(found["unit"]) > 2 else None
    if not found or not unit or not _links(unit, found["link"]):
        return None
    several = bool(few) or (found["unit"].lower().endswith("s") and not found["article"])
    named = naming.name(rest[found.end() :], unit)
    size = found["size"].strip() or named.size
    return _line(text, named, None if several else Decimal(1), unit=unit, size=size)


def _links(unit: str, link: str) -> bool:
    return " of" in link or "o'" in link or unit in _WITHOUT_OF


def _without_amount(text: str, body: str) -> ParsedLine:
    trailing = naming.trailing_amount(body)
    if trailing:
        return _named(text, trailing[0], trailing[1], note=trailing[2])
    few = _VAGUE_AMOUNT.match(body)
    if few:
        return _line(text, naming.name(body[few.end() :], None), None)
    article = _ARTICLE.match(body)
    named = naming.name(body[article.end() :] if article else body, None)
    one = article and article[0].lower() != "the " and named.food
    return _line(text, named, Decimal(1) if one else None)


def _named(text: str, measure: Measure, rest: str, note: str = "") -> ParsedLine:
    amount = measure.amount
    named = naming.name(rest, amount.unit)
    unit = amount.unit
    if unit is None:
        unit, food = naming.unit_in_name(named.food)
        named = replace(named, food=food)
    elif not named.food and (unit in AMBIGUOUS or dimension(unit) is Dimension.COUNT):
        named, unit = replace(named, food=unit), None
    return replace(
        _line(text, named, amount.quantity, unit=unit, size=measure.size or named.size),
        quantity_max=amount.quantity_max,
        pack=measure.pack,
        equivalents=measure.equivalents + named.amounts,
        container=measure.container,
        note="; ".join(filter(None, (named.note, note))),
    )


def _line(
    text: str, named: naming.Named, quantity: Decimal | None, *, unit: str | None = None, size: str | None = None
) -> ParsedLine:
    return ParsedLine(
        text,
        quantity,
        unit=unit,
        food=named.food,
        note=named.note,
        size=size or named.size,
        alternatives=named.alternatives,
        equivalents=named.amounts,
    )
