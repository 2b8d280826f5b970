"""The differences of two texts, as an editor would name them: a word replaced, a clause added, a passage rewritten."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from reportgen.edits.wording.tokens import Token, list_keys, split_tokens

STOPS = frozenset(".!?;:,…")
PLAIN_SIGNS = frozenset(",.;:'\"()-")


class Difference(Struct, frozen=True):
    """Characters of a text from `start` to `end`, and the words that stand there now, with the spaces that belong to them."""

    start: int
    end: int
    new: str


def find_differences(before: str, after: str, borders: Collection[int] = ()) -> list[Difference]:
    """Return what changes one text into the other, in order; spaces that go with a word go with its difference.

    `borders` are characters of the first text at which another text of the brief begins: no difference reaches over one for
    the sake of the words that it joins.
    """
    left, right = split_tokens(before), split_tokens(after)
    changed = [
        _end_with_sign((first, last, start, stop), left, right)
        for tag, first, last, start, stop in SequenceMatcher(
            None, list_keys(before), list_keys(after), autojunk=False
        ).get_opcodes()
        if tag != "equal"
    ]
    return [build_difference(before, left, each[:2], after, right, each[2:]) for each in _join(changed, left, borders)]


def _end_with_sign(
    change: tuple[int, int, int, int], left: Sequence[Token], right: Sequence[Token]
) -> tuple[int, int, int, int]:
    """Return a sentence that was added or dropped with the full stop at its end, not with the one before it."""
    first, last, start, stop = change
    if start == stop and last < len(left) and left[first].key == left[last].key and left[first].key in STOPS:
        return first + 1, last + 1, start + 1, stop + 1
    if first == last and stop < len(right) and right[start].key == right[stop].key and right[start].key in STOPS:
        return first + 1, last + 1, start + 1, stop + 1
    return change


def _join(
    changed: Sequence[tuple[int, int, int, int]], left: Sequence[Token], borders: Collection[int]
) -> list[tuple[int, int, int, int]]:
    """Join changes with hardly a word between them."""
    joined: list[tuple[int, int, int, int]] = []
    for first, last, start, stop in changed:
        if joined:
            begin, end, low, high = joined[-1]
            between = [token for token in left[end:first] if token.key not in PLAIN_SIGNS]
            replacements = (first < last and start < stop) + (begin < end and low < high)
            is_apart = any(left[end - 1].start < border <= left[first - 1].end for border in borders) if end else False
            if len(between) <= replacements and not is_apart:
                joined[-1] = (begin, last, low, stop)
                continue
        joined.append((first, last, start, stop))
    return joined


def build_difference(
    before: str, left: Sequence[Token], old: tuple[int, int], after: str, right: Sequence[Token], new: tuple[int, int]
) -> Difference:
    """Return the difference of tokens, with the spaces around it as both texts have them."""
    begin = left[old[0] - 1].end if old[0] else 0
    end = left[old[1]].start if old[1] < len(left) else len(before)
    low = right[new[0] - 1].end if new[0] else 0
    high = right[new[1]].start if new[1] < len(right) else len(after)
    return trim(before, Difference(begin, end, after[low:high]))


def trim(before: str, difference: Difference) -> Difference:
    """Return a difference without the spaces that both sides begin or end with."""
    start, end, new = difference.start, difference.end, difference.new
    while start < end and new and before[start].isspace() and new[0].isspace():
        start, new = start + 1, new[1:]
    while start < end and new and before[end - 1].isspace() and new[-1].isspace():
        end, new = end - 1, new[:-1]
    if not new and before[start:end].isspace():
        return Difference(start, start, "")
    return Difference(start, end, new)


class TokenMap:
    """The places of one text's words in another that has most of them in the same order."""

    def __init__(self, before: str, after: str) -> None:
        self.before, self.after = before, after
        self.left, self.right = split_tokens(before), split_tokens(after)
        self.partner: dict[int, int] = {}
        if before == after:
            self.partner = {at: at for at in range(len(self.left))}
            return
        matcher = SequenceMatcher(None, list_keys(before), list_keys(after), autojunk=False)
        for here, there, size in matcher.get_matching_blocks():
            self.partner.update((here + at, there + at) for at in range(size))

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the other text has these characters, whole words of the first; None where its words there are others."""
        first = sum(token.end <= start for token in self.left)
        last = sum(token.start < end for token in self.left) if end > start else first
        last = max(first, last)
        here, there = self._find_range(first, last)
        if here is None or there is None or here > there:
            return None
        if [each.key for each in self.left[first:last]] != [each.key for each in self.right[here:there]]:
            return None
        lead = start - (self.left[first - 1].end if first else 0)
        tail = (self.left[last].start if last < len(self.left) else len(self.before)) - end
        low, high = self._gap(here)
        begin = min(low + lead, high)
        low, high = self._gap(there)
        stop = max(high - tail, low)
        return (begin, max(begin, stop))

    def _find_range(self, first: int, last: int) -> tuple[int | None, int | None]:
        if first < last:
            here, there = self.partner.get(first), self.partner.get(last - 1)
            return here, None if there is None else there + 1
        before, after = self.partner.get(first - 1), self.partner.get(first)
        at = before + 1 if before is not None else after
        return at, at

    def _gap(self, at: int) -> tuple[int, int]:
        """Return where the space before a word of the other text begins and ends."""
        low = self.right[at - 1].end if at else 0
        return low, self.right[at].start if at < len(self.right) else len(self.after)
