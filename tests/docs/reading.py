"""Reads the Markdown of the repository as a reader would: its links, its headings, its code."""

import re
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parent.parent.parent
_PARSER = MarkdownIt("commonmark").enable("table")


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md")])


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _tokens(path: Path) -> list[Token]:
    return [
        piece for token in _PARSER.parse(path.read_text(encoding="utf-8")) for piece in (token, *(token.children or []))
    ]


def links(path: Path) -> list[str]:
    """Targets of links and pictures, as written."""
    found = [token.attrs.get("href") or token.attrs.get("src") for token in _tokens(path)]
    return [str(target) for target in found if target]


def anchors(path: Path) -> set[str]:
    """The names a browser can jump to: headings in lower case, spaces as hyphens, punctuation gone."""
    tokens = _tokens(path)
    headings = [tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def inline_code(path: Path) -> list[str]:
    return [token.content for token in _tokens(path) if token.type == "code_inline"]


def shell_lines(path: Path) -> list[str]:
    """Lines of the code blocks that a person would type into a shell."""
    blocks = [token.content for token in _tokens(path) if token.type == "fence" and token.info in {"", "sh", "bash"}]
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def table_rows(path: Path, heading: str) -> list[list[str]]:
    """The cells of the tables below a heading of the page, header rows left out, up to the next heading."""
    section = path.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])] for line in lines]
    return [row for n, row in enumerate(rows) if not set("".join(row)) <= set("-: ") and not _is_header(rows, n)]


def _is_header(rows: list[list[str]], n: int) -> bool:
    return n + 1 < len(rows) and set("".join(rows[n + 1])) <= set("-: ")


def code_blocks(path: Path, language: str) -> list[str]:
    return [token.content for token in _tokens(path) if token.type == "fence" and token.info == language]
