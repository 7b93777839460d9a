from typing import Any

from django import template

from classes.enums import PeerTag
from classes.views.rows import person

register = template.Library()


@register.filter
def as_person(who: Any) -> dict[str, Any]:
    """`<c-person-row :person="seat.user|as_person" />`"""
    return person(who)


@register.filter
def tag_words(tags: Any) -> list[str]:
    """The tags of a word among partners, in their order."""
    return [str(tag.label) for tag in PeerTag if tag.value in tags]
