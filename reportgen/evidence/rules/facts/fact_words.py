"""A fact's words come from its quote

`words` and `label` replace what a fact prints. They must state the same number and bound, say that it is reported or a
forecast if it is, and add nothing: each of their other words must be in the quote. `as_of` must be a date in the quote;
if the quote has no date, it may be the year in the source's `published`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.bare_words import strip_typography
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_same_number, is_within, relative_years
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.qualifiers import says_status
from reportgen.text.numbers import PartialDate

ID = "fact-words"
SEVERITY: Severity = "error"
READS_ENGLISH = True


def check(case: Case) -> Iterator[Fault]:
    for name, fact in case.brief.facts.items():
        for field, text in (("words", fact.words), ("label", fact.label)):
            for message, hint in _check_replacement(case, name, text) if text else ():
                yield case.fault(f'`{field}` of the fact "{name}" {message}', ("facts", name, field), hint)
        as_of = fact.as_of
        if as_of and not any(is_within(date, as_of) or is_within(as_of, date) for date in _dates(case, name)):
            message = f'nothing in the quote of the fact "{name}" says {as_of}'
            yield case.fault(message, ("facts", name, "as_of"), "quote the words that date it")


def _check_replacement(case: Case, name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint for each fault of a fact's `words` or `label`."""
    fact, quantity = case.brief.facts[name], case.brief.quantities[name]
    mentions = [mention for mention in find_mentions(text) if mention.kind != "name"]
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
    quoted = {word for quote in case.brief.fact_quotes(name) for word in _split(case.quote_words[quote])}
    for mention in reversed(mentions):
        text = text[: mention.first] + " " + text[mention.end :]
    for word in _split(text):
        if word not in quoted and word not in ("", "the", "a", "an", "of", "in"):
            yield f"says “{word}”, its quote does not", "use the source's own words"


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
