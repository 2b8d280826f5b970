"""The context of a number: the words and numbers around it, of which nearer and rarer ones weigh more."""

from __future__ import annotations

import math

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention
from reportgen.factcheck.numbers.same_number import compare_numbers
from reportgen.factcheck.numbers.sentences import BESIDE, Sentence, SentenceIndex, Spot

REACH, FLOOR = 7.0, 0.4
"""Content words from a number of a source at which a word weighs a third, and the least that one of its sentence weighs."""
CLOSE, FAR = 5.0, 0.1
"""The same in the document."""
ABOVE = 0.35  # of the weight of a word of the headings above it
USUAL = 0.6  # of the greatest weight, for another number of the sentence
FARTHEST_WORD = 200


def _tabulate(reach: float, floor: float) -> tuple[float, ...]:
    return tuple(max(floor, math.exp(-distance / reach)) for distance in range(FARTHEST_WORD + 1))


_THEIRS, _OURS = _tabulate(REACH, FLOOR), _tabulate(CLOSE, FAR)


class Overlap(Struct, frozen=True):
    """The words and numbers that a sentence of a source shares with a context, and what weighs the same for each number of it."""

    fixed: float
    words: tuple[tuple[float, float, tuple[int, ...]], ...]
    """The weight of each shared word, its nearness in the document, and its places in the sentence."""
    count: int


class Context:
    """The words around a number of the document, weighed."""

    def __init__(self, sentence: Sentence, mention: Mention, index: SentenceIndex) -> None:
        self.sentence, self.mention = sentence, mention
        at = sentence.place_of(mention)
        self.near = {
            stem: max(_OURS[min(FARTHEST_WORD, abs(place - at))] for place in places)
            for stem, places in sentence.places.items()
        }
        self.words = {stem: index.weigh(stem, sentence) * near for stem, near in self.near.items()}
        for stem in sentence.above - sentence.stems if sentence.part.is_row else ():
            self.words[stem] = index.weigh(stem, sentence) * ABOVE
        usual = USUAL * index.most
        self.values = [
            (other, usual * _OURS[min(FARTHEST_WORD, abs(sentence.place_of(other) - at))])
            for other in sentence.mentions
            if other is not mention and other.kind != "name" and not compare_numbers(other, mention)
        ]
        self.total = sum(self.words.values()) + sum(weight for _, weight in self.values)
        self._overlaps: dict[int, Overlap] = {}

    def compare(self, spot: Spot) -> float:
        """Return the share of this context that a number of a source has, from 0 to 1."""
        if not self.total:
            return 0.0
        overlap = self.find_overlap(spot.sentence)
        at, score = spot.sentence.place_of(spot.mention), overlap.fixed
        for weight, near, places in overlap.words:
            theirs = max(_THEIRS[min(FARTHEST_WORD, abs(place - at))] for place in places)
            score += weight * min(1.0, theirs / near)
        return score / self.total

    def find_overlap(self, theirs: Sentence) -> Overlap:
        """Return what a sentence of a source shares with this context."""
        if theirs.order not in self._overlaps:
            self._overlaps[theirs.order] = self._measure(theirs)
        return self._overlaps[theirs.order]

    def _measure(self, theirs: Sentence) -> Overlap:
        fixed, words = 0.0, []
        for stem, weight in self.words.items():
            if places := theirs.places.get(stem):
                words.append((weight, self.near.get(stem, 1.0), places))
            elif stem in theirs.beside:
                fixed += weight * BESIDE
            elif stem in theirs.above:
                fixed += weight * ABOVE
        known = self.sentence.find_shared(theirs)
        shared = [weight for other, weight in self.values if other.start in known]
        return Overlap(fixed + sum(shared), tuple(words), len(words) + len(shared))
