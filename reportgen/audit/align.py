"""The alignment of a file's words with those that the brief compiles to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from msgspec import Struct

from reportgen.audit.audit_report import Place
from reportgen.audit.origins import Mark
from reportgen.audit.word_stream import Word, is_figure, split_words
from reportgen.text.trace import Piece

MOVED = 3  # words in sequence that are enough to recognize a passage elsewhere
TORN = 20  # letters of a word that may stand in pieces: lines break within such a word where they must


class Region(Struct, frozen=True):
    """A piece of text and its place; the marks say what of it is a fact or structure, the trace what is from where in the brief."""

    text: str
    place: Place = Place()
    marks: tuple[Mark, ...] = ()
    trace: tuple[Piece, ...] = ()

    @classmethod
    def structural(cls, text: str, kind: str, path: str = "") -> Region:
        """Return text that is structure of this kind, such as a page number."""
        trace = (Piece(0, len(text), path),) if path else ()
        return cls(text, marks=(Mark(0, len(text), "structural", kind),), trace=trace)

    @classmethod
    def drawn(cls, text: str, path: str = "") -> Region:
        """Return a label or description of an exhibit, in which numbers may be computed for the drawing."""
        trace = (Piece(0, len(text), path),) if path else ()
        return cls(text, marks=(Mark(0, len(text), "drawn", "drawing"),), trace=trace)


class WordSequence(Struct, frozen=True):
    """The words of some regions in one sequence; `starts` says where in `words` each region begins."""

    regions: tuple[Region, ...]
    words: tuple[Word, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, regions: Sequence[Region]) -> WordSequence:
        each = [split_words(region.text) for region in regions]
        starts = (0, *accumulate(len(words) for words in each))
        return cls(tuple(regions), tuple(word for words in each for word in words), starts)

    @property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]

    def region_index(self, at: int) -> int:
        """Return the index of the region that has the word `at`."""
        return min(bisect_right(self.starts, at) - 1, len(self.regions) - 1)

    def region_of(self, at: int) -> Region:
        """Return the region that has the word `at`."""
        return self.regions[self.region_index(at)]

    def words_between(self, region: int, begin: int, end: int) -> range:
        """Return the indices of the words in the characters from `begin` to `end` of a region."""
        places = range(self.starts[region], self.starts[region + 1])
        within = [at for at in places if self.words[at].start < end and begin < self.words[at].end]
        return range(within[0], within[-1] + 1) if within else range(0)

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of the brief that the words from `start` to `end` are in."""
        found: list[Piece] = []
        for at in range(start, end):
            word = self.words[at]
            trace = self.region_of(at).trace
            found += (piece for piece in trace if piece.start < word.end and word.start < piece.end)
        return found

    def text(self, start: int, end: int) -> str:
        """Return the words from `start` to `end` as they are written."""
        parts = []
        while start < end:
            number = self.region_index(start)
            stop = min(end, self.starts[number + 1])
            parts.append(self.regions[number].text[self.words[start].start : self.words[stop - 1].end])
            start = stop
        return " ".join(" ".join(parts).split())


class Change(Struct, frozen=True):
    """The expected words from `first` to `last` and the file's from `start` to `stop` in their place; either may be empty."""

    first: int
    last: int
    start: int
    stop: int


class Alignment(Struct, frozen=True):
    """Two sequences of words, aligned. `partner` maps words of the file to the same words of the brief."""

    expected: WordSequence
    actual: WordSequence
    partner: dict[int, int]
    changes: tuple[Change, ...]

    def without_repeats(self, ranges: Sequence[tuple[int, int]]) -> Alignment:
        """Return the alignment without additions that repeat some regions of the expected text, word for word."""
        left, right = self.expected.texts, self.actual.texts
        repeatable = [(self.expected.starts[first], self.expected.starts[last]) for first, last in ranges]
        partner, changes = dict(self.partner), []
        for change in self.changes:
            added = right[change.start : change.stop]
            source = next((at for at in repeatable if change.first == change.last and left[slice(*at)] == added), None)
            if source:
                partner.update(zip(range(change.start, change.stop), range(*source), strict=True))
            else:
                changes.append(change)
        return Alignment(self.expected, self.actual, partner, tuple(changes))


def align(expected: Sequence[Region], actual: Sequence[Region], any_order: bool = False) -> Alignment:
    """Align the words of a file with those expected; with `any_order`, whole passages may stand elsewhere."""
    ours, theirs = WordSequence.of(expected), WordSequence.of(actual)
    left, right = ours.texts, theirs.texts
    if left == right:
        return Alignment(ours, theirs, {at: at for at in range(len(right))}, ())
    partner: dict[int, int] = {}
    if any_order:  # longest passages first: word by word, a number would be paired with the same number elsewhere
        return Alignment(ours, theirs, partner, tuple(_pair_moved_passages(ours, theirs, partner)))
    changes: list[Change] = []
    for tag, first, last, start, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            partner.update(zip(range(start, stop), range(first, last), strict=True))
        elif not _is_torn(left[first:last], right[start:stop]):
            changes.append(Change(first, last, start, stop))
    return Alignment(ours, theirs, partner, tuple(changes))


def _is_torn(expected: Sequence[str], actual: Sequence[str]) -> bool:
    """Say whether the only difference is that long words stand in pieces."""
    pieces = list(actual)
    for word in expected:
        found = pieces.pop(0) if pieces else ""
        while len(word) >= TORN and found != word and word.startswith(found) and pieces:
            found += pieces.pop(0)
        if found != word:
            return False
    return not pieces


def _pair_moved_passages(expected: WordSequence, actual: WordSequence, partner: dict[int, int]) -> list[Change]:
    """Pair passages wherever they stand, the longest first and each once; return what is left as changes."""
    left, right = expected.texts, actual.texts
    lost, new = list(range(len(left))), list(range(len(right)))
    while lost and new:
        # A passage must be contiguous in both: a gap in the indices becomes a word that equals no other.
        here, there = _mark_gaps(lost, left), _mark_gaps(new, right)
        match = SequenceMatcher(
            None, [word for _, word in here], [word for _, word in there], autojunk=False
        ).find_longest_match()
        if match.size < MOVED:
            break
        pairs = [(here[match.a + step][0], there[match.b + step][0]) for step in range(match.size)]
        partner.update((theirs, ours) for ours, theirs in pairs)
        gone, found = {ours for ours, _ in pairs}, {theirs for _, theirs in pairs}
        lost, new = [at for at in lost if at not in gone], [at for at in new if at not in found]
    missing, added = list(_runs(lost, expected)), list(_runs(new, actual))
    for low, high in list(missing):  # a short line without figures, such as a label, that moved as a whole
        words = left[low:high]
        elsewhere = next((run for run in added if right[slice(*run)] == words), None)
        if elsewhere and not any(is_figure(word) for word in words):
            missing.remove((low, high))
            added.remove(elsewhere)
            partner.update(zip(range(*elsewhere), range(low, high), strict=True))
    return [Change(low, high, 0, 0) for low, high in missing] + [Change(0, 0, low, high) for low, high in added]


def _mark_gaps(places: list[int], words: list[str]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for at in places:
        if found and found[-1][0] != at - 1:
            found.append((-1, f"\0{at}"))
        found.append((at, words[at]))
    return found


def _runs(places: list[int], sequence: WordSequence) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each run of adjacent words in one region."""
    start = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or places[index] != places[index - 1] + 1 or places[index] in sequence.starts:
            yield places[start], places[index - 1] + 1
            start = index
