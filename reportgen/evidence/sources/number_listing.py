"""A source as the checker reads it: its numbered paragraphs, and each number with value, unit and bound."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from reportgen.evidence.number_grammar.amount_mentions import find_rate
from reportgen.evidence.number_grammar.mention import Mention
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.sources.footnote_marks import blank_marks
from reportgen.evidence.sources.paragraphs import Paragraph
from reportgen.evidence.sources.source_text import MAX_BYTES, SourceText, decode, read_source
from reportgen.system.errors import FileError, Location
from reportgen.system.files import read_file
from reportgen.text.numbers import SIGNS, PartialDate

_BOUND_WORDS = {"=": "", "≈": "about", "<": "less", "≤": "less", ">": "more", "≥": "more"}
_NOUN_END = re.compile(
    r"in|on|at|of|for|to|from|by|with|and|or|but|that|which|who|than|as|per|is|are|was|were|has|have|had|will|would|could|can|may|might|a|an|the|this|these|"
    r"those|its|their|his|her|our|when|while|after|before|during|since|until|if|into|over|under|about|between",
    re.IGNORECASE,
)


def read_paragraphs(path: Path, by_line: bool = False) -> SourceText:
    """Read a source's numbered paragraphs; `by_line` makes a paragraph of each line of a text file.

    Raises
    ------
    FileError
        When the file cannot be read, is of a kind that we do not read, or has no paragraphs.
    """
    if not by_line:
        return read_source(path)
    if path.suffix.lower() not in (".txt", ".md", ".markdown", ""):
        raise FileError("only a text file has lines", Location(str(path)), "leave --lines out")
    data = read_file(path, MAX_BYTES, str(path), "name a text file", "split it")
    lines = [line.strip() for line in decode(data, str(path)).splitlines()]
    paragraphs = tuple(Paragraph(number, line) for number, line in enumerate(filter(None, lines), 1))
    if not paragraphs:
        raise FileError("it has no text", Location(str(path)), "is it the article?")
    return SourceText(str(path), hashlib.sha256(data).hexdigest(), paragraphs)


def list_numbers(paragraph: Paragraph) -> list[dict[str, Any]]:
    """Return the numbers of a paragraph as `source --format json` prints them."""
    text = blank_marks(paragraph.text)
    return [describe_mention(mention, text) for mention in find_mentions(text) if not mention.is_silent]


def describe_mention(mention: Mention, text: str) -> dict[str, Any]:
    """Return a number's place, value and unit. Dates are in ISO 8601; `unit` is as the text has it, `measure` its usual name."""
    described: dict[str, Any] = {
        "text": mention.text, "start": mention.start, "end": mention.end, "kind": mention.kind,
        "value": _plain(mention.value) if mention.kind != "name" else None, "high": _plain(mention.high),
        "unit": read_written_unit(mention, text), "measure": mention.unit if mention.unit != mention.kind else "",
        "bound": _bound(mention), "sign": "-" if isinstance(mention.value, float | int) and mention.value < 0 else "",
        "words": text[mention.first : max(mention.end, mention.stop)],
    }  # fmt: skip
    optional = {
        "noun": mention.noun, "per": mention.per, "margin": mention.margin if mention.margin is not None else mention.margin_apart, "centre": mention.centre, "interval": mention.interval, "part": mention.part,
    }  # fmt: skip
    return described | {name: value for name, value in optional.items() if value not in (None, "")}


def _plain(value: float | PartialDate | None) -> float | int | str | None:
    if isinstance(value, PartialDate):
        if value.year or value.day:
            return value.iso
        return f"--{value.month:02}" if value.month else ""
    return int(value) if value is not None and value == int(value) else value


def _bound(mention: Mention) -> str:
    if mention.kind in ("date", "name") or "exactly" in mention.bounds or mention.is_vague:
        return ""
    if "about" in mention.bounds:
        return "about"
    return _BOUND_WORDS[SIGNS[min(mention.bounds)]]


def read_written_unit(mention: Mention, text: str) -> str:
    """Return the unit in the text's own words, and what it is per."""
    if mention.kind in ("percent", "points", "money"):
        rate = find_rate(text, mention.stop) if mention.per else ""
        return (mention.written or mention.unit).replace("$US", "US$") + rate
    if mention.kind == "times":
        return "times"
    if mention.kind not in ("count", "share"):
        return ""
    if mention.written:
        return mention.written
    words: list[str] = []
    for word in mention.noun.removeprefix("of ").removeprefix("the ").split():
        if _NOUN_END.fullmatch(word) or len(words) == 4:
            break
        words.append(word)
        if word.endswith("."):
            break
    return " ".join(words)
