"""Quotes are in their source

Every quote must be in its source's text, word for word, and at the page, section, table, timestamp or paragraph that the brief states,
as far as the file has such places. Typography makes no
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
from reportgen.evidence.matching.places import Misplaced, describe_pages, find_misplaced
from reportgen.evidence.matching.quote_match import Found, SearchableText
from reportgen.evidence.matching.quote_pattern import has_ellipsis
from reportgen.evidence.qualifiers import find_qualifiers
from reportgen.evidence.sources.source_text import READER
from reportgen.input.edits import Insert, Replace
from reportgen.input.tables import is_data_file
from reportgen.input.yamlfile import KeyPath
from reportgen.text.bound_phrases import BOUNDS
from reportgen.text.late_pattern import compile_late

ID = "quote"
SEVERITY: Severity = "error"
FEW = 4  # a file with less than a quarter of the quotes is another document

_NEGATION = compile_late(r"\b(?:not|no|never|without|neither|nor|hardly|n't|un)\b|n't\b", re.IGNORECASE)
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
        elif source in case.searchable_sources:
            yield from _check_source(case, source, quotes)
        elif quotes and not (case.lock and source in case.lock.sources):
            message = f'none of the {len(quotes)} quotes from "{source}" was ever verified'
            hint = f"neither its text nor {LOCK_NAME} is here: check --source FILE"
            yield case.fault(message, ("sources", source), hint)
        else:
            for name in quotes:
                yield from _check_lock(case, name)


def _check_source(case: Case, source: str, quotes: list[str]) -> Iterator[Fault]:
    if fault := _find_other_document(case, source, quotes):
        yield fault
        return
    moved = _find_moved(case, source, quotes)
    if moved:
        (first, paragraph), count = next(iter(moved.items())), len(moved)
        message = (
            f'the paragraphs of "{source}" are counted in another way than when they were verified: '
            f"{count} quote{'s' * (count != 1)} moved, such as {first}: ¶{case.brief.quotes[first].paragraph} is now ¶{paragraph}"
        )
        edits = tuple(Replace(("quotes", name, "paragraph"), number) for name, number in moved.items())
        yield case.fault(message, ("sources", source), "check --fix writes the new numbers", edits=edits)
    for name in quotes:
        yield from _check_text(case, name, case.searchable_sources[source], is_moved=name in moved)


def _find_other_document(case: Case, source: str, quotes: list[str]) -> Fault | None:
    """Return a fault where the file is another one than was verified: it has other bytes, and few of the quotes."""
    locked = case.lock.sources.get(source) if case.lock else None
    text = case.sources[source]
    known = [name for name in quotes if _is_locked(case, name)]
    found = [name for name in known if case.found_quotes[name]]
    if not locked or locked.sha256 == text.sha256 or not known or len(found) * FEW > len(known):
        return None
    message = f"{text.name} is another document than the one that was verified on {locked.verified}"
    has_file = case.brief.sources[source].file
    path: KeyPath = ("sources", source, "file") if has_file else ("sources", source)
    count = f"{len(found)} of its {len(known)} quotes" if found else "no quote of the brief"
    hint = f"{count} {'is' if len(found) < 2 else 'are'} in it: is it the right file?"
    return case.fault(message, path, hint)


def _is_locked(case: Case, name: str) -> bool:
    locked = case.lock.quotes.get(name) if case.lock else None
    quote = case.brief.quotes[name]
    return locked is not None and (locked.source, locked.words) == (quote.source, hash_quote(quote))


def _find_moved(case: Case, source: str, quotes: list[str]) -> dict[str, int]:
    """Return the quotes whose paragraphs another version of the reader counted, with their numbers of today."""
    locked = case.lock.sources.get(source) if case.lock else None
    if not case.lock or not locked or locked.reader == READER or locked.sha256 != case.sources[source].sha256:
        return {}
    moved = {}
    for name in quotes:
        found, stated = case.found_quotes[name], case.brief.quotes[name].paragraph
        if found and _is_locked(case, name) and case.lock.quotes[name].paragraph == stated != found.paragraph:
            moved[name] = found.paragraph
    return moved


def _check_text(case: Case, name: str, text: SearchableText, is_moved: bool) -> Iterator[Fault]:
    quote = case.brief.quotes[name]
    found = case.found_quotes[name]
    if found is None:
        yield _miss(case, name, text)
        return
    for wrong in find_misplaced(quote, found, text):
        if not (is_moved and wrong.kind == "paragraph"):
            yield _report_misplaced(case, name, wrong, "is")
    if not (quote.paragraph or quote.published_places):
        yield _report_missing(case, name, found.paragraph, found.pages)
    yield from _check_omissions(case, name, found)
    if quote.speaker and not any(contains_name(paragraph.text, quote.speaker) for paragraph in text.paragraphs):
        message = f"the source does not name {quote.speaker}"
        yield case.fault(message, ("quotes", name, "speaker"), "write the name as the source does")


def _report_misplaced(case: Case, name: str, wrong: Misplaced, verb: str) -> Fault:
    stated = f"p. {wrong.stated}" if wrong.kind == "page" else wrong.stated
    stated = f"{wrong.kind} {wrong.stated}" if wrong.kind in ("table", "section") else stated
    path = ("quotes", name, wrong.kind)
    hint = f"write {wrong.kind}: {wrong.right}" if wrong.right else None
    edits = (Replace(path, wrong.right),) if wrong.right else ()
    return case.fault(f'the quote "{name}" {verb} {_at(wrong)}, not {_before(wrong)}{stated}', path, hint, edits=edits)


def _at(wrong: Misplaced) -> str:
    return f"{_before(wrong)}{wrong.actual}"


def _before(wrong: Misplaced) -> str:
    return {"page": "on ", "timestamp": "at "}.get(wrong.kind, "in ")


def _report_missing(case: Case, name: str, paragraph: int, pages: tuple[int, int] | None) -> Fault:
    key, value, place = "paragraph", str(paragraph), f"in ¶{paragraph}"
    if pages:
        value = describe_pages(pages)
        key, place = "page", f"on p. {value}"
    edit = Insert(("quotes", name), key, int(value) if value.isdigit() else value, after="source")
    message, hint = f'the quote "{name}" has no {key}', f"it is {place}: add {key}: {value}"
    return case.fault(message, ("quotes", name), hint, "warning", edits=(edit,))


def _miss(case: Case, name: str, text: SearchableText) -> Fault:
    quote, path = case.brief.quotes[name].text, ("quotes", name, "text")
    nearest = text.find_nearest(quote)
    if nearest is None:
        message = f'the quote "{name}" is not in its source, nor is anything like it'
        return case.fault(message, path, "is it the right source?")
    place = f"p. {nearest.page}" if nearest.page else f"¶{nearest.paragraph}"
    hint = f"{place} has {nearest.describe(4)}"
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
        if quote.paragraph and quote.paragraph != locked.paragraph:
            wrong = Misplaced("paragraph", f"¶{quote.paragraph}", f"¶{locked.paragraph}", locked.paragraph)
            yield _report_misplaced(case, name, wrong, "was found")
        stated = quote.published_places
        for kind in stated:
            if locked.places.get(kind) != stated[kind]:
                yield case.fault(f'the {kind} of the quote "{name}" was never verified', ("quotes", name, kind), hint)
        if not (quote.paragraph or stated):
            yield _report_missing(case, name, locked.paragraph, None)
