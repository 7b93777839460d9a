import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# As Django's json_script does: nothing in the data can end the element or begin another.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(data: Any, nonce: str = "") -> SafeString:
    """A block of linked data for search engines and other recipe programs; it is data, it does not run."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    attribute = format_html(' nonce="{}"', nonce) if nonce else ""
    return format_html('<script type="application/ld+json"{}>{}</script>', attribute, mark_safe(text))  # noqa: S308


@register.filter
def minutes_words(minutes: int | None) -> str:
    """95 as "1 h 35 min"."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")))
