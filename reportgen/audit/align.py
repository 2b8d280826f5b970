"""The words of a file beside those that the brief compiles to: which are the same, and which stand for which."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from msgspec import Struct

from reportgen.audit.audit_report import Place
from reportgen.audit.origins import Mark
from reportgen.audit.word_stream import Word, is_figure, words

MOVED = 3  # so many words in a row are known again elsewhere
TORN = 20  # a word of so many letters may stand in pieces: lines break within it where they must


class Region(Struct, frozen=True):
    """A piece of text and its place; the marks say what of it is a fact or structure."""

    text: str
    place: Place
    marks: tuple[Mark, ...] = ()


def drawn(text: str) -> Region:
    """What an exhibit says of itself, in labels and descriptions: numbers in it may be worked out for the drawing."""
    return Region(text, Place(), (Mark(0, len(text), "drawn", "drawing"),))


class Row(Struct, frozen=True):
    """The words of some regions in one row."""

    regions: tuple[Region, ...]
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    """Where in `words` each region begins."""

    @classmethod
    def of(cls, regions: Sequence[Region]) -> Row:
        each = [words(region.text) for region in regions]
        return cls(
            tuple(regions), tuple(word for row in each for word in row), (0, *accumulate(len(row) for row in each))
        )

    @property
    def bare(self) -> list[str]:
        return [word.text for word in self.words]

    def region(self, at: int) -> int:
        """The index of the region that has the word `at`."""
        return min(bisect_right(self.starts, at) - 1, len(self.regions) - 1)

    def inside(self, region: int, begin: int, end: int) -> range:
        """The words of a region that stand in these characters of it."""
        places = range(self.starts[region], self.starts[region + 1])
        within = [at for at in places if self.words[at].start < end and begin < self.words[at].end]
        return range(within[0], within[-1] + 1) if within else range(0)

    def text(self, start: int, end: int) -> str:
        """The words from `start` to `end` as they are written."""
        parts = []
        while start < end:
            number = self.region(start)
            stop = min(end, self.starts[number + 1])
            parts.append(self.regions[number].text[self.words[start].start : self.words[stop - 1].end])
            start = stop
        return " ".join(" ".join(parts).split())


class Change(Struct, frozen=True):
    """Words `first` to `last` of what is expected, and those of the file that stand for them; either may be none."""

    first: int
    last: int
    start: int
    stop: int


class Alignment(Struct, frozen=True):
    """Two rows of words side by side. `partner` gives for each word of the file its word of the brief, if it has one."""

    expected: Row
    actual: Row
    partner: dict[int, int]
    changes: tuple[Change, ...]

    def without_repeated(self, ranges: Sequence[tuple[int, int]]) -> Alignment:
        """Without additions that say some regions of the expected text again, word for word."""
        left, right = self.expected.bare, self.actual.bare
        rows = [(self.expected.starts[first], self.expected.starts[last]) for first, last in ranges]
        partner, changes = dict(self.partner), []
        for change in self.changes:
            said = right[change.start : change.stop]
            again = next((row for row in rows if change.first == change.last and left[slice(*row)] == said), None)
            if again:
                partner.update(zip(range(change.start, change.stop), range(*again), strict=True))
            else:
                changes.append(change)
        return Alignment(self.expected, self.actual, partner, tuple(changes))


def align(expected: Sequence[Region], actual: Sequence[Region], any_order: bool = False) -> Alignment:
    """Lay the file's words beside those expected; with `any_order`, whole passages may stand elsewhere."""
    ours, theirs = Row.of(expected), Row.of(actual)
    left, right = ours.bare, theirs.bare
    if left == right:
        return Alignment(ours, theirs, {at: at for at in range(len(right))}, ())
    partner: dict[int, int] = {}
    if any_order:  # the longest passages first: word by word, a number would be taken for the same number elsewhere
        whole = [Change(0, len(left), 0, len(right))]
        return Alignment(ours, theirs, partner, tuple(_without_moved(whole, ours, theirs, partner)))
    changes: list[Change] = []
    for tag, first, last, start, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            partner.update(zip(range(start, stop), range(first, last), strict=True))
        elif not _torn(left[first:last], right[start:stop]):
            changes.append(Change(first, last, start, stop))
    return Alignment(ours, theirs, partner, tuple(changes))


def _torn(expected: Sequence[str], actual: Sequence[str]) -> bool:
    """Whether the only difference is that long words stand in pieces."""
    pieces = list(actual)
    for word in expected:
        found = pieces.pop(0) if pieces else ""
        while len(word) >= TORN and found != word and word.startswith(found) and pieces:
            found += pieces.pop(0)
        if found != word:
            return False
    return not pieces


def _without_moved(changes: list[Change], expected: Row, actual: Row, partner: dict[int, int]) -> list[Change]:
    """The changes without passages that only stand elsewhere: the longest first, each taken once."""
    left, right = expected.bare, actual.bare
    lost = [at for change in changes for at in range(change.first, change.last)]
    new = [at for change in changes for at in range(change.start, change.stop)]
    while lost and new:
        # A row of words must be one in both: a gap in the numbers is a word that nothing equals.
        here, there = _gapped(lost, left), _gapped(new, right)
        match = SequenceMatcher(
            None, [word for _, word in here], [word for _, word in there], autojunk=False
        ).find_longest_match()
        if match.size < MOVED:
            break
        taken = [(here[match.a + step][0], there[match.b + step][0]) for step in range(match.size)]
        partner.update((theirs, ours) for ours, theirs in taken)
        gone, found = {ours for ours, _ in taken}, {theirs for _, theirs in taken}
        lost, new = [at for at in lost if at not in gone], [at for at in new if at not in found]
    missing, added = list(_runs(lost, expected)), list(_runs(new, actual))
    for low, high in list(missing):  # a short line, such as a label, whole and without a figure
        row = left[low:high]
        elsewhere = next((run for run in added if right[slice(*run)] == row), None)
        if elsewhere and not any(is_figure(word) for word in row):
            missing.remove((low, high))
            added.remove(elsewhere)
            partner.update(zip(range(*elsewhere), range(low, high), strict=True))
    return [Change(low, high, 0, 0) for low, high in missing] + [Change(0, 0, low, high) for low, high in added]


def _gapped(places: list[int], row: list[str]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for at in places:
        if found and found[-1][0] != at - 1:
            found.append((-1, f"\0{at}"))
        found.append((at, row[at]))
    return found


def _runs(places: list[int], row: Row) -> Iterator[tuple[int, int]]:
    """Words in a row and in one region: the first and the one behind the last."""
    start = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or places[index] != places[index - 1] + 1 or places[index] in row.starts:
            yield places[start], places[index - 1] + 1
            start = index
