"""Blocks of a Markdown text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.evidence.sources.paragraphs import Block, Kind

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)


def read_markdown(text: str) -> list[Block]:
    """Return paragraphs, headings, list items and rows of tables. Code blocks, rules and raw HTML are not text of the article."""
    from markdown_it import MarkdownIt

    text = _FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    found: list[Block] = []
    kind: Kind = "text"
    level = 0
    row: list[str] | None = None
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        match token.type:
            case "heading_open":
                kind, level = "head", int(token.tag[1])
            case "list_item_open":
                kind = "item"
            case "tr_open":
                row = []
            case "tr_close":
                found.append(Block((" | ".join(filter(None, row or [])),), "row", structured=True))
                row = None
            case "inline" if row is not None:
                row.append(" ".join(_lines(token)))
            case "inline":
                found.append(Block(_lines(token), kind, structured=True, level=level if kind == "head" else 0))
                kind = "text"
    return [block for block in found if any(line.strip() for line in block.lines)]


def _lines(token: Token) -> tuple[str, ...]:
    parts = [""]
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("")
        elif child.type in ("text", "code_inline"):
            parts[-1] += child.content
    return tuple(parts)
