"""Quotes are in their source

Every quote must be in its source's text, word for word, and in the paragraph that the brief states. Typography makes no
difference: quotation marks, dashes, spaces, capitals, punctuation, hyphens at the ends of lines. An ellipsis (…) leaves
words out, and [brackets] replace some, but no number. Neither may hide a negation or a word that qualifies, such as
"reported" or "less than". The source must name a quote's speaker.

Without the text, a quote counts as verified if evidence.lock has the same words in the same paragraph. Verify with
`check --source FILE`, which writes the lock when every quote passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.bare_words import contains_name
from reportgen.evidence.case import Case
from reportgen.evidence.evidence_lock import LOCK_NAME, hash_quote
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.matching.quote_match import Found, SearchableText
from reportgen.evidence.matching.quote_pattern import has_ellipsis
from reportgen.evidence.number_grammar.bounds import BOUNDS
from reportgen.evidence.qualifiers import find_qualifiers
from reportgen.input.tables import is_data_file
from reportgen.text.late_pattern import compile_late

ID = "quote"
SEVERITY: Severity = "error"

_NEGATION = re.compile(r"\b(?:not|no|never|without|neither|nor|hardly|n't|un)\b|n't\b", re.IGNORECASE)
_AMBIGUOUS = ("some", "over", "under", "above", "below", "around", "about")
_BOUND = compile_late(
    "|".join(rf"\b{re.escape(phrase)}\b" for phrase in BOUNDS if phrase[0].isalpha() and phrase not in _AMBIGUOUS)
)


def check(case: Case) -> Iterator[Fault]:
    for source in case.brief.sources:
        quotes = [name for name, quote in case.brief.word_quotes.items() if quote.source == source]
        if quotes and is_data_file(case.brief.sources[source].file):
            hint = f"make it a fact: {{cell: Sheet1!B7, source: {source}}}"
            for name in quotes:
                yield case.fault(f'the quote "{name}" is of a data file, which has no words', ("quotes", name), hint)
        elif searchable := case.searchable_sources.get(source):
            for name in quotes:
                yield from _check_text(case, name, searchable)
        elif quotes and not (case.lock and source in case.lock.sources):
            message = f'none of the {len(quotes)} quotes from "{source}" was ever verified'
            hint = f"neither its text nor {LOCK_NAME} is here: check --source FILE"
            yield case.fault(message, ("sources", source), hint)
        else:
            for name in quotes:
                yield from _check_lock(case, name)


def _check_text(case: Case, name: str, text: SearchableText) -> Iterator[Fault]:
    quote = case.brief.quotes[name]
    found = text.find(quote.text, quote.paragraph)
    if found is None:
        yield _miss(case, name, text)
        return
    yield from _check_paragraph(case, name, found.paragraph, "is")
    yield from _check_omissions(case, name, found)
    if quote.speaker and not any(contains_name(paragraph.text, quote.speaker) for paragraph in text.paragraphs):
        message = f"the source does not name {quote.speaker}"
        yield case.fault(message, ("quotes", name, "speaker"), "write the name as the source does")


def _check_paragraph(case: Case, name: str, paragraph: int, verb: str) -> Iterator[Fault]:
    stated = case.brief.quotes[name].paragraph
    if stated is None:
        hint = f"it is in ¶{paragraph}: add paragraph: {paragraph}"
        yield case.fault(f'the quote "{name}" has no paragraph', ("quotes", name), hint, "warning")
    elif stated != paragraph:
        message = f'the quote "{name}" {verb} in ¶{paragraph}, not in ¶{stated}'
        yield case.fault(message, ("quotes", name, "paragraph"), f"write paragraph: {paragraph}")


def _miss(case: Case, name: str, text: SearchableText) -> Fault:
    quote, path = case.brief.quotes[name].text, ("quotes", name, "text")
    nearest = text.find_nearest(quote)
    if nearest is None:
        message = f'the quote "{name}" is not in its source, nor is anything like it'
        return case.fault(message, path, "is it the right source?")
    hint = f"¶{nearest.paragraph} has {nearest.describe(4)}"
    if not nearest.differences and has_ellipsis(quote):
        hint += ": the ellipsis leaves out nothing, or too much"
    return case.fault(f'the quote "{name}" is not in its source', path, hint)


def _check_omissions(case: Case, name: str, found: Found) -> Iterator[Fault]:
    for words in found.left_out if case.has_english_words([name]) else ():
        lost = [match[0] for match in _NEGATION.finditer(words)]
        lost += [qualifier.word for qualifier in find_qualifiers(words)]
        lost += [match[0] for match in _BOUND.finditer(words)]
        if lost:
            hint = f"the source has “{words}” there: quote it whole"
            yield case.fault(f'the quote "{name}" leaves out “{lost[0]}”', ("quotes", name, "text"), hint)


def _check_lock(case: Case, name: str) -> Iterator[Fault]:
    quote = case.brief.quotes[name]
    source = case.lock.sources.get(quote.source) if case.lock else None
    locked = case.lock.quotes.get(name) if case.lock else None
    hint = f"verify it: check --source FILE ({case.brief.sources[quote.source].title})"
    if source is None or locked is None or locked.source != quote.source:
        yield case.fault(f'the quote "{name}" was never verified', ("quotes", name), hint)
    elif locked.words != hash_quote(quote):
        message = f'the quote "{name}" was edited after it was verified on {source.verified}'
        yield case.fault(message, ("quotes", name, "text"), hint)
    else:
        yield from _check_paragraph(case, name, locked.paragraph, "was found")
