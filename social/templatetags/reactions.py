"""The pieces of a page about reactions, for whatever inherits `Reactable`:

{% load reactions %} … {% like_button meal %} … {% comments_below meal %} … {% share_dialog meal %}
"""

import re
from typing import Any

from django import template
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString, mark_safe

from social.models import Comment
from social.validators import MENTION
from social.views import panels

register = template.Library()


def _with_request(context: Any, panel: dict[str, Any]) -> dict[str, Any]:
    """What the components and the CSRF tag inside need of the page around."""
    return {name: context.get(name) for name in ("request", "user", "csrf_token", "perms")} | panel


@register.inclusion_tag("social/_like_button.html", takes_context=True)
def like_button(context: Any, row: Any) -> dict[str, Any]:
    return _with_request(context, panels.like_panel(row, context["request"].user))


@register.inclusion_tag("social/_comments.html", takes_context=True)
def comments_below(context: Any, row: Any) -> dict[str, Any]:
    return _with_request(context, panels.comments_panel(row, context["request"].user))


@register.inclusion_tag("social/_share_dialog.html", takes_context=True)
def share_dialog(context: Any, row: Any) -> dict[str, Any]:
    return _with_request(context, panels.share_panel(row, context["request"].user))


@register.simple_tag
def share_card_url(row: Any) -> str:
    return panels.card_url(row)


@register.filter
def comment_html(comment: Comment) -> SafeString:
    """The words, escaped; addresses become links that pass on no good name, mentions lead to people who are there."""
    people = {each.handle: each.person for each in comment.shown_mentions}  # type: ignore[attr-defined]  # prefetched
    parts, end = [], 0
    for found in MENTION.finditer(comment.text):
        person = people.get(found[1].lower())
        if person is None:
            continue
        parts += [_linked(comment.text[end : found.start()]), _mention(found[0], person)]
        end = found.end()
    return mark_safe("".join([*parts, _linked(comment.text[end:])]))  # noqa: S308  every part is escaped


def _linked(text: str) -> str:
    return re.sub('rel="nofollow"', 'rel="nofollow ugc noopener"', urlize(text, nofollow=True, autoescape=True))


def _mention(text: str, person: Any) -> SafeString:
    return format_html('<a class="mention" href="{}">{}</a>', person.get_absolute_url(), text)
