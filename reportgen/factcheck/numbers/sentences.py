"""The sentences of texts, indexed by their words and numbers. A word weighs more the fewer sentences have it."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import count

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention
from reportgen.evidence.pairing.number_ties import split_sentences
from reportgen.evidence.qualifiers import content_stems, is_verb, stem_set
from reportgen.evidence.sources.footnote_marks import blank_marks
from reportgen.factcheck.numbers.same_number import compare_numbers
from reportgen.factcheck.reading.part_numbers import find_numbers
from reportgen.factcheck.reading.texts import FileText, Part
from reportgen.text.numbers import PartialDate

BESIDE = 0.4  # of the weight of a word of the sentences beside it
UNKNOWN_NAME, UNKNOWN_NOUN, UNKNOWN_VERB = 0.9, 0.65, 0.3  # of the greatest weight, for words that no source has
MOST = 30  # sentences that are compared with one of the document
_COMMON = stem_set(
    "through during every each over under across per among between since until within including include includes regarding concerning some then now about "
    "after before while when also only even still yet however both either neither other another same such many several few more most less least than "
    "further first last next previous according around near nearly almost roughly approximately just up down out off into onto upon "
    "who whom whose which that there here mean means way ways say says said"
)
"""Words that say nothing of what a number counts, or that bound it."""
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
    order: int = 0
    """Its place among all sentences of its index."""

    @property
    def text(self) -> str:
        return self.part.text[self.start : self.end]

    @cached_property
    def words(self) -> tuple[tuple[str, int], ...]:
        """The stems of its content words that are in no number, each with its place among them."""
        taken = [(mention.first - self.start, mention.end - self.start) for mention in self.mentions]
        found = content_stems(self.text)
        return tuple(
            (stem, at)
            for at, (stem, start, end) in enumerate(found)
            if stem not in _COMMON and not any(first < end and start < last for first, last in taken)
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
    def names(self) -> frozenset[str]:
        """The stems of the names in it."""
        return stem_set(" ".join(_NAME.findall(self.text)))

    @cached_property
    def _shared(self) -> dict[int, frozenset[int]]:
        return {}

    def find_shared(self, theirs: Sentence) -> frozenset[int]:
        """Return the starts of the numbers that another sentence has too, rounded ones included."""
        if (known := self._shared.get(id(theirs))) is None:
            known = frozenset(
                mention.start
                for mention in self.mentions
                if any(compare_numbers(mention, other) in ("same", "rounded") for other in theirs.mentions)
            )
            self._shared[id(theirs)] = known
        return known

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The stems of the words that look like a verb's forms."""
        text = self.text
        return frozenset(stem for stem, start, end in content_stems(text) if is_verb(text[start:end]))

    @cached_property
    def places(self) -> dict[str, tuple[int, ...]]:
        """The places of each stem among the content words."""
        found: dict[str, tuple[int, ...]] = {}
        for stem, place in self.words:
            found[stem] = (*found.get(stem, ()), place)
        return found

    @cached_property
    def _number_places(self) -> dict[int, int]:
        starts = [start for _, start, _ in content_stems(self.text)]
        return {mention.start: bisect_left(starts, mention.start - self.start) for mention in self.mentions}

    def place_of(self, mention: Mention) -> int:
        """Return a number's place among the content words."""
        return self._number_places[mention.start]


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


def split_files(files: Sequence[FileText]) -> Iterator[Sentence]:
    """Yield the sentences of files, in order."""
    order = count()
    for file in files:
        yield from _split_file(file, order)


def _split_file(file: FileText, order: Iterator[int]) -> Iterator[Sentence]:
    """Yield the sentences of a file, its numbers read in the context of their paragraph."""
    for part in file.parts:
        text = blank_marks(part.text)
        mentions = [mention for mention in find_numbers(text) if not mention.is_silent]
        spans = [span for span in split_sentences(text) if text[slice(*span)].strip()]
        for index, (start, end) in enumerate(spans):
            own = tuple(mention for mention in mentions if start <= mention.start < end)
            before = text[slice(*spans[index - 1])] if index else ""
            after = text[slice(*spans[index + 1])] if index + 1 < len(spans) else ""
            yield Sentence(file.name, part, start, end, own, before, after, next(order))


class Spot(Struct, frozen=True):
    """A number of a sentence."""

    sentence: Sentence
    mention: Mention


class SentenceIndex:
    """All sentences of the sources, found by their words and by their numbers."""

    def __init__(self, files: Sequence[FileText]) -> None:
        self.sentences = list(split_files(files))
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
        self.most = math.log(1 + max(1, len(self.sentences)))
        self._weights: dict[str, float] = {}

    def _list_numbers(self) -> Iterator[tuple[int, int, float]]:
        for index, sentence in enumerate(self.sentences):
            for at, mention in enumerate(sentence.mentions):
                for value in (mention.value, mention.high):
                    if isinstance(value, float | int) and mention.kind != "name":
                        yield index, at, float(value)

    def weigh(self, stem: str, sentence: Sentence) -> float:
        """Return how much a word of a sentence tells: the rarer in the sources, the more; a name that they lack tells most."""
        found = len(self._by_stem.get(stem, ()))
        if not found:
            is_name, is_deed = stem in sentence.names, stem in sentence.verbs
            return self.most * (UNKNOWN_NAME if is_name else UNKNOWN_VERB if is_deed else UNKNOWN_NOUN)
        return math.log(1 + len(self.sentences) / found)

    def measure_overlaps(self, sentence: Sentence) -> dict[int, float]:
        """Return the weight of the words that sentences share with one of the document, by their order."""
        shared: dict[int, float] = defaultdict(float)
        for stem in sentence.stems | sentence.beside:
            weight = self.weigh(stem, sentence) * (1.0 if stem in sentence.stems else BESIDE)
            for index in self._by_stem.get(stem, ()):
                shared[index] += weight
        return shared

    def find_similar(self, overlaps: dict[int, float]) -> list[Sentence]:
        """Return the sentences with the greatest overlaps, the greatest first."""
        best = nlargest(MOST, overlaps, key=lambda index: overlaps[index])
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
