"""The pairing of a copy's lines with those that the brief compiles to, moved lines included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct, field

from reportgen.edits.edit_values import Line, ReturnedLine
from reportgen.edits.wording.tokens import list_keys

ALIKE = 0.35
"""The least share of words that a line in its place keeps."""
MOVED = 0.6
"""The least share of words that a line keeps which stands elsewhere."""
FEW = 3  # words that are enough to recognize a line elsewhere
BOOKMARK = 0.5  # what the same bookmark adds to the likeness


class Pair(Struct, frozen=True):
    """A line of the brief's document and the copy's line in its place, or elsewhere where `is_moved`."""

    ours: Line
    theirs: ReturnedLine
    is_moved: bool = False


class Added(Struct, frozen=True):
    """A line that only the copy has, and the lines of the brief's document before and after the place where it stands."""

    line: ReturnedLine
    before: Line | None = None
    after: Line | None = None


class Missing(Struct, frozen=True):
    """A line that the copy does not have; `deleted` is it as a tracked change struck it out. `gap` is the number of its place."""

    line: Line
    gap: int
    deleted: ReturnedLine | None = None


class Pairing(Struct):
    """The pairs of a document, and the lines that only one side has."""

    pairs: list[Pair] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    added: list[tuple[Added, int]] = field(default_factory=list)
    gaps: int = 0

    def pair(self, ours: Sequence[Line], theirs: Sequence[ReturnedLine]) -> None:
        """Pair the lines of one text, such as a shape or a cell; what has no partner is kept for `finish`."""
        ours = [line for line in ours if line.text.strip()]
        theirs = [line for line in theirs if line.text.strip() or line.revisions]
        pairs = _pair_in_order(ours, theirs)
        used = {there: here for here, there in pairs.items()}
        gap_of: dict[tuple[int, int], int] = {}
        for here, line in enumerate(ours):
            if here not in pairs:
                before = max((at for at in pairs if at < here), default=-1)
                self.missing.append(Missing(line, self._gap(gap_of, before, pairs.get(before, -1))))
            elif theirs[pairs[here]].is_deleted:
                self.gaps += 1
                self.missing.append(Missing(line, self.gaps, theirs[pairs[here]]))
            else:
                self.pairs.append(Pair(line, theirs[pairs[here]]))
        for there, returned in enumerate(theirs):
            if there not in used:
                before = max((at for at in used if at < there), default=-1)
                here = used.get(before, -1)
                left = ours[here] if here >= 0 else None
                right = ours[here + 1] if here + 1 < len(ours) else None
                self.added.append((Added(returned, left, right), self._gap(gap_of, here, before)))

    def _gap(self, gap_of: dict[tuple[int, int], int], here: int, there: int) -> int:
        if (here, there) not in gap_of:
            self.gaps += 1
            gap_of[here, there] = self.gaps
        return gap_of[here, there]

    def finish(self) -> None:
        """Pair lines that stand elsewhere, then those that were written anew where another stood."""
        scored = sorted(
            (
                (score, -abs(here - there), here, there)
                for here, lost in enumerate(self.missing)
                for there, (other, _) in enumerate(self.added)
                if (score := _moved_likeness(lost.line, other.line)) >= MOVED
            ),
            reverse=True,
        )
        taken: dict[int, int] = {}
        for _, _, here, there in scored:
            if here not in taken and there not in taken.values():
                taken[here] = there
        for here, there in taken.items():
            lost, (other, gap) = self.missing[here], self.added[there]
            self.pairs.append(Pair(lost.line, other.line, lost.gap != gap))
        self._drop(set(taken), set(taken.values()))
        self._pair_rewritten()

    def measure_share(self) -> float:
        """Return the share of our lines that are there still, moved or reworded."""
        alike = sum(
            measure_likeness(each.ours.text, each.theirs.text or each.theirs.final) >= ALIKE for each in self.pairs
        )
        return alike / max(1, len(self.pairs) + len(self.missing))

    def _pair_rewritten(self) -> None:
        """Pair a line that is missing with one that was added in its place, where there is one of each."""
        lost, found = Counter(each.gap for each in self.missing), Counter(gap for _, gap in self.added)
        here, there = set[int](), set[int]()
        for at, missing in enumerate(self.missing):
            if lost[missing.gap] == found[missing.gap] == 1:
                other = next(index for index, (_, gap) in enumerate(self.added) if gap == missing.gap)
                returned = self.added[other][0].line
                if not returned.is_added:
                    self.pairs.append(Pair(missing.line, returned))
                    here.add(at)
                    there.add(other)
        self._drop(here, there)

    def _drop(self, here: set[int], there: set[int]) -> None:
        self.missing = [each for at, each in enumerate(self.missing) if at not in here]
        self.added = [each for at, each in enumerate(self.added) if at not in there]


def _pair_in_order(ours: Sequence[Line], theirs: Sequence[ReturnedLine]) -> dict[int, int]:
    """Return pairs of indices that rise on both sides: equal lines first, then in each gap the most alike."""
    if len(ours) == len(theirs) == 1:
        return {} if theirs[0].is_added else {0: 0}
    left = [list_keys(line.text) for line in ours]
    right = [("\0",) if line.is_added else list_keys(line.text) for line in theirs]
    pairs: dict[int, int] = {}
    for tag, first, last, start, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs.update(zip(range(first, last), range(start, stop), strict=True))
        elif first < last and start < stop:
            pairs |= _pair_gap(ours, theirs, range(first, last), range(start, stop))
    return dict(sorted(pairs.items()))


def _pair_gap(ours: Sequence[Line], theirs: Sequence[ReturnedLine], here: range, there: range) -> dict[int, int]:
    """Return the pairs of a gap with the greatest likeness in all."""
    rows, columns = len(here), len(there)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    score = [[_likeness(ours[a], theirs[b]) for b in there] for a in here]
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            both = best[a + 1][b + 1] + score[a][b] if score[a][b] >= ALIKE else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], both)
    pairs: dict[int, int] = {}
    a = b = 0
    while a < rows and b < columns:
        if score[a][b] >= ALIKE and best[a][b] == best[a + 1][b + 1] + score[a][b]:
            pairs[here[a]] = there[b]
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _likeness(ours: Line, theirs: ReturnedLine) -> float:
    if theirs.is_added:
        return 0.0
    extra = BOOKMARK if set(ours.bookmarks) & set(theirs.bookmarks) else 0.0
    return measure_likeness(ours.text, theirs.text) + extra


def _moved_likeness(ours: Line, theirs: ReturnedLine) -> float:
    if sum(key[0].isalnum() for key in list_keys(ours.text)) < FEW:
        return 0.0
    return measure_likeness(ours.text, theirs.final)


def measure_likeness(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, 0 to 1."""
    left, right = _count_keys(one), _count_keys(other)
    few, many = sorted((left, right), key=len)
    both = sum(min(count, many[key]) for key, count in few.items() if key in many)
    return 2 * both / max(1, left.total() + right.total())


@lru_cache(maxsize=8192)  # each line is compared with many others
def _count_keys(text: str) -> Counter[str]:
    return Counter(list_keys(text))
