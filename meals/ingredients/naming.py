"""The words of a line that are not its amount: which is the food, which a note, which another food to choose."""

import re
from dataclasses import dataclass

from meals.ingredients.amounts import Amount, Measure, read_amounts, spell_out, take_measure
from meals.ingredients.names import DESCRIBING, PREPARED, word_set, words
from meals.ingredients.units import canonical


@dataclass(frozen=True, slots=True)
class Named:
    food: str
    note: str = ""
    size: str | None = None
    alternatives: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()


_OPTIONAL = re.compile(r"[(\[,]?\s*\b(?:very\s+)?optional(?:ly)?\b\s*[)\]]?", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LEADING = re.compile(
    r"^(?:(?:of|o'|each|about|around|or (?:so|more|two|less)|or \d+ (?:small|big|large|medium|extra large)|"
    r"pieces? of|(?:normal|average|reasonably|medium)[\s-]sized?|(?:a )?(?:(?:little|tiny|teensy) )?bit of|a little|"
    r"\d+[\s-](?:inch|cm)|your favou?rite)\b[\s,]*|(?:an?|the)\s+|-\s*inch\s+pieces?\s+|[+*\-–,.:]\s*)+",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"^((?:extra[\s-]large|large|medium|small|big|jumbo|mini|tiny|whole small|giant)(?:\s*(?:/|to|or|"
    r"-)\s*(?:large|medium|small))?"
    r"(?:[\s-]size[d]?)?)[\s,]+(?=\S)(?!trevally)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"^whole\s+(?!milk\b|wheat\b|grain|meal|wholemeal|spelt|rye|peeled\b|kernel)", re.IGNORECASE)
# From here on, a line tells how, what for or how much more, not what.
_TAIL = re.compile(
    r"\s+(?:(?:for|to) (?:taste|garnish(?:ing)?|serv(?:e|ing)|fry(?:ing)?|deep|pan|sprinkl(?:e|ing)|"
    r"drizzl(?:e|ing)|dust(?:ing)?|"
    r"greas(?:e|ing)|brush(?:ing)?|top(?:ping)?|spread(?:ing)?|squeezing|rolling|cook(?:ing)?|coat(?:ing)?|thin|make|the|heat|"
    r"ag(?:e|ing)|decorat(?:e|ing|ion)|bind|cover|finish|fill(?:ing)?|season(?:ing)?|dip(?:ping)?|knead(?:ing)?|marinat\w+|each|"
    r"your|a|an|fans|mayonn?aise|aioli|dressing|glaze|glazing|bast(?:e|ing)|us(?:e|ing)|feed|add|activate)\b"
    r"|(?:plus|and) (?:extra|more|some|a little|additional)\b|as (?:needed|required|a garnish|garnish|desired|you)\b"
    r"|if (?:desired|needed|using|you|necessary|not|possible|wine)\b|of (?:your )?choice\b|of any\b|"
    r"of some kind\b|per (?:person|serving|egg|portion)\b"
    r"|at room temp|at least\b|(?:sliced|chopped|diced|torn|broken|halved|cut) (?:into?|on|to|off|thin|"
    r"through)\b|but\b|with (?:the )?(?:skin|fat|bones?|liquid|juices?|surrounding|organs|herbs|its|some)\b"
    r"|without\b|such as\b|\b(?:e\.g|i\.e|ex)\b\.?|depending on\b|preferably\b|or to taste\b|or (?:so|"
    r"more)\b|or (?:something|anything) |or equivalent\b"
    r"|or similar\b|or other\b|worth\b|(?:from|on|in) (?:the|a|an|half|your|store)\b|in adobo\b|"
    r"like (?:the )?[a-z]+ |according to|that\b|which\b|is (?:fine|best)\b"
    r"|divided\b|mixed with\b|used to\b|washed and\b|whisked to\b|weighing\b|(?:to|until|till) (?:melt|get|"
    r"soft|form|room)\w*)",
    re.IGNORECASE,
)
_PARTICIPLES = (
    r"chopped|diced|minced|sliced|grated|shredded|crushed|peeled|cubed|melted|softened|beaten|pressed|drained|rinsed|halved|"
    r"quartered|julienned|crumbled|mashed|cooked|toasted|thawed|divided|separated|juiced|zested|trimmed|deseeded|seeded|sifted|"
    r"small-diced|washed|cleaned|dried|warmed|cooled|whisked|bruised|roasted|undiluted|soaked|pitted|"
    r"stemmed|smashed|lightly packed|"
    r"loosely packed|packed|optional|to taste"
)
_AFTERWARDS = re.compile(
    rf"\s+(?:(?:finely|roughly|coarsely|thinly|freshly|very|well|lightly|and|then)\s+)*(?:{_PARTICIPLES})"
    rf"(?:\s+(?:and\s+)?(?:finely|roughly|coarsely|thinly|small(?:ish)?|fine|thin|well|{_PARTICIPLES}))*[\s,]*$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*;\s*|\s+[-–—]+\s+|\s*--+\s*|\.\s+(?=[A-Z(])|\s*:\)|\s*→\s*")
_OR = re.compile(r"\s*(?:\s(?:and/or|or(?: alternatively)?|alternatively)\s|(?<!\d)/(?!\d)|\s\|\s)\s*", re.IGNORECASE)
# "chicken or beef broth": the last word belongs to both.
_SHARED = word_set(
    """
    broth stock oil vinegar bean pepper bread flour sugar tea juice milk cheese sauce powder seed leaf wine
    bouillon rice onion noodle chocolate cream tortilla paprika mushroom potato kernel chili breast thigh
    mince yogurt apple bread syrup
    """
)
_SHARING = word_set(
    """
    chicken beef vegetable veggie white red yellow green black brown olive canola peanut sunflower rapeseed
    corn rice rye wheat pinto kidney hungarian regular sweet smoked dark milk almond cider malt jalapeno
    serrano ancho poblano fish soy teriyaki crimini button cremini whole plain greek orange cranberry sesame
    vegetable turkey garlic parmesan cheddar mozzarella lemon lime apple pear maple whipping heavy powdered
    wine
    """
)
_IN_NAME = re.compile(
    r"^(?P<food>.+?)\s+(?P<unit>cloves?|gloves|heads?|stalks?|sticks?|sprigs?|rashers?|slices?|strips?|ribs?|cubes?|shoots?|pearls?|"
    r"fil(?:l)?ets?|threads?|strands?|pods?|ears?|sheets?)$",
    re.IGNORECASE,
)
_WHOLE_NAMES = re.compile(
    r"\b(?:cheese strips|cheese sticks|bread sticks|fish sticks|chicken strips|fish fil)", re.IGNORECASE
)


def bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" \t.,;:*_-–+&!?\"'=/|><~")


def name(rest: str, unit: str | None) -> Named:
    """Food, note, size and alternatives of what follows (or stands before) an amount."""
    notes: list[str] = []
    amounts: list[Amount] = []
    while bracket := _BRACKET.search(rest):
        amounts.extend(_aside(bracket[1], notes))
        rest = f"{rest[: bracket.start()]} {rest[bracket.end() :]}"
    notes = [bare(_OPTIONAL.sub(" ", note)) for note in notes]
    rest = _OPTIONAL.sub(" ", rest).replace("(", " ").replace("[", " ").replace(")", " ").replace("]", " ")
    rest = _shorten(re.sub(r"\s+,", ",", re.sub(r"\s+", " ", rest)).strip(), notes)
    rest, size = _without_size(rest or (notes.pop() if notes else ""), unit)
    foods = [food for food in (bare(_AFTERWARDS.sub("", f" {part}")) for part in _OR.split(rest)) if food] or [""]
    first = _share_head(foods)
    alternatives = tuple(filter(None, map(_bare_alternative, foods[1:])))
    return Named(first, "; ".join(filter(None, map(bare, notes))), size, alternatives, tuple(amounts))


def _bare_alternative(food: str) -> str:
    """ "30 g butter or 3 tablespoons of oil": the other food without its own amount."""
    measured = take_measure(spell_out(food))
    return bare(_LEADING.sub("", measured[1].strip() if measured else food))


def _aside(inner: str, notes: list[str]) -> tuple[Amount, ...]:
    found = read_amounts(spell_out(inner.strip()))
    if not found or found[0].unit is None:
        notes.append(inner.strip())
        return ()
    return found


def _shorten(text: str, notes: list[str]) -> str:
    """Cut the text where the food ends; what is cut off goes to the notes."""
    text = _LEADING.sub("", text)
    parts = _SPLIT.split(text, maxsplit=1)
    text = parts[0]
    head, tail = _split_at_comma(text)
    found = _TAIL.search(f" {head}")
    if found and found.start() > 1:
        notes.append(head[found.start() - 1 :])
        head = head[: found.start() - 1]
    after = _AFTERWARDS.search(head)
    if after and head[: after.start()].strip():
        notes.append(after[0])
        head = head[: after.start()]
    notes.extend((tail, *parts[1:]))
    return _LEADING.sub("", bare(head))


def _split_at_comma(text: str) -> tuple[str, str]:
    """Before and after the first comma that stands behind a food: not "boneless, skinless chicken"."""
    pieces = re.split(r",(?!\d)\s*", text)
    said_little = PREPARED | DESCRIBING
    count = 1
    while count < len(pieces) and all(word in said_little for word in words(" ".join(pieces[:count]))):
        count += 1
    return ", ".join(pieces[:count]), ", ".join(pieces[count:])


def _without_size(text: str, unit: str | None) -> tuple[str, str | None]:
    found = _SIZE.match(text)
    if found:
        text = _LEADING.sub("", text[found.end() :])
    if unit is None:
        text = _WHOLE.sub("", text)
        found = found or _SIZE.match(text)
        text = _SIZE.sub("", text)
    return text, found[1].lower() if found else None


def _share_head(foods: list[str]) -> str:
    last = words(foods[-1])
    first = words(foods[0])
    one_head = len(last) > 1 and last[-1] in _SHARED and not last[0].isdigit()
    if len(foods) > 1 and one_head and first and first[-1] in _SHARING:
        return f"{foods[0]} {foods[-1].split()[-1]}"
    return foods[0]


def unit_in_name(food: str) -> tuple[str | None, str]:
    """ "garlic cloves" is cloves of garlic, "celery stalk" a stalk of celery."""
    found = _IN_NAME.match(food)
    if not found or _WHOLE_NAMES.search(food):
        return None, food
    unit = canonical(found["unit"]) or {"shoots": "stalk", "shoot": "stalk"}.get(found["unit"].lower())
    return (unit, found["food"]) if unit else (None, food)


_TRAILING = re.compile(
    r"^(?P<food>[^\d(]*[^\d(\s,:~-])(?P<link>\s*[:,]\s*|\s+-\s*|\s+to taste,?\s*\(?|\s*\(\s*|"
    r"\s+)(?=(?P<amount>(?:about |around |~ ?|approx\.? )?\d|"
    r"(?:a|half|one|two|three|four|five|six|eight|ten)\s))",
    re.IGNORECASE,
)


def trailing_amount(text: str) -> tuple[Measure, str, str] | None:
    """ "Paprika, 2 tsp", "Sugar (100 g)", "brown sugar: 1 tbsp", "Water 3 dl": (amount, food, note)."""
    text = re.sub(r"(?<=\w)\s*\([^()\d]*\)(?=\s*[,:]?\s*(?:\d|about|~))", "", text)
    return _at_first_digit(text) or _at_end(text)


def _at_end(text: str) -> tuple[Measure, str, str] | None:
    food, comma, tail = text.rpartition(",")
    measured = take_measure(spell_out(tail.strip())) if comma else None
    return (measured[0], food, "") if measured and measured[0].amount.unit and not measured[1].strip() else None


def _at_first_digit(text: str) -> tuple[Measure, str, str] | None:
    found = _TRAILING.match(re.sub(r",\s*optional\b|\(\s*optional\s*\)", "", text, flags=re.IGNORECASE))
    if not found:
        return None
    tail = found.string[found.end() :]
    measured = take_measure(spell_out(tail))
    if not measured or not _ends_well(found["link"], measured[1]):
        return None
    measure, rest = measured
    if measure.amount.unit is None and not re.fullmatch(r"\s*:\s*|\s*\(\s*|\s*,\s*|\s+-?\s*", found["link"]):
        return None
    food = re.sub(r"(?i)\s+(?:about|around|approx\.?|roughly|~)$", "", found["food"])
    return measure, food, bare(rest.replace("(", " ").replace(")", " "))


def _ends_well(link: str, rest: str) -> bool:
    """In brackets the amount must fill them; otherwise only brackets or remarks set off by a mark may follow."""
    rest = rest.strip()
    if "(" in link:
        return bool(re.match(r"^(?:\)|each\b|per (?:serving|person)\b|medium|large|small|or\s+(?:so|more))", rest))
    return (
        not rest
        or rest[0] in "([,.;|*"
        or bool(re.match(r"(?:medium|large|small|worth|total|or so|per)\b", rest, re.IGNORECASE))
    )


_VERBS = word_set(
    """
    preheat combine bring place pour transfer whisk stir toss repeat wait massage flip sautee saute drape fry
    dip fill grind blend serve refrigerate steam bake boil simmer chop heat mix line seal spread drain knead
    roll cover add cook dice put put remove let using season sear use go give keep have make ask don dont do protip
    battling compliment note tip enjoy enojoy sprinkle grill marinate drop turn cut set slice garnish likewise
    finally once without
    """
)
_NEVER_FOOD = word_set("add combine preheat bring place pour transfer whisk toss repeat stir drain cover")
_TOOL = re.compile(
    r"^(?:(?:an?|some|one|\d{1,3}|good|large|small|oven[\s-]safe|kitchen|sheet)\s+)*(?:thermometers?|cheese ?cloth|"
    r"cheese recipient|alumin(?:i)?um foil|tin ?foil|foil|"
    r"glass jars?|(?:metal |mixing |large )*bowls?|(?:quart |cooking |tajine |oven-safe |quart )*(?:pots?|"
    r"pans?)|strainer|sieve|scissors|"
    r"wood chips|baking (?:paper|parchment|sheet|tray|tin|dish)|parchment(?: paper)?|skewers?|toothpicks?|"
    r"tongs|oven bag|blender|"
    r"immeri?sion circulator|zip[\s-]?lock bags?|food processor|rolling pin|cupcake (?:liners|cases)|"
    r"muffin (?:tin|liners)|"
    r"(?:wooden |bamboo )?(?:skewers|sticks)|kitchen twine|string|thermos|glass marbles|oven rack)"
    r"(?=\s*(?:$|[(,.]|with\b|covered\b|square\b|big\b))",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\b(?:you(?:'ll|'re|r own|'d|'ve)?|is|are|was|will|would|should|can't|don't|doesn't|it's|that's|i've|we)\b",
    re.IGNORECASE,
)


def kind_of(plain: str, raw: str) -> str:
    """ "ingredient", "heading", "instruction" or "tool". A line that starts with an amount is an ingredient."""
    if not re.search(r"[^\W_]", plain):
        return "heading" if not plain or plain[-1] == ":" else "ingredient"
    if re.match(r"^[~<(\[]?\s*[\d.]", plain) or take_measure(spell_out(plain)):
        return "tool" if _is_tool(plain) else "ingredient"
    if _is_heading(plain, raw):
        return "heading"
    if _is_tool(plain):
        return "tool"
    return "instruction" if _is_instruction(plain) else "ingredient"


def _is_tool(plain: str) -> bool:
    return bool(_TOOL.match(plain))


def _is_heading(plain: str, raw: str) -> bool:
    if raw.lstrip().startswith("#") or (plain.endswith(":") and len(plain) < 80):
        return True
    if re.match(r"^for the\b", plain, re.IGNORECASE) and len(plain.split()) <= 6 and not re.search(r"[:,\d]", plain):
        return True
    letters = plain.replace(" ", "")
    return letters.isascii() and letters.isalpha() and letters.isupper() and len(plain.split()) > 2


def _is_instruction(plain: str) -> bool:
    parts = plain.split()
    verb = re.sub(r"[^a-z]", "", parts[0].lower())
    sentence = (
        plain.endswith((".", "!"))
        or len(parts) >= 8
        or bool(re.search(r"\b(?:the|it|them|into|until|with|for|all)\b", plain.lower()))
    )
    if verb in _NEVER_FOOD or (plain.startswith("(") and plain.endswith(")")):
        return True
    if verb in _VERBS:
        return len(parts) > 3 or plain.endswith(".") or len(parts) == 1 or sentence
    head = re.split(r"[(,;:]|\. ", plain, maxsplit=1)[0].split()
    return len(head) > 11 or (len(head) > 5 and bool(_REMARK.search(" ".join(head))))
