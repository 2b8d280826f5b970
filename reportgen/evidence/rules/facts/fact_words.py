"""A fact's words come from its quote

`words` and `label` replace what a fact prints. They must state the same number and bound, say that it is reported or a
forecast if it is, and add nothing: each of their other words must be in the quote, and so must the words of `interval`,
`condition` and `base`. `as_of` must be a date in the quote, the one that the quote ties to the number where it has several; if
the quote has no date, it may be the year in the source's `published`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from reportgen.evidence.bare_words import strip_typography
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_same_number, is_within, relative_years
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.pairing.number_ties import find_ties
from reportgen.evidence.qualifiers import says_status
from reportgen.text.numbers import PartialDate

ID = "fact-words"
SEVERITY: Severity = "error"
READS_ENGLISH = True

_FREE = ("", "the", "a", "an", "of", "in")  # words that a phrase may have without its quote


def check(case: Case) -> Iterator[Fault]:
    for name, fact in case.brief.facts.items():
        for field, text in (("words", fact.words), ("label", fact.label)):
            for message, hint in _check_replacement(case, name, text) if text else ():
                yield case.fault(f'`{field}` of the fact "{name}" {message}', ("facts", name, field), hint)
        for field, text in (("interval", fact.interval), ("condition", fact.condition), ("base", fact.base)):
            is_of_words = not fact.cell or bool(case.word_quotes(fact.quote))
            if (
                text
                and is_of_words
                and case.has_english_words(fact.quote)
                and (word := _find_foreign_word(case, fact.quote, text))
            ):
                message = f'`{field}` of the fact "{name}" says “{word}”, its quote does not'
                yield case.fault(message, ("facts", name, field), "use the quote's own words")
        as_of = fact.as_of
        if fact.cell and not any(_dates(case, name)):
            continue  # its table names no date beside it
        if as_of and not any(_fits(date, as_of) for date in _dates(case, name)):
            message = f'nothing in the quote of the fact "{name}" says {as_of}'
            yield case.fault(message, ("facts", name, "as_of"), "quote the words that date it")
        elif as_of and (tied := _find_tied_dates(case, name)) and not any(_fits(date, as_of) for date in tied):
            listed = " or ".join(str(date) for date in tied)
            message = f'the quote of the fact "{name}" gives it for {listed}, not for {as_of}'
            yield case.fault(message, ("facts", name, "as_of"), f"as_of: {tied[0].iso}")


def _fits(first: PartialDate, second: PartialDate) -> bool:
    return is_within(first, second) or is_within(second, first)


def _find_tied_dates(case: Case, name: str) -> list[PartialDate]:
    """Return the dates that a fact's quotes tie to its number; none where a quote has it without a date."""
    quantity, found = case.brief.quantities[name], []
    for quote in case.brief.facts[name].quote:
        for tie in find_ties(case.quote_words[quote]):
            if isinstance(tie.tied.value, PartialDate) and is_same_number(tie.number, quantity):
                found.append(tie.tied.value)
    return found


def _check_replacement(case: Case, name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint for each fault of a fact's `words` or `label`."""
    fact, quantity = case.brief.facts[name], case.brief.quantities[name]
    mentions = [replace(mention, is_silent=False) for mention in find_mentions(text) if mention.kind != "name"]
    own = [mention for mention in mentions if is_same_number(mention, quantity)]
    if not own:
        printed = ", ".join(mention.text for mention in mentions) or "no number"
        value = quantity.value
        written = value if isinstance(value, PartialDate) else quantity.format.digits(value)
        yield f"says {printed}, but its value is {written}", "print the value, in whatever words the source has"
        return
    if not any(quantity.bound in mention.bounds for mention in own):
        yield f'loses or changes its bound, "{quantity.bound}"', f'write "{quantity.bound} …"'
    if not says_status(fact.status, text):
        yield f"does not say that it is {fact.status}", "use the source's own words for it"
    if fact.cell and not case.word_quotes(fact.quote):
        return  # a table has few words
    quoted = _quoted_words(case, case.brief.fact_quotes(name))
    for mention in reversed(mentions):
        text = text[: mention.first] + " " + text[mention.end :]
    for word in _split(text):
        if word not in quoted and word not in _FREE:
            yield f"says “{word}”, its quote does not", "use the source's own words"


def _find_foreign_word(case: Case, quotes: Iterable[str], text: str) -> str | None:
    """Return a word of a text that none of the quotes has."""
    quoted = _quoted_words(case, quotes)
    return next((word for word in _split(text) if word not in quoted and word not in _FREE), None)


def _quoted_words(case: Case, quotes: Iterable[str]) -> set[str]:
    return {word for quote in quotes for word in _split(case.quote_words[quote])}


def _split(text: str) -> list[str]:
    return re.split("[ ~–-]", strip_typography(text).text)


def _dates(case: Case, name: str) -> Iterator[PartialDate]:
    quotes = case.brief.fact_quotes(name)
    stated = [mention.value for mention in case.quote_mentions(quotes) if isinstance(mention.value, PartialDate)]
    yield from stated
    for quote in quotes:
        published = case.publication_year(case.brief.quotes[quote].source)
        yield from (PartialDate(year) for year in relative_years(case.quote_words[quote], published))
        if published and not stated:
            yield PartialDate(published)
