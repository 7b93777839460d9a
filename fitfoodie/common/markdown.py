"""The Markdown that people write, as HTML that cannot hurt a reader: words, lists, quotes, code and links."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fitfoodie.common.paid_links import is_paid_link

_TAGS = {  # of blocks and of words
    "p",
    "br",
    "hr",
    "strong",
    "em",
    "s",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "h3",
    "h4",
    "h5",
    "h6",
    "span",
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "span": {"class"}}
_PAID = "paid-link"
# Whole addresses, and paths of our own site; `//host` is neither.
_MAY_BE_FOLLOWED = re.compile(r"(https?://|mailto:)\S|/(?![/\\])", re.IGNORECASE)
# A whole address within words; a full stop or bracket behind it belongs to the sentence.
_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'])", re.IGNORECASE)
LINK_REL = "nofollow ugc noopener"
# A page has its own first two levels; what people write begins below them.
_HEADING = re.compile(r"<(/?)h([1-6])>")
_DEEPEST = 6


@cache
def _parser() -> MarkdownIt:
    """CommonMark without raw HTML and without pictures: those have a pipeline of their own that cleans them."""
    return (
        MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
        .enable("strikethrough")
        .disable(["image", "html_block", "html_inline"])
    )


def render_markdown(text: str) -> SafeString:
    """HTML of what somebody wrote. Headings begin at h3, links carry `LINK_REL`, nothing else can be clicked.

    A link that somebody earns by is followed by the words “Paid link”, in the text and not in a hover; no caller can
    leave them out (AFF-12). The parser is told to pass no HTML through, and what it makes is
    cleaned by an allow-list all the same: two doors, of which one may be left open by a future version.
    """
    tokens = _parser().parse(text)
    _disclose(tokens)
    made = _HEADING.sub(_lowered, _parser().renderer.render(tokens, _parser().options, {}))
    clean = nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=LINK_REL, attribute_filter=_kept)
    return mark_safe(clean)  # noqa: S308  cleaned by the allow-list in the line above


@cache
def _message_parser() -> MarkdownIt:
    """Of what people say to each other: no headings and rules, and a line that is broken stays broken."""
    return (
        MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False, "breaks": True})
        .enable("strikethrough")
        .disable(["image", "html_block", "html_inline", "heading", "lheading", "hr", "reference"])
    )


def render_message(text: str) -> SafeString:
    """HTML of one message of a conversation (CHT-13): as `render_markdown`, but plain addresses can be clicked."""
    tokens = _message_parser().parse(text)
    for token in tokens:
        if token.children:
            token.children = list(_with_addresses(token.children))
    _disclose(tokens)
    made = _message_parser().renderer.render(tokens, _message_parser().options, {})
    clean = nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=LINK_REL, attribute_filter=_kept)
    return mark_safe(clean)  # noqa: S308  cleaned by the allow-list in the line above


def _with_addresses(children: Sequence[Token]) -> Iterator[Token]:
    """The words outside of links, with whole addresses among them made into links."""
    is_inside = False
    for child in children:
        is_inside = (is_inside or child.type == "link_open") and child.type != "link_close"
        if child.type != "text" or is_inside:
            yield child
            continue
        for number, part in enumerate(_ADDRESS.split(child.content)):
            words = Token("text", "", 0, content=part)
            yield from _link_to(part, words) if number % 2 else [words]


def _link_to(address: str, words: Token) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": address})
    yield words
    yield Token("link_close", "a", -1)


def plain_text(text: str) -> str:
    """The words alone, one line a block: for search, previews and descriptions. Not safe as HTML."""
    blocks = (_words_of(token) for token in _parser().parse(text))
    return "\n".join(filter(None, blocks))


def _words_of(block: Token) -> str:
    if block.type in ("fence", "code_block"):
        return block.content.strip()
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in block.children or ())
    return " ".join("".join(parts).split())


def _disclose(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.children:
            token.children = _with_disclosures(token.children)


def _with_disclosures(children: Sequence[Token]) -> list[Token]:
    disclosed: list[Token] = []
    is_paid = False
    for child in children:
        disclosed.append(child)
        if child.type == "link_open":
            is_paid = is_paid_link(str(child.attrGet("href") or ""))
        elif child.type == "link_close" and is_paid:
            disclosed.append(_disclosure())
    return disclosed


def _disclosure() -> Token:
    words = escape(_("Paid link"))
    return Token("html_inline", "", 0, content=f' <span class="{_PAID}">({words})</span>')


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return value if value == _PAID else None
    return None if name == "href" and not _MAY_BE_FOLLOWED.match(value) else value


def _lowered(found: "re.Match[str]") -> str:
    return f"<{found[1]}h{min(int(found[2]) + 2, _DEEPEST)}>"
