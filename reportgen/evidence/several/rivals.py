"""Numbers that the quotes of a brief give differently for one thing."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_same_number
from reportgen.evidence.findings import Fault
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.several.contradictions import contradict, is_one_thing
from reportgen.evidence.several.topics import Topic, find_topics

_ALIKE_IN_ONE_FACT = 0.34
"""The share of words that two quotes of one fact must share: that they are of one thing is known."""


def find_disagreements(case: Case) -> Iterator[Fault]:
    """Yield the quotes of one fact that disagree, and the printed facts with which another source disagrees."""
    for name, fact in case.brief.facts.items():
        if fact.formula is None and len(fact.quote) > 1:
            yield from _compare_quotes(case, name)
    if len({quote.source for quote in case.brief.word_quotes.values()}) > 1:
        yield from _compare_sources(case)


def _compare_quotes(case: Case, name: str) -> Iterator[Fault]:
    """Report a quote of a fact that has another number for it."""
    quotes = case.word_quotes(case.brief.facts[name].quote)
    stated = {quote: list(_find_stated(case, name, quote)) for quote in quotes}
    own = [(quote, topic) for quote in quotes for topic in stated[quote]]
    for quote in quotes:
        if stated[quote]:
            continue
        for topic in find_topics(case.quote_words[quote]):
            backing = next(
                (
                    (other, mine) for other, mine in own
                    if contradict(mine.number, topic.number) and is_one_thing(mine, topic, _ALIKE_IN_ONE_FACT)
                ),
                None,
            )  # fmt: skip
            if backing:
                other, mine = backing
                message = f'the quotes of the fact "{name}" disagree: "{other}" says {mine.number.text}, "{quote}" says {topic.number.text}'
                hint = "keep the quote that the fact states, or give the fact both as `values`"
                yield case.fault(message, ("facts", name, "quote"), hint, "error")
                break


def _find_stated(case: Case, name: str, quote: str) -> Iterator[Topic]:
    """Yield the numbers of a quote that are a fact's."""
    quantity = case.brief.quantities[name]
    return (topic for topic in find_topics(case.quote_words[quote]) if is_same_number(topic.number, quantity))


def _compare_sources(case: Case) -> Iterator[Fault]:
    printed = _find_printed(case)
    known = (quote for quote in case.brief.word_quotes if ("quotes", quote) not in case.brief.open_parts)
    english = [quote for quote in known if case.has_english_words([quote])]
    said: set[tuple[str, str]] = set()
    for name in _list_printed_facts(case):
        fact = case.brief.facts[name]
        for quote in case.word_quotes(fact.quote):
            for mine in _find_stated(case, name, quote):
                for other in english:
                    if (
                        case.brief.quotes[other].source == case.brief.quotes[quote].source
                        or (name, other) in said
                        or other in fact.quote
                    ):
                        continue
                    if found := _find_rival(case, mine, other, printed):
                        said.add((name, other))
                        cited = case.brief.sources[case.brief.quotes[other].source].cited_as
                        message = f'the brief prints {mine.number.text} (fact "{name}"), and {cited} has {found.text} for the same (quote "{other}")'
                        hint = "give the fact both as `values`, or say in the text how the two differ"
                        yield case.fault(message, ("facts", name), hint)


def _find_rival(case: Case, mine: Topic, quote: str, printed: frozenset[object]) -> Mention | None:
    """Return the number of a quote that disagrees with a printed one, if the brief does not print it as well."""
    topics = find_topics(case.quote_words[quote])
    rivals = [topic.number for topic in topics if is_one_thing(mine, topic)]
    if not rivals or any(not contradict(mine.number, rival) or rival.same in printed for rival in rivals):
        return None
    return rivals[0]


def _list_printed_facts(case: Case) -> dict[str, None]:
    names = [span.id for passage in case.passages if passage.role != "note" for span in passage.facts]
    names += [
        quantity.fact for exhibit in case.brief.exhibits.values() for quantity in exhibit.quantities if quantity.fact
    ]
    return {name: None for name in names if case.brief.facts[name].formula is None}


def _find_printed(case: Case) -> frozenset[object]:
    """Return the numbers that the brief prints, in texts and drawings."""
    texts = [passage.text for passage in case.passages if passage.role != "note"]
    texts += [
        case.brief.quantities[quantity.fact].prose
        for exhibit in case.brief.exhibits.values()
        for quantity in exhibit.quantities
        if quantity.fact
    ]
    return frozenset(mention.same for text in texts for mention in find_mentions(text))
