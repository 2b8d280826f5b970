"""Quotes stand in their source

Every quote must be found in its source's text, word by word, and in the paragraph that the brief states. How words are
set makes no difference: quotation marks, dashes, spaces, capitals, punctuation, hyphens at the ends of lines. An
ellipsis (…) leaves words out, and [brackets] stand for some: what they stand for may be no number and no negation, and
no word that qualifies, such as "reported" or "less than". A speaker must be named in the source.

Without the text, a quote counts as verified if evidence.lock has it: the same words in the same paragraph. Verify with
`check --source FILE`, which writes the lock when every quote passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.bare_words import names
from reportgen.evidence.case import Case
from reportgen.evidence.evidence_lock import NAME, words_of
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.number_grammar.bounds import BOUNDS
from reportgen.evidence.qualifiers import qualifiers
from reportgen.evidence.quote_match import Found, Searchable, has_ellipsis

ID = "quote"
SEVERITY: Severity = "error"

_NEGATION = re.compile(r"\b(?:not|no|never|without|neither|nor|hardly|n't|un)\b|n't\b", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(phrase)
        for phrase in BOUNDS
        if phrase[0].isalpha() and phrase not in ("some", "over", "under", "above", "below", "around", "about")
    )
    + r")\b"
)


def check(case: Case) -> Iterator[Finding]:
    for source in case.brief.sources:
        quoted = [name for name, quote in case.brief.quotes.items() if quote.source == source]
        if searchable := case.searchable.get(source):
            for name in quoted:
                yield from _against_text(case, name, searchable)
        elif quoted and not (case.lock and source in case.lock.sources):
            yield case.at(
                ID,
                SEVERITY,
                f'none of the {len(quoted)} quotes from "{source}" was ever verified',
                ("sources", source),
                f"there is neither its text nor an {NAME}: check --source FILE",
            )
        else:
            for name in quoted:
                yield from _against_lock(case, name)


def _against_text(case: Case, name: str, text: Searchable) -> Iterator[Finding]:
    quote = case.brief.quotes[name]
    found = text.find(quote.text, quote.paragraph)
    if found is None:
        yield _miss(case, name, text)
        return
    if quote.paragraph is None:
        yield case.at(
            ID,
            "warning",
            f'the quote "{name}" has no paragraph',
            ("quotes", name),
            f"it stands in ¶{found.paragraph}: add paragraph: {found.paragraph}",
        )
    elif found.paragraph != quote.paragraph:
        yield case.at(
            ID,
            SEVERITY,
            f'the quote "{name}" stands in ¶{found.paragraph}, not in ¶{quote.paragraph}',
            ("quotes", name, "paragraph"),
            f"write paragraph: {found.paragraph}",
        )
    yield from _left_out(case, name, found)
    if quote.speaker and not any(names(paragraph.text, quote.speaker) for paragraph in text.paragraphs):
        yield case.at(
            ID,
            SEVERITY,
            f"the source does not name {quote.speaker}",
            ("quotes", name, "speaker"),
            "write the name as the source does",
        )


def _miss(case: Case, name: str, text: Searchable) -> Finding:
    quote = case.brief.quotes[name]
    nearest = text.nearest(quote.text)
    if nearest is None:
        return case.at(
            ID,
            SEVERITY,
            f'the quote "{name}" is not in its source, nor anything like it',
            ("quotes", name, "text"),
            "is it the right source?",
        )
    differ = "; ".join(str(difference) for difference in nearest.differences[:4])
    if not differ and has_ellipsis(quote.text):
        differ = "the ellipsis stands where nothing was left out, or for too much"
    hint = f"¶{nearest.paragraph} has “{nearest.passage}”" + (f": {differ}" if differ else "")
    return case.at(ID, SEVERITY, f'the quote "{name}" is not in its source', ("quotes", name, "text"), hint)


def _left_out(case: Case, name: str, found: Found) -> Iterator[Finding]:
    """What an ellipsis or brackets may not leave out."""
    for words in found.left_out if case.readable([name]) else ():
        lost = [match[0] for match in _NEGATION.finditer(words)] + [qualifier.word for qualifier in qualifiers(words)]
        lost += [match[0] for match in _BOUND.finditer(words)]
        if lost:
            yield case.at(
                ID,
                SEVERITY,
                f'the quote "{name}" leaves out “{lost[0]}”',
                ("quotes", name, "text"),
                f"the source has “{words}” there: quote it whole",
            )


def _against_lock(case: Case, name: str) -> Iterator[Finding]:
    quote = case.brief.quotes[name]
    locked = case.lock.quotes.get(name) if case.lock else None
    verify = f"verify it: check --source FILE ({case.brief.sources[quote.source].title})"
    if locked is None or not case.lock or quote.source not in case.lock.sources or locked.source != quote.source:
        yield case.at(ID, SEVERITY, f'the quote "{name}" was never verified', ("quotes", name), verify)
    elif locked.words != words_of(quote):
        day = case.lock.sources[quote.source].verified
        yield case.at(
            ID,
            SEVERITY,
            f'the quote "{name}" was edited after it was verified on {day}',
            ("quotes", name, "text"),
            verify,
        )
    elif quote.paragraph is not None and quote.paragraph != locked.paragraph:
        yield case.at(
            ID,
            SEVERITY,
            f'the quote "{name}" was found in ¶{locked.paragraph}, not in ¶{quote.paragraph}',
            ("quotes", name, "paragraph"),
            f"write paragraph: {locked.paragraph}",
        )
    elif quote.paragraph is None:
        yield case.at(
            ID,
            "warning",
            f'the quote "{name}" has no paragraph',
            ("quotes", name),
            f"it stands in ¶{locked.paragraph}: add paragraph: {locked.paragraph}",
        )
