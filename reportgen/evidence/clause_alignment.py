"""Sentences of the brief beside the clauses of the quotes that they rest on, by the words that they share.

A word weighs the less the more quotes have it: "demands" says which quote is meant, "Korea" does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportgen.evidence.qualifiers import CLASSES, VARYING, Qualifier, clauses, content, qualifiers, siblings, stems

SCOPE = 4  # a qualifier's words: the next so many that carry meaning
ENOUGH = 0.34  # of a clause's weight that a sentence must share to be laid beside it
FEW = 12  # quotes of which a single telling word may pick one out
NEAR = 0.3  # of the best clause's shared weight that another clause must reach

_QUALIFYING = frozenset().union(
    *(stems(kept.replace("|", " ").replace("(?:", " ").replace(")?", " ")) for _, kept in CLASSES.values())
)


class Clause(Struct, frozen=True):
    """A part of a quote that can stand alone."""

    quote: str
    text: str
    sentence: str
    words: tuple[tuple[str, int, int], ...]
    qualifiers: tuple[Qualifier, ...]
    stems: frozenset[str]
    """Those of its words that say what it is about, without the qualifying ones."""


class Aligned(Struct, frozen=True):
    """A clause beside a sentence; `shared` are the stems that both have."""

    clause: Clause
    shared: frozenset[str]
    weight: float
    weights: Mapping[str, float]
    explained: frozenset[str] = frozenset()
    """Stems that clauses which fit the sentence better have too: they don't tell that this one is meant."""

    @property
    def quote(self) -> str:
        return self.clause.quote

    @property
    def text(self) -> str:
        return self.clause.text

    @property
    def sentence(self) -> str:
        return self.clause.sentence

    @property
    def qualifiers(self) -> tuple[Qualifier, ...]:
        return self.clause.qualifiers

    def qualifiers_in_scope(self) -> Iterator[Qualifier]:
        """The clause's qualifiers whose own words the sentence takes over."""
        for qualifier in self.clause.qualifiers:
            after = [
                word for word, start, _ in self.clause.words if start >= qualifier.end and word not in _QUALIFYING
            ][:SCOPE]
            before = [word for word, _, end in self.clause.words if end <= qualifier.start and word not in _QUALIFYING][
                -2:
            ]
            scope = after or before
            if scope and self._takes_over(scope):
                yield qualifier

    def _takes_over(self, scope: Sequence[str]) -> bool:
        """Whether the sentence has a qualifier's own words: the first of them, or most by weight."""
        if self.shared <= self.explained:
            return False
        return scope[0] in self.shared or sum(self.weights[word] for word in scope if word in self.shared) >= 0.5 * sum(
            self.weights[word] for word in scope
        )

    def varies(self, word: str, after: str) -> str | None:
        """The word that the clause has where a sentence has another of its kind, the same words following."""
        following = [stem for stem, _, _ in content(after)[:3]]
        text = self.clause.sentence
        places = [(match[0].lower(), match.end()) for match in VARYING.finditer(text)]
        if not following or any(found == word.lower() for found, _ in places):
            return None
        others = siblings(word)
        for found, end in places:
            if found in others:
                theirs = [stem for stem, _, _ in content(text[end:])[:3]]
                if set(following[:2]) & set(theirs[:2]):
                    return found
        return None


class Alignment:
    """The clauses of all quotes, and how much each word tells."""

    def __init__(self, quotes: Mapping[str, str]) -> None:
        self.clauses = {name: tuple(_clauses(name, text)) for name, text in quotes.items()}
        often = Counter(word for text in quotes.values() for word in stems(text))
        self.weights = {word: 1 / count for word, count in often.items()}
        every = [clause for clauses in self.clauses.values() for clause in clauses]
        self.whole = {clause: sum(self.weights[word] for word in clause.stems) for clause in every}
        self.telling = {clause: tuple(self._telling(clause)) for clause in every}

    def _telling(self, clause: Clause) -> Iterator[str]:
        """The words right behind a clause's qualifiers that no other quote has: a sentence with one means this clause."""
        for qualifier in clause.qualifiers:
            after = next(
                (word for word, start, _ in clause.words if start >= qualifier.end and word not in _QUALIFYING), None
            )
            if after and self.weights[after] == 1:
                yield after

    def of(self, sentence: str, quotes: Sequence[str], loosely: bool = True) -> tuple[Aligned, ...]:
        """The clauses that a sentence says over again, the best first. Not loosely: only where it takes over most of them."""
        said = stems(sentence)
        few = loosely and len(quotes) <= FEW
        found = []
        for name in quotes:
            for clause in self.clauses[name]:
                shared = clause.stems & said
                telling = few and any(word in said for word in self.telling[clause])
                if not shared or (len(shared) < 2 and not telling and len(clause.stems) > 3):
                    continue
                weight, whole = sum(self.weights[word] for word in shared), self.whole[clause]
                if not loosely and (len(shared) < 3 or weight < 0.5 * whole):
                    continue
                alike = len(shared) >= 2 and (weight >= ENOUGH * whole or weight >= 1.5 or len(shared) >= 4)
                if alike or telling or weight >= 0.6 * whole:
                    found.append(Aligned(clause, shared, weight, self.weights))
        best = max((item.weight for item in found), default=0.0)
        ordered = sorted((item for item in found if item.weight >= NEAR * best), key=lambda item: -item.weight)
        explained: list[Aligned] = []
        for item in ordered:
            better = frozenset().union(*(other.shared for other in explained if other.weight > item.weight))
            explained.append(replace(item, explained=better))
        return tuple(explained)


def _clauses(name: str, text: str) -> Iterator[Clause]:
    for start, end in clauses(text):
        part = text[start:end]
        if part.strip():
            words = content(part)
            yield Clause(
                name, part, text, words, tuple(qualifiers(part)), frozenset(word for word, _, _ in words) - _QUALIFYING
            )
