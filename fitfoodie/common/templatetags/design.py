"""Tags of the design system: icons, initials, safe pass-through attributes, stars."""

import zlib
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.icons import ICONS

register = template.Library()

AVATAR_HUES = 8


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """An inline SVG of our own set, hidden from assistive technology unless it has a label.

    Raises KeyError for a name that is not drawn: a missing icon is a mistake of the template's author.
    """
    described = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" {}>{}</svg>',
        f" {extra}" if extra else "",
        described,
        mark_safe(ICONS[name]),  # noqa: S308 - the drawings are constants of ours
    )


@register.filter
def initials(name: object) -> str:
    """One or two capitals that stand for a person; a single character for scripts without spaces."""
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    if not words:
        return "?"
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper()


@register.filter
def hue(name: object) -> str:
    """The same name gets the same ground on every page and every machine (`hue-0` … `hue-7`)."""
    return f"hue-{zlib.crc32(str(name or '').encode()) % AVATAR_HUES}"


@register.simple_tag
def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Attributes passed through a component to its element, so that no value can leave its quotes.

    Texts may already hold entities, so the ampersand stays. `False` and `None` drop the attribute, `True` writes
    it bare.
    """
    undeclared = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else dict(attrs)
    parts = [_attribute(key, value) for key, value in undeclared.items()]
    return mark_safe("".join(parts))  # noqa: S308 - every value is quoted and escaped below


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {key}"
    text = str(value).replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return f' {key}="{text}"'


STAR = "M12 2.6l2.9 5.9 6.5.9-4.7 4.6 1.1 6.5L12 17.4l-5.8 3.1 1.1-6.5L2.6 9.4l6.5-.9z"


@register.simple_tag
def star_row(average: float | None) -> SafeString:
    """Five stars filled to the exact fraction by the width of the inner viewport; no ids, no styles."""
    filled = max(0.0, min(5.0, float(average or 0))) * 25
    paths = mark_safe("".join(f'<path d="{STAR}" transform="translate({i * 25} 0)"/>' for i in range(5)))  # noqa: S308
    return format_html(
        '<svg class="star-row" viewBox="0 0 125 24" aria-hidden="true"><g class="off">{}</g>'
        '<svg width="{}" height="24" viewBox="0 0 {} 24"><g class="star">{}</g></svg></svg>',
        paths,
        f"{filled:g}",
        f"{filled:g}",
        paths,
    )


@register.simple_tag
def star() -> SafeString:
    return format_html('<svg class="one star" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', STAR)


@register.simple_tag
def star_path() -> SafeString:
    return format_html('<path d="{}"/>', STAR)


@register.filter
def known(value: object) -> bool:
    """Whether a figure is known; zero is a figure, an empty text and None are not."""
    return value is not None and value != ""


@register.filter
def stars_range(maximum: int) -> range:
    return range(1, int(maximum) + 1)


@register.filter
def unlocalized(value: object) -> str:
    """A number for an attribute: a point for decimals in every language."""
    return str(value)


# (key, label, unit, kind): the order in which European labels list them.
NUTRITION_ROWS = (
    ("calories", _("Energy"), "kcal", "energy"),
    ("protein", _("Protein"), "g", "main"),
    ("carbs", _("Carbohydrates"), "g", "main"),
    ("sugar", _("of which sugars"), "g", "sub"),
    ("fat", _("Fat"), "g", "main"),
    ("saturated_fat", _("of which saturated"), "g", "sub"),
    ("fiber", _("Fibre"), "g", "main"),
    ("salt", _("Salt"), "g", "main"),
    ("sodium", _("Sodium"), "mg", "main"),
)
ALWAYS_SHOWN = {"calories", "protein", "carbs", "fat"}


@register.simple_tag
def nutrition_rows(facts: Any) -> list[dict[str, Any]]:
    """Facts of a dict or an object in the order of a label; a name may carry its unit (`protein_g`), as in the API.

    The four main ones, and whatever is named with None, are listed as unknown.
    """
    rows = []
    for key, label, unit, kind in NUTRITION_ROWS:
        named, value = _fact(facts, (key, f"{key}_{unit}"))
        if named or key in ALWAYS_SHOWN:
            main = kind in {"main", "energy"}
            rows.append({"label": label, "value": value, "unit": unit, "main": main, "sub": not main, kind: True})
    return rows


def _fact(facts: Any, names: tuple[str, ...]) -> tuple[bool, Any]:
    for name in names:
        if isinstance(facts, Mapping) and name in facts:
            return True, facts[name]
        if hasattr(facts, name):
            return True, getattr(facts, name)
    return False, None
