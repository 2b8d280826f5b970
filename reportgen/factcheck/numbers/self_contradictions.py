"""Two places of one document that state different numbers of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reportgen.evidence.number_grammar.mention import Mention
from reportgen.factcheck.claims import Span
from reportgen.factcheck.fact_values import Contradiction
from reportgen.factcheck.numbers.contexts import Context
from reportgen.factcheck.numbers.differences import find_claimants, is_other_number
from reportgen.factcheck.numbers.likeness import get_figures, weigh_company
from reportgen.factcheck.numbers.same_number import compare_numbers
from reportgen.factcheck.numbers.sentences import Sentence, SentenceIndex, Spot
from reportgen.text.late_pattern import compile_late

_NEGATION = compile_late(r"\b(?:no|not|never|none|without|nor)\b|n[’']t\b", re.IGNORECASE)
SAME_THING = 0.72  # of the contexts of two numbers that must be the same, seen from either
LEAST_WORDS = 3  # content words of a sentence whose context can be compared


def find_contradictions(
    spans: Sequence[Span], sentences: Mapping[tuple[int, int], Sentence], index: SentenceIndex
) -> Iterator[Contradiction]:
    """Yield the pairs of claims that contradict each other; `index` has the document's own sentences."""
    claims = {(id(span.part), span.start): span for span in spans if span.mention}
    seen: set[frozenset[tuple[int, int]]] = set()
    for span in claims.values():
        mention = span.mention
        if mention is None or not _is_weighty(mention) or span.part.is_row:
            continue
        sentence = sentences[id(span.part), span.sentence[0]]
        if len(sentence.words) < LEAST_WORDS:
            continue
        context = Context(sentence, mention, index)
        for other in index.find_similar(index.measure_overlaps(sentence)):
            if other.part is sentence.part or other.names != sentence.names or _differ_in_words(sentence, other):
                continue
            if any(compare_numbers(mention, each) for each in other.mentions):
                continue
            for candidate in other.mentions:
                pair = frozenset(((id(span.part), span.start), (id(other.part), candidate.start)))
                second = claims.get((id(other.part), candidate.start))
                if second is None or pair in seen or other.part.is_row:
                    continue
                if _are_of_one_thing(context, sentence, mention, Spot(other, candidate), index):
                    seen.add(pair)
                    yield Contradiction(span.claim, second.claim)


def _differ_in_words(one: Sentence, other: Sentence) -> bool:
    """Return whether each sentence has words that the other lacks: circuit courts and district courts are two things."""
    negations = {bool(_NEGATION.search(each.text)) for each in (one, other)}
    return len(negations) > 1 or (bool(one.stems - other.stems) and bool(other.stems - one.stems))


def _count_others(one: Sentence, other: Sentence) -> int:
    """Return how many amounts of a sentence the other one does not have."""
    known = one.find_shared(other)
    return sum(each.kind not in ("date", "name") and each.start not in known for each in one.mentions)


def _is_weighty(mention: Mention) -> bool:
    """Return whether a number is no small count, and no date: those may be of many things."""
    return mention.kind in ("percent", "points", "money") or (
        mention.kind == "count" and (len(get_figures(mention)) >= 2 or bool(mention.unit))
    )


def _are_of_one_thing(context: Context, sentence: Sentence, mention: Mention, spot: Spot, index: SentenceIndex) -> bool:
    theirs, other = spot.sentence, spot.mention
    if other.kind != mention.kind or not is_other_number(sentence, mention, spot):
        return False
    if find_claimants(sentence, mention, spot) or find_claimants(theirs, other, Spot(sentence, mention)):
        return False
    if not is_other_number(theirs, other, Spot(sentence, mention)):
        return False
    if weigh_company(sentence, mention, theirs, other) < 1.0 or _count_others(sentence, theirs) > 1:
        return False
    if context.compare(spot) < SAME_THING:
        return False
    return Context(theirs, other, index).compare(Spot(sentence, mention)) >= SAME_THING
