"""Quotations in texts are a quote's words

What stands between “quotation marks” must be words of a quote that the text cites, verbatim: an ellipsis (…) may leave
words out, [brackets] may stand for some. A quotation that runs over from one cited quote into another is not one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.evidence.bare_words import bare
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.passages import Passage
from reportgen.evidence.quotations import Quotation, find_quotations
from reportgen.evidence.quote_match import Nearest

ID = "quotation"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Finding]:
    for passage in case.passages:
        for found in find_quotations(passage.text):
            if passage.printed(found.start, found.end) or not bare(found.words).text:
                continue
            if not any(case.quoted[name].find(found.words) for name in passage.quotes):
                yield _unlike(case, passage, found)


def _unlike(case: Case, passage: Passage, found: Quotation) -> Finding:
    for name, quoted in case.quoted.items():
        if name not in passage.quotes and quoted.find(found.words):
            return case.finding(
                ID, SEVERITY, f"“{_shortened(found.words)}” stands in the quote \"{name}\", which is not cited here", passage, found.start, found.end,
                f"cite it: [@{name}]" if passage.path[0] != "exhibits" else f'list "{name}" under the exhibit\'s `quotes`',
            )  # fmt: skip
    nearest = _nearest(
        case, found.words, [*passage.quotes, *(name for name in case.quoted if name not in passage.quotes)]
    )
    if nearest is None:
        hint = "quote the source's own words, or write it without quotation marks"
    else:
        name, passage_found = nearest
        differ = "; ".join(str(difference) for difference in passage_found.differences[:3])
        hint = f'the quote "{name}" has “{passage_found.passage}”' + (f": {differ}" if differ else "")
    return case.finding(
        ID, SEVERITY, f"“{_shortened(found.words)}” is in no quote", passage, found.start, found.end, hint
    )


def _nearest(case: Case, words: str, names: Sequence[str]) -> tuple[str, Nearest] | None:
    """The quote that most likely was meant: the first of which most words agree."""
    best: tuple[int, str, Nearest] | None = None
    for name in names:
        if nearest := case.quoted[name].nearest(words):
            differing = sum(max(len(item.quote.split()), len(item.source.split())) for item in nearest.differences)
            if best is None or differing < best[0]:
                best = differing, name, nearest
    return (best[1], best[2]) if best else None


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rsplit(" ", 1)[0] + " …"
