"""Chinese ingredient lines, as far as they are plain: "鸡翅中 6 个", "盐 5g", "水 = 500 毫升", "10ml 蚝油".

Amounts that depend on a formula ("份数 * 2 个", "2 g/人 * …") keep their text and have no quantity: nothing is guessed.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from meals.ingredients.amounts import to_decimal

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")

_UNITS = {
    "克": "g", "公斤": "kg", "千克": "kg", "毫克": "mg", "毫升": "ml", "升": "l", "茶匙": "tsp", "小勺": "tsp",
    "小匙": "tsp", "汤匙": "tbsp", "大勺": "tbsp", "大匙": "tbsp", "g": "g", "kg": "kg", "mg": "mg", "ml": "ml",
    "l": "l", "cm": "cm", "厘米": "cm", "勺": "spoon", "匙": "spoon", "杯": "glass", "碗": "bowl", "瓣": "clove",
    "片": "slice", "块": "piece", "段": "piece", "罐": "can", "盒": "box", "包": "package", "袋": "bag", "瓶": "bottle",
    "把": "handful", "斤": "jin", "两": "liang", "滴": "drop", "撮": "pinch", "棵": "head", "朵": "piece",
    "份": "serving", "听": "can",
}  # fmt: skip
_COUNTED = "个只颗粒枚根条头张尾枝株节圈扎束瓶串"
_CHINESE_JIN = {
    "jin": (Fraction(500), "g"),
    "liang": (Fraction(50), "g"),
}  # market weights of the People's Republic since 1959
_DIGITS = {
    "半": "1/2",
    "一": "1",
    "二": "2",
    "两": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
    "十": "10",
}
_NUMBER = (
    r"\d{1,6}(?:\.\d{1,4})?(?:\s*/\s*[1-9]\d{0,2})?|[半一二两三四五六七八九十](?=\s*["
    + _COUNTED
    + r"瓣片块段克勺杯碗罐盒包袋瓶斤把汤茶毫升])"
)
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + f"|[{_COUNTED}]"
_ABOUT = r"(?:约|大约|大概|差不多|预计|≈|~)?\s*"
_AMOUNT = (
    rf"{_ABOUT}(?P<low>{_NUMBER})\s*(?P<unit0>{_UNIT})?\s*"
    rf"(?:(?:-|~|到|至|—|–)\s*(?P<high>{_NUMBER})\s*)?(?P<unit>{_UNIT})?"
)
_AFTER = re.compile(
    rf"^(?P<food>[^\d=:：*/+，,;；]+?)\s*(?:用量|数量|总量|量)?\s*(?:[=:：,，]|的用量为)?\s*{_AMOUNT}(?P<rest>.*)$",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"^{_AMOUNT}\s*(?P<food>[^\d=:：*/+，,;；\s][^\d=:：*/+，,;；]*)(?P<rest>.*)$", re.IGNORECASE)
_FORMULA = re.compile(r"份数|[*×]|人数|斤数|块数|[+＋=]")
_PER_PERSON = re.compile(r"(?:/|每)\s*(?:人|份)")
_ASIDE = re.compile(r"[(（](.*?)[)）]")
_HEADING = re.compile(r"^[^\d]{1,20}[:：]$")


@dataclass(frozen=True, slots=True)
class ChineseLine:
    food: str
    quantity: Decimal | None = None
    quantity_max: Decimal | None = None
    unit: str | None = None
    note: str = ""
    kind: str = "ingredient"
    optional: bool = False
    per_serving: bool = False


def is_chinese(text: str) -> bool:
    return bool(_IDEOGRAPH.search(text))


def read(text: str) -> ChineseLine:
    if _HEADING.match(text):
        return ChineseLine("", note=text, kind="heading")
    line = _read(text)
    optional = any(word in text for word in ("可选", "可不加", "选用"))
    return replace(line, optional=optional, per_serving=bool(_PER_PERSON.search(text)))


def _read(text: str) -> ChineseLine:
    notes = [aside.strip() for aside in _ASIDE.findall(text)]
    plain = re.sub(r"\s+", " ", _ASIDE.sub(" ", text)).strip()
    inside = _lone_aside(plain, notes)
    if inside:
        return ChineseLine(_food(plain), *inside)
    found = _AFTER.match(plain) or _BEFORE.match(plain)
    amount = _amount(found) if found and not _FORMULA.search(found["rest"]) and "份数" not in plain else None
    if not found or not amount:
        return ChineseLine(_food(plain), note="; ".join(notes))
    notes.append(found["rest"].strip(" ,，。.;；"))
    return ChineseLine(_food(found["food"]), *amount, note="; ".join(filter(None, notes)))


def _lone_aside(plain: str, notes: list[str]) -> tuple[Decimal, Decimal | None, str | None] | None:
    """ "海苔碎(10g)": the only amount stands in brackets."""
    if len(notes) != 1 or re.search(r"\d", plain):
        return None
    found = re.fullmatch(rf"\s*{_AMOUNT}\s*", notes[0], re.IGNORECASE)
    return _amount(found) if found else None


def _food(text: str) -> str:
    food = re.split(r"[=:：,，;；。]|\s[-–]\s", text, maxsplit=1)[0]
    return re.sub(r"\s*(?:数量|用量|总量|约|大约|适量|少许|若干)\s*$", "", food).strip(" *-~")


def _value(number: str) -> Fraction:
    top, _, bottom = _DIGITS.get(number, number).replace(" ", "").partition("/")
    return Fraction(top) / Fraction(bottom or 1)


def _amount(found: re.Match[str]) -> tuple[Decimal, Decimal | None, str | None] | None:
    name = (found["unit"] or found["unit0"] or "").lower()
    if not name or (found["unit"] and found["unit0"] and found["unit"].lower() != found["unit0"].lower()):
        return None
    unit: str | None = _UNITS.get(name)
    ratio, unit = _CHINESE_JIN.get(unit or "", (Fraction(1), unit))
    low = _value(found["low"]) * ratio
    high = _value(found["high"]) * ratio if found["high"] else None
    return to_decimal(low), to_decimal(high) if high and high > low else None, unit
