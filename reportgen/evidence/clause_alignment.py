"""The alignment of the brief's sentences with the clauses of quotes that they repeat, by the words that both have.

A word weighs less the more quotes have it: "demands" shows which quote is meant, "Korea" does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportgen.evidence.qualifiers import (
    CLASSES,
    Qualifier,
    content_stems,
    find_qualifiers,
    find_varying,
    first_stems,
    other_members,
    split_clauses,
    stem_set,
)

SCOPE = 4  # a qualifier's scope: the next so many content words
SCOPE_BEFORE = 2  # or so many before it, where none follows
ENOUGH = 0.34  # of a clause's weight that a sentence must share to be aligned with it
FEW = 12  # quotes of which a single distinctive word may pick one out
NEAR = 0.3  # of the best clause's shared weight that another clause must reach

_QUALIFYING = frozenset().union(
    *(stem_set(words.replace("|", " ").replace("(?:", " ").replace(")?", " ")) for _, words in CLASSES.values())
)


class Clause(Struct, frozen=True):
    """A part of a quote that can stand alone."""

    quote: str
    text: str
    sentence: str
    words: tuple[tuple[str, int, int], ...]
    qualifiers: tuple[Qualifier, ...]
    stems: frozenset[str]
    """The stems of its content words, without the qualifying ones."""

    def words_after(self, qualifier: Qualifier) -> list[str]:
        return [word for word, start, _ in self.words if start >= qualifier.end and word not in _QUALIFYING]

    def words_before(self, qualifier: Qualifier) -> list[str]:
        return [word for word, _, end in self.words if end <= qualifier.start and word not in _QUALIFYING]


class AlignedClause(Struct, frozen=True):
    """A clause that a sentence repeats. `shared` are the stems that both have."""

    clause: Clause
    shared: frozenset[str]
    weight: float
    weights: Mapping[str, float]
    explained: frozenset[str] = frozenset()
    """Stems that better aligned clauses share too: they are no sign that this clause is meant."""

    def qualifiers_in_scope(self) -> Iterator[Qualifier]:
        """Yield the clause's qualifiers whose scope the sentence repeats."""
        for qualifier in self.clause.qualifiers:
            after = self.clause.words_after(qualifier)[:SCOPE]
            scope = after or self.clause.words_before(qualifier)[-SCOPE_BEFORE:]
            if scope and self._repeats(scope):
                yield qualifier

    def _repeats(self, scope: Sequence[str]) -> bool:
        """Return whether the sentence has the first word of a scope, or most of them by weight."""
        if self.shared <= self.explained:
            return False
        weight = sum(self.weights[word] for word in scope if word in self.shared)
        return scope[0] in self.shared or weight >= 0.5 * sum(self.weights[word] for word in scope)

    def find_variant(self, word: str, after: str) -> str | None:
        """Return the word of the same family that the quote has before the same words; None if it has the word itself."""
        following = first_stems(after, 2)
        text = self.clause.sentence
        places = [(match[0].lower(), match.end()) for match in find_varying(text)]
        if not following or any(found == word.lower() for found, _ in places):
            return None
        others = other_members(word)
        for found, end in places:
            if found in others and not set(following).isdisjoint(first_stems(text[end:], 2)):
                return found
        return None


class Alignment:
    """The clauses of all quotes, and the weight of each word."""

    def __init__(self, quotes: Mapping[str, str]) -> None:
        counts = Counter(word for text in quotes.values() for word in stem_set(text))
        self.weights = {word: 1 / count for word, count in counts.items()}
        self.clauses = {
            name: tuple(
                (clause, self._weigh(clause.stems), frozenset(self._distinctive_words(clause)))
                for clause in _clauses(name, text)
            )
            for name, text in quotes.items()
        }
        """The clauses of each quote, with their weights and their distinctive words."""

    def _weigh(self, stems: frozenset[str]) -> float:
        return sum(self.weights[word] for word in stems)

    def _distinctive_words(self, clause: Clause) -> Iterator[str]:
        """Yield the words right after a clause's qualifiers that no other quote has: they show that it is meant."""
        for qualifier in clause.qualifiers:
            after = clause.words_after(qualifier)
            if after and self.weights[after[0]] == 1:
                yield after[0]

    def align(self, sentence: str, quotes: Sequence[str], loosely: bool = True) -> tuple[AlignedClause, ...]:
        """Return the clauses that a sentence repeats, the best first; unless `loosely`, those it repeats for the most part."""
        stems = stem_set(sentence)
        few = loosely and len(quotes) <= FEW
        found = []
        for clause, whole, words in (item for name in quotes for item in self.clauses[name]):
            shared = clause.stems & stems
            if not shared:
                continue
            distinctive = few and not words.isdisjoint(stems)
            if len(shared) < 2 and not distinctive and len(clause.stems) > 3:
                continue
            weight = self._weigh(shared)
            if not loosely and (len(shared) < 3 or weight < 0.5 * whole):
                continue
            similar = len(shared) >= 2 and (weight >= ENOUGH * whole or weight >= 1.5 or len(shared) >= 4)
            if similar or distinctive or weight >= 0.6 * whole:
                found.append(AlignedClause(clause, shared, weight, self.weights))
        best = max((item.weight for item in found), default=0.0)
        aligned: list[AlignedClause] = []
        for item in sorted(found, key=lambda item: -item.weight):
            if item.weight >= NEAR * best:
                explained = frozenset().union(*(other.shared for other in aligned if other.weight > item.weight))
                aligned.append(replace(item, explained=explained))
        return tuple(aligned)


def _clauses(quote: str, text: str) -> Iterator[Clause]:
    for start, end in split_clauses(text):
        part = text[start:end]
        if part.strip():
            words = content_stems(part)
            stems = frozenset(word for word, _, _ in words) - _QUALIFYING
            yield Clause(quote, part, text, words, tuple(find_qualifiers(part)), stems)
