"""Mark the gaps of a draft in its HTML, so that nobody overlooks what is still to be written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from reportgen.brief.open_gaps import Gap
from reportgen.text.late_pattern import compile_late

_OPENING = '<span class="tied">'
_TIED = rf"{_OPENING}[^<]*</span>"
_PIECE = compile_late(
    r"<(?P<name>title|style|svg|textarea)\b.*?</(?P=name)>|"
    rf"(?P<text>[^<\ufdd0-\ufdef]*\bTODO(?:[^<\ufdd0-\ufdef]|{_TIED})*(?:{_OPENING}[^<\ufdd0-\ufdef]*)?)|<[^>]*>",
    re.DOTALL,
)
"""An element whose text nobody reads on the page, words with a gap between two tags or marks of the trace, or a tag."""
_UNIT = compile_late(r"<[^>]*>|&[^;\s]*;|.", re.DOTALL)
"""A tag, a character reference or a letter."""
_LEAST = 12
"""Letters and digits of a gap that was cut short: fewer prove nothing."""


def mark_gaps(markup: str, gaps: Iterable[Gap]) -> str:
    """Return a document's HTML with each gap in span.gap; what only looks like one, such as a source's to-do list, stays as it is."""
    if "TODO" not in markup:
        return markup
    known = sorted({_reduce(words) for gap in gaps for words in _list_printed(gap)}, key=len, reverse=True)
    return _PIECE.sub(lambda found: found[0] if found["text"] is None else _mark_text(found[0], known), markup)


def _mark_text(text: str, known: Sequence[str]) -> str:
    done: list[str] = []
    at = 0
    for found in re.finditer(r"\bTODO\b", text):
        if found.start() >= at and (end := _find_end(text, found.start(), known)):
            done += [text[at : found.start()], _wrap(text[found.start() : end])]
            at = end
    return "".join(done) + text[at:]


def _wrap(words: str) -> str:
    """Return words in span.gap; within an element that ends behind them, in one of their own."""
    before, tag, behind = words.rpartition(_OPENING)
    if tag and "</span>" not in behind:
        return f'<span class="gap">{before}</span>{tag}<span class="gap">{behind}</span>'
    return f'<span class="gap">{words}</span>'


def _find_end(text: str, start: int, known: Sequence[str]) -> int:
    """Return where the longest gap that begins at a place ends; 0 where none does."""
    units = list(_UNIT.finditer(text, start))
    letters = [(char, unit.end()) for unit in units for char in _reduce(_print(unit[0]))]
    said = "".join(char for char, _ in letters)
    for words in known:
        if said.startswith(words):
            return _close(text, letters[len(words) - 1][1])
    for words in known:
        shared = next((at for at, (one, other) in enumerate(zip(said, words, strict=False)) if one != other), len(said))
        end = letters[shared - 1][1] if shared else start
        if shared >= _LEAST and text[end:].lstrip().startswith("…"):
            return text.index("…", end) + 1
    return 0


def _close(text: str, end: int) -> int:
    """Return where a gap ends with the signs behind its last letter, and with the tag that closes around it."""
    behind = re.compile(r"(?:&#?\w+;|[^\w\s<,;(])*").match(text, end)
    end = behind.end() if behind else end
    return end + len("</span>") if text.startswith("</span>", end) else end


def _print(unit: str) -> str:
    return "" if unit.startswith("<") else html.unescape(unit)


def _list_printed(gap: Gap) -> tuple[str, ...]:
    """Return a gap's words, and the same with the key that they stand for."""
    words = gap.words[max(0, gap.words.find("TODO")) :]
    key = next((part for part in reversed(gap.path) if isinstance(part, str)), "")
    return words, f"TODO: {key}: {words.removeprefix('TODO').removeprefix(':').strip()}"


def _reduce(words: str) -> str:
    """Return the letters and digits of some words, which typography leaves alone."""
    return "".join(filter(str.isalnum, words))
