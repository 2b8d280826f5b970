"""Lines that say where numbers and quotes come from: "Stangarone (2020), ¶5, ¶16; citing Dell’Oro Group"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportgen.brief.citing.locators import sort_places
from reportgen.text.languages import load_labels
from reportgen.text.trace import find_origin, trace


def trace_words(words: str, part: str, *paths: str) -> str:
    """Return words with the paths of one of their parts and others; without any in a brief that is not traced."""
    origin = find_origin(part)
    traced: str = trace(words, " ".join((origin, *dict.fromkeys(paths)))) if origin else words
    return traced


def write_locators(sources: Sequence[tuple[str, Mapping[str, tuple[str, ...]]]], language: str) -> str:
    """Return the places of quotes, of which each source, as it is cited, has its own by their ids.

    "Stangarone (2020), ¶5, ¶16"; "Lee (2020), p. 14"; "Census (2024), trade.xlsx, Sheet1, B7, B9".
    """
    marks = load_labels(language).marks
    line = marks.semicolon.join(
        marks.comma.join([cited, *sort_places(list(places.values()))]) for cited, places in sources
    )
    own = [path for cited, _ in sources for path in find_origin(cited).split()]
    quoted = [f"quotes.{name}" for _, places in sources for name, place in places.items() if place]
    return trace_words(line, next((cited for cited, _ in sources), ""), *own, *quoted)


def write_source_line(locators: str, owners: Iterable[tuple[str, str]], language: str) -> str:
    """Return places with the owners of numbers behind them; each owner has the path of its fact."""
    words, pairs = load_labels(language), list(owners)
    parts: Sequence[str] = [locators, *dict.fromkeys(words.citing.format(name=name) for name, _ in pairs)]
    line = words.marks.semicolon.join(part for part in parts if part)
    return trace_words(line, locators, *(path for _, path in pairs))
