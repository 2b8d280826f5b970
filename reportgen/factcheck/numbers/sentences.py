"""The sentences of the sources, indexed by their words and numbers, and how much one context is like another.

A word weighs more the fewer sentences have it, and the nearer it stands to the number.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_ties import split_sentences
from reportgen.evidence.qualifiers import content_stems, stem_set
from reportgen.evidence.sources.footnote_marks import blank_marks
from reportgen.factcheck.reading.texts import FileText, Part
from reportgen.text.numbers import PartialDate

REACH = 7.0  # content words from a number at which a word of its sentence weighs a third
FLOOR = 0.4  # of the weight of a word that stands far from the number, in the source's sentence
FAR, CLOSE = 0.1, 5.0  # the same in the document's, and content words at which a word weighs a third there
BESIDE, ABOVE = 0.4, 0.35  # of the weight of words in the sentences beside it, and in the headings above it
UNKNOWN, UNKNOWN_NAME = 0.5, 0.9  # of the greatest weight, for words that no source has
MOST = 40  # sentences that are compared with one of the document
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z]\w+")


class Sentence(Struct, frozen=True, dict=True):
    """A sentence of a file, with the words around it."""

    file: str
    part: Part
    start: int
    end: int
    mentions: tuple[Mention, ...]
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        return self.part.text[self.start : self.end]

    @cached_property
    def words(self) -> tuple[tuple[str, int], ...]:
        """The stems of its content words that are in no number, each with its place among them."""
        taken = [(mention.start - self.start, mention.end - self.start) for mention in self.mentions]
        found = content_stems(self.text)
        return tuple(
            (stem, at)
            for at, (stem, start, end) in enumerate(found)
            if not any(first < end and start < last for first, last in taken)
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for stem, _ in self.words)

    @cached_property
    def beside(self) -> frozenset[str]:
        """The stems of the sentences beside it."""
        return stem_set(self.before) | stem_set(self.after)

    @cached_property
    def above(self) -> frozenset[str]:
        """The stems of the headings above it, or the head of its table."""
        return stem_set(self.part.context)

    @cached_property
    def values(self) -> frozenset[object]:
        """The values of its numbers, by which it is recognized."""
        return frozenset(key for mention in self.mentions for key in find_keys(mention))

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of the names in it."""
        return stem_set(" ".join(_NAME.findall(self.text)))

    def place_of(self, mention: Mention) -> int:
        """Return a number's place among the content words."""
        at = mention.start - self.start
        return sum(start < at for _, start, _ in content_stems(self.text))


def find_keys(mention: Mention) -> Iterator[object]:
    """Yield what makes a number recognizable in another sentence: its kind and value, or its year."""
    for value in (mention.value, mention.high):
        if isinstance(value, PartialDate):
            if value.year:
                yield ("date", value.year)
            if value.month:
                yield ("date", f"month {value.month}")
        elif value is not None and mention.kind != "name":
            yield (mention.kind, round(abs(value), 6))


def split_file(file: FileText) -> Iterator[Sentence]:
    """Yield the sentences of a file, its numbers read in the context of their paragraph."""
    for part in file.parts:
        text = blank_marks(part.text)
        mentions = [mention for mention in find_mentions(text) if not mention.is_silent]
        spans = [span for span in split_sentences(text) if text[slice(*span)].strip()]
        for index, (start, end) in enumerate(spans):
            own = tuple(mention for mention in mentions if start <= mention.start < end)
            before = text[slice(*spans[index - 1])] if index else ""
            after = text[slice(*spans[index + 1])] if index + 1 < len(spans) else ""
            yield Sentence(file.name, part, start, end, own, before, after)


class Spot(Struct, frozen=True):
    """A number of a sentence."""

    sentence: Sentence
    mention: Mention


class SentenceIndex:
    """All sentences of the sources, found by their words and by their numbers."""

    def __init__(self, files: Sequence[FileText]) -> None:
        self.sentences = [sentence for file in files for sentence in split_file(file)]
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for index, sentence in enumerate(self.sentences):
            for stem in sentence.stems | sentence.above:
                self._by_stem[stem].append(index)
        self._numbers = sorted(
            ((abs(value), index, at) for index, at, value in self._list_numbers()), key=lambda item: item[0]
        )
        self._sizes = [size for size, _, _ in self._numbers]
        self._dates: dict[object, list[tuple[int, int]]] = defaultdict(list)
        for index, sentence in enumerate(self.sentences):
            for at, mention in enumerate(sentence.mentions):
                if mention.kind == "date":
                    for key in find_keys(mention):
                        self._dates[key].append((index, at))
        self._most = math.log(1 + max(1, len(self.sentences)))
        self._weights: dict[str, float] = {}

    def _list_numbers(self) -> Iterator[tuple[int, int, float]]:
        for index, sentence in enumerate(self.sentences):
            for at, mention in enumerate(sentence.mentions):
                for value in (mention.value, mention.high):
                    if isinstance(value, float | int) and mention.kind != "name":
                        yield index, at, float(value)

    def weigh(self, stem: str, is_name: bool = False) -> float:
        """Return how much a word tells: the rarer in the sources, the more; a name that they lack tells most."""
        count = len(self._by_stem.get(stem, ()))
        if not count:
            return self._most * (UNKNOWN_NAME if is_name else UNKNOWN)
        return math.log(1 + len(self.sentences) / count)

    def find_similar(self, sentence: Sentence) -> list[Sentence]:
        """Return the sentences that share most with one of the document, by the weight of the words and numbers."""
        shared: dict[int, float] = defaultdict(float)
        for stem in sentence.stems | sentence.beside:
            weight = self.weigh(stem) * (1.0 if stem in sentence.stems else BESIDE)
            for index in self._by_stem.get(stem, ()):
                shared[index] += weight
        best = sorted(shared, key=lambda index: -shared[index])[:MOST]
        return [self.sentences[index] for index in best]

    def find_values(self, low: float, high: float) -> Iterator[Spot]:
        """Yield the numbers whose size is between two."""
        for _, index, at in self._numbers[bisect_left(self._sizes, low) : bisect_right(self._sizes, high)]:
            yield Spot(self.sentences[index], self.sentences[index].mentions[at])

    def find_dates(self, mention: Mention) -> Iterator[Spot]:
        """Yield the dates of the year, or else of the month, of another."""
        keys = list(find_keys(mention))
        for key in keys[:1]:
            for index, at in self._dates.get(key, ()):
                yield Spot(self.sentences[index], self.sentences[index].mentions[at])


class Context:
    """The words around a number of the document, weighed."""

    def __init__(self, sentence: Sentence, mention: Mention, index: SentenceIndex) -> None:
        self.sentence, self.mention = sentence, mention
        at = sentence.place_of(mention)
        self.near: dict[str, float] = {}
        for stem, place in sentence.words:
            self.near[stem] = max(_near(place - at, FAR, CLOSE), self.near.get(stem, 0.0))
        self.words = {stem: index.weigh(stem, stem in sentence.names) * near for stem, near in self.near.items()}
        for stem in sentence.above - sentence.stems if sentence.part.is_row else ():
            self.words[stem] = index.weigh(stem) * ABOVE
        own = set(find_keys(mention))
        usual = 0.6 * index._most
        self.values = {
            key: usual * _near(sentence.place_of(other) - at, FAR, CLOSE)
            for other in sentence.mentions
            if other is not mention
            for key in find_keys(other)
            if key not in own
        }
        self.total = sum(self.words.values()) + sum(self.values.values())

    def compare(self, spot: Spot) -> float:
        """Return the share of this context that a number of a source has, from 0 to 1."""
        if not self.total:
            return 0.0
        theirs = spot.sentence
        at = theirs.place_of(spot.mention)
        places: dict[str, float] = {}
        for stem, place in theirs.words:
            places[stem] = max(_near(place - at), places.get(stem, 0.0))
        score = 0.0
        for stem, weight in self.words.items():
            if (near := places.get(stem)) is not None:
                score += weight * min(1.0, near / self.near.get(stem, 1.0))
            elif stem in theirs.beside:
                score += weight * BESIDE
            elif stem in theirs.above:
                score += weight * ABOVE
        score += sum(weight for key, weight in self.values.items() if key in theirs.values)
        return score / self.total

    def find_shared(self, theirs: Sentence) -> set[object]:
        """Return the words and numbers that a sentence of a source shares with the claim's."""
        return {stem for stem in self.words if stem in theirs.stems} | {
            key for key in self.values if key in theirs.values
        }


def _near(distance: int, floor: float | None = None, reach: float | None = None) -> float:
    return max(FLOOR if floor is None else floor, math.exp(-abs(distance) / (reach or REACH)))
