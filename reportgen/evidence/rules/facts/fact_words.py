"""A fact's own words are its quote's

`words` and `label` replace what a fact prints, so they must say the same number, that it is reported or a forecast where
it is, and nothing that the quote does not say: each of their other words must stand in the quote. `as_of` must be a date that the quote has, or else the year in
which the source appeared, as its `published` has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.bare_words import bare
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_same_number, relative_years, within
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.qualifiers import keeps_status
from reportgen.text.numbers import PartialDate

ID = "fact-words"
SEVERITY: Severity = "error"
READS_ENGLISH = True


def check(case: Case) -> Iterator[Finding]:
    for name, fact in case.brief.facts.items():
        for field, text in (("words", fact.words), ("label", fact.label)):
            if text:
                yield from _replacement(case, name, field, text)
        if fact.as_of and not any(within(date, fact.as_of) or within(fact.as_of, date) for date in _dates(case, name)):
            yield case.at(
                ID,
                SEVERITY,
                f'nothing in the quote of the fact "{name}" says {fact.as_of}',
                ("facts", name, "as_of"),
                "quote the words that date it",
            )


def _replacement(case: Case, name: str, field: str, text: str) -> Iterator[Finding]:
    fact, quantity = case.brief.facts[name], case.brief.quantities[name]
    said = [mention for mention in find_mentions(text) if mention.kind != "name"]
    own = [mention for mention in said if is_same_number(mention, quantity)]
    if not own:
        printed = ", ".join(mention.text for mention in said) or "no number"
        yield case.at(
            ID,
            SEVERITY,
            f'the {field} of the fact "{name}" say {printed}, its value is {quantity.format.digits(quantity.number) if not isinstance(quantity.value, PartialDate) else quantity.value}',
            ("facts", name, field),
            "print the value, in whatever words the source has",
        )
        return
    if not any(quantity.bound in mention.bounds for mention in own):
        yield case.at(
            ID,
            SEVERITY,
            f'the {field} of the fact "{name}" lose or change its bound, "{quantity.bound}"',
            ("facts", name, field),
            f'write "{quantity.bound} …"',
        )
    if not keeps_status(fact.status, text):
        yield case.at(
            ID,
            SEVERITY,
            f'the {field} of the fact "{name}" do not say that it is {fact.status}',
            ("facts", name, field),
            "use the source's own words for it",
        )
    quoted = set(re.split("[ ~–-]", " ".join(bare(case.words[quote]).text for quote in case.brief.fact_quotes(name))))
    rest = text
    for mention in sorted(said, key=lambda mention: -mention.start):
        rest = rest[: mention.first] + " " + rest[mention.end :]
    for word in re.split("[ ~–-]", bare(rest).text):
        if word and word not in quoted and word not in ("the", "a", "an", "of", "in"):
            yield case.at(
                ID,
                SEVERITY,
                f'the {field} of the fact "{name}" say “{word}”, its quote does not',
                ("facts", name, field),
                "use the source's own words",
            )


def _dates(case: Case, name: str) -> Iterator[PartialDate]:
    quotes = case.brief.fact_quotes(name)
    named = [mention.value for mention in case.quote_mentions(quotes) if isinstance(mention.value, PartialDate)]
    yield from named
    for quote in quotes:
        published = case.year_of(case.brief.quotes[quote].source)
        yield from (PartialDate(year) for year in relative_years(case.words[quote], published))
        if published and not named:
            yield PartialDate(published)
