"""The source names whose number it is

The name in `attributed_to` must be in the paragraph of the fact's quote, or be the quote's `speaker`, or, where that paragraph has
"he said" or "it says", in one of the three before it. Without the source's text, evidence.lock records
that it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.bare_words import contains_name, hash_words
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.text.late_pattern import compile_late

_REFERS_BACK = compile_late(
    r"\b(?:he|she|it|they)\W(?:\w+ )?(?:said|says|say|added|adds|found|finds|estimat\w+|project\w*|expect\w*|count\w*|told|argu\w+|writes?|wrote)\b",
    re.IGNORECASE,
)
ID = "attribution"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Fault]:
    for fact, model in case.brief.facts.items():
        name = model.attributed_to
        quotes = case.brief.fact_quotes(fact)
        if not name or any(_is_named(case, quote, name) for quote in quotes):
            continue
        path = ("facts", fact, "attributed_to")
        texts = [text for quote in quotes for text in _paragraphs(case, quote)]
        if texts and not any(_contains(text, name) for text in texts):
            message = f'the source does not name {name} where it has the fact "{fact}"'
            yield case.fault(message, path, "write the name as the source does")
        if not texts and (not case.lock or case.lock.names.get(fact) != hash_words(name)):
            message = f'that the fact "{fact}" comes from {name} was never verified'
            yield case.fault(message, path, "verify it: check --source FILE")


def _is_named(case: Case, quote: str, name: str) -> bool:
    """Return whether a quote has a name in its words, or as its speaker, whom another rule looks for."""
    return _contains(case.quote_words[quote], name) or _contains(case.brief.quotes[quote].speaker or "", name)


def _contains(text: str, name: str) -> bool:
    return contains_name(text, name.removeprefix("the "))


def _paragraphs(case: Case, quote: str) -> Iterator[str]:
    """Yield the paragraph of the source that has a quote, and those before it where it refers back to a speaker."""
    searchable = case.searchable_sources.get(case.brief.quotes[quote].source)
    found = case.found_quotes.get(quote)
    if searchable and found:
        own = [paragraph.text for paragraph in searchable.paragraphs if paragraph.number == found.paragraph]
        yield from own
        if any(_REFERS_BACK.search(text) for text in own):
            reach = range(found.paragraph - 3, found.paragraph)
            yield from (paragraph.text for paragraph in searchable.paragraphs if paragraph.number in reach)
