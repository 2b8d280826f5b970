"""Quotations repeat a quote word for word

The words between “quotation marks” must be words of a quote that the text cites, verbatim. An ellipsis (…) may leave
words out, and [brackets] may replace some. A quotation must not run from one cited quote into another.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.bare_words import shorten, strip_typography
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.matching.quote_match import Nearest
from reportgen.evidence.passages import Passage
from reportgen.evidence.quotations import Quotation, find_quotations

ID = "quotation"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Fault]:
    for passage in case.passages:
        for found in find_quotations(passage.text):
            if passage.is_printed(found.start, found.end) or not strip_typography(found.words).text:
                continue
            if not any(case.searchable_quotes[name].find(found.words) for name in passage.quotes):
                message, hint = _explain(case, passage, found)
                message = f"“{shorten(found.words, 60)}” {message}"
                yield case.passage_fault(message, passage, found.start, found.end, hint)


def _explain(case: Case, passage: Passage, found: Quotation) -> tuple[str, str]:
    for name, quote in case.searchable_quotes.items():
        if name not in passage.quotes and quote.find(found.words):
            is_drawn = passage.path[0] == "exhibits"
            hint = f'list "{name}" under the exhibit\'s `quotes`' if is_drawn else f"cite it: [@{name}]"
            return f'is in the quote "{name}", which is not cited here', hint
    if nearest := _find_nearest(case, passage, found.words):
        return "is in no quote", f'the quote "{nearest[0]}" has {nearest[1].describe(3)}'
    return "is in no quote", "quote the source's own words, or write it without quotation marks"


def _find_nearest(case: Case, passage: Passage, words: str) -> tuple[str, Nearest] | None:
    """Return the quote that differs in the fewest words, one that the passage cites before any other."""
    names = dict.fromkeys([*passage.quotes, *case.searchable_quotes])
    found = [(name, nearest) for name in names if (nearest := case.searchable_quotes[name].find_nearest(words))]
    return min(found, key=lambda pair: _differing_words(pair[1]), default=None)


def _differing_words(nearest: Nearest) -> int:
    return sum(max(len(item.quote.split()), len(item.source.split())) for item in nearest.differences)
