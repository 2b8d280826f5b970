"""Mark the gaps of a draft in its HTML, so that nobody overlooks what is still to be written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from reportgen.brief.open_gaps import Gap
from reportgen.text.late_pattern import compile_late

_PIECE = compile_late(
    r"<(?P<name>title|style|svg|textarea)\b.*?</(?P=name)>|<[^>]*>|(?P<text>[^<\ufdd0-\ufdef]*\bTODO[^<\ufdd0-\ufdef]*)",
    re.DOTALL,
)
"""A tag, an element whose text nobody reads on the page, or words with a gap between two tags or marks of the trace."""
_COMPARED = 24


def mark_gaps(markup: str, gaps: Iterable[Gap]) -> str:
    """Return a document's HTML with each gap in span.gap; what only looks like one, such as a source's to-do list, stays as it is."""
    if "TODO" not in markup:
        return markup
    known = {_reduce(words) for gap in gaps for words in _list_printed(gap)}

    def wrap(found: re.Match[str]) -> str:
        if found["text"] is None:
            return found[0]
        for start in re.finditer(r"\bTODO\b", found[0]):
            words = _reduce(html.unescape(found[0][start.start() :]))
            if any(words.startswith(each) for each in known):
                return f'{found[0][: start.start()]}<span class="gap">{found[0][start.start() :]}</span>'
        return found[0]

    return _PIECE.sub(wrap, markup)


def _list_printed(gap: Gap) -> tuple[str, ...]:
    """Return a gap's words, and the same with the key that they stand for."""
    words = gap.words[max(0, gap.words.find("TODO")) :]
    key = next((part for part in reversed(gap.path) if isinstance(part, str)), "")
    return words, f"TODO: {key}: {words.removeprefix('TODO').removeprefix(':').strip()}"


def _reduce(words: str) -> str:
    """Return the first letters and digits of some words, which typography leaves alone."""
    return "".join(filter(str.isalnum, words[: 2 * _COMPARED]))[:_COMPARED]
