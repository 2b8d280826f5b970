"""The items of two states in pairs: the same one, wherever it stands and however it is worded now."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import product

from msgspec import Struct

from reportgen.changes.states.snapshot import VALUE, FactState, Item, Snapshot, Text
from reportgen.changes.word_diff import Facts, has_figure, measure_likeness, split_tokens, weigh

SAME_LIST, SAME_KIND, OTHER_KIND = 0.5, 0.6, 0.75
"""The least likeness of two texts that are one, reworded: in one list, elsewhere, and as a text of another kind."""
LONG_ENOUGH = 40  # letters by which a passage is recognized elsewhere in a document
FEW = 4  # words of an item that is a number alone
LONELY = 0.3
"""The same for the only two of a list that are left."""
RENAMED = 0.6
"""The same for exhibits, sources and quotes under another id."""
MOST_PAIRS = 250_000  # comparisons of texts: more would take seconds
NAMED = frozenset({"exhibits.*", "sources.*", "quotes.*"})
SECTIONS = frozenset({"topics[]", "sections[]", "slides[]"})
"""Kinds of items that others are in."""
PROSE = frozenset({"points[]", "judgments[]", "dissent[]", "basis[]", "talking_points[]", "paragraph"})
"""Kinds between which a text may move."""
_SECTION = re.compile(r"^(?:why_now|topics\[\])\.")


class Pair(Struct, frozen=True):
    """The same item in both states."""

    old: Item
    new: Item


class Pairing(Struct, frozen=True):
    """All pairs, and what only one of the two states has."""

    pairs: tuple[Pair, ...]
    removed: tuple[Item, ...]
    added: tuple[Item, ...]


def normalize_kind(kind: str) -> str:
    """Return a kind without its section, as points are points in any section."""
    return _SECTION.sub("", kind)


def pair_facts(old: Mapping[str, FactState], new: Mapping[str, FactState]) -> dict[str, str]:
    """Return the old id of each fact that both states have: those of one id, and those that differ in it alone."""
    found = {name: name for name in new if name in old}
    left: dict[Hashable, list[str]] = defaultdict(list)
    for name, fact in old.items():
        if name not in new:
            left[_fact_key(fact)].append(name)
    for name, fact in new.items():
        if name not in found and (same := left.get(_fact_key(fact))):
            found[name] = same.pop(0)
    return found


def _fact_key(fact: FactState) -> Hashable:
    """Return what two facts that only their ids distinguish have in common; formulas name other ids."""
    return fact.words, tuple(sorted(fact.parts.items())), tuple(passage.words for passage in fact.evidence)


class Pairer:
    """Pairs the items of two snapshots."""

    def __init__(self, old: Snapshot, new: Snapshot, facts: Facts) -> None:
        self.facts = facts
        self.old = {item.path: item for item in old.items}
        self.new = {item.path: item for item in new.items}
        self.partners: dict[str, str] = {}
        """The old path of each new one."""
        self.is_running = new.kind != "brief"
        """True for a file, whose items have one order from first to last."""
        self._sides = (_Side(old.items, facts, False), _Side(new.items, facts, True))

    def pair(self) -> Pairing:
        """Pair sections first, as their parts are looked for in them, then everything else."""
        if self.is_running:
            self._pair_in_order()
        else:
            self._pair_single()
        self._pair_sections()
        groups: dict[str, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
        for index, side in enumerate(self._sides):
            for item in side.items:
                kind = normalize_kind(item.kind)
                groups["prose" if kind in PROSE else kind][index].append(item)
        for kind, (old, new) in groups.items():
            self._pair_group(kind, old, new)
        pairs = tuple(Pair(self.old[was], self.new[path]) for path, was in self.partners.items())
        gone = set(self.partners.values())
        return Pairing(
            pairs,
            tuple(item for path, item in self.old.items() if path not in gone),
            tuple(item for path, item in self.new.items() if path not in self.partners),
        )

    def is_same_list(self, old: Item, new: Item) -> bool:
        """Say whether two items are of one kind, in sections that are one."""
        if normalize_kind(old.kind) != normalize_kind(new.kind):
            return False
        return (old.parent == new.parent == "") or self.partners.get(new.parent) == old.parent

    def _pair_in_order(self) -> None:
        """Pair what has the same words in the same order: first what stands once in both states, then all that is between.

        Lines that a document repeats, such as "Fix", are so paired with their own, and not with the first of that name.
        """
        here, there = self._sides
        sequences = ([here.signature(item) for item in here.items], [there.signature(item) for item in there.items])
        for first, second in _align(*sequences):
            self.partners[there.items[second].path] = here.items[first].path

    def _pair_single(self) -> None:
        """Pair the texts that there can be one of: the title, the bottom line."""
        for path, item in self.new.items():
            if "[" not in path and item.kind not in NAMED and path in self.old and item.kind != "paragraph":
                self.partners[path] = path

    def _pair_sections(self) -> None:
        old, new = ([item for item in side.items if item.kind in SECTIONS] for side in self._sides)
        self._pair_exact(old, new)
        old, new = self._rest(old, new)
        contents = [_gather(items, side) for items, side in zip((old, new), self._sides, strict=True)]
        candidates = _list_candidates(old, new)
        scores = [
            (measure_likeness(contents[0][a.path], contents[1][b.path]) + 0.04 * (a.path == b.path), a, b)
            for a, b in candidates
        ]
        self._take_best(scores, lambda _a, _b: SAME_LIST)

    def _pair_group(self, kind: str, old: list[Item], new: list[Item]) -> None:
        if kind in NAMED:
            self.partners.update({item.path: item.path for item in new if item.path in self.old})
        self._pair_exact(old, new)
        old, new = self._rest(old, new)
        if not old or not new:
            return
        here, there = self._sides
        candidates = _list_candidates(old, new)
        scores = []
        for a, b in candidates:
            likeness = measure_likeness(here.weights(a), there.weights(b))
            bonus = 0.08 * self.is_same_list(a, b) + 0.04 * (a.path == b.path)
            if likeness > LONELY:
                scores.append((likeness + bonus, a, b))
        self._take_best(scores, lambda a, b: RENAMED if kind in NAMED else self._threshold(a, b))
        if kind in NAMED:
            return
        self._pair_lonely(*self._rest(old, new))
        self._pair_gaps()

    def _threshold(self, old: Item, new: Item) -> float:
        if self.is_same_list(old, new):
            return SAME_LIST
        return SAME_KIND if normalize_kind(old.kind) == normalize_kind(new.kind) else OTHER_KIND

    def _pair_exact(self, old: Sequence[Item], new: Sequence[Item]) -> None:
        """Pair items with the same words: in their place if they are still there, then in their list, then anywhere."""
        old, new = self._rest(old, new)
        here, there = self._sides
        by_words: dict[Hashable, list[Item]] = defaultdict(list)
        for item in old:
            by_words[here.signature(item)].append(item)
        tests = (lambda a, b: a.path == b.path, self.is_same_list, lambda a, _: not self.is_running or says_much(a))
        for test in tests:
            for item in new:
                same = by_words.get(there.signature(item), [])
                match = next((each for each in same if test(each, item)), None)
                if match and item.path not in self.partners:
                    same.remove(match)
                    self.partners[item.path] = match.path

    def _pair_lonely(self, old: list[Item], new: list[Item]) -> None:
        """Pair the last two of a list, if they are alike at all."""
        here, there = self._sides
        for item in new:
            others = [each for each in new if self._share_list(each, item)]
            left = [each for each in old if self.is_same_list(each, item)]
            if len(left) == len(others) == 1 and measure_likeness(here.weights(left[0]), there.weights(item)) >= LONELY:
                self.partners[item.path] = left[0].path

    def _pair_gaps(self) -> None:
        """Pair numbers that stand alone, between the same neighbors: nothing else could tell that they are one."""
        here = self._sides[0]
        was, at = {path: index for index, path in enumerate(self.old)}, list(self.new.values())
        gone = set(self.partners.values())
        for index, item in enumerate(at):
            before = self.partners.get(at[index - 1].path) if index else None
            if item.path in self.partners or before is None:
                continue
            other = here.items[was[before] + 1] if was[before] + 1 < len(here.items) else None
            if other is None or other.path in gone or not self.is_same_list(other, item):
                continue
            if _is_number(other) and _is_number(item):
                self.partners[item.path] = other.path
                gone.add(other.path)

    def _share_list(self, one: Item, other: Item) -> bool:
        return (one.kind, one.parent) == (other.kind, other.parent)

    def _take_best(self, scores: list[tuple[float, Item, Item]], threshold: object) -> None:
        gone = set(self.partners.values())
        scores.sort(key=lambda score: -score[0])
        for score, old, new in scores:
            if old.path in gone or new.path in self.partners or score < threshold(old, new):  # type: ignore[operator]
                continue
            self.partners[new.path] = old.path
            gone.add(old.path)

    def _rest(self, old: Iterable[Item], new: Iterable[Item]) -> tuple[list[Item], list[Item]]:
        gone = set(self.partners.values())
        return [item for item in old if item.path not in gone], [item for item in new if item.path not in self.partners]


def _is_number(item: Item) -> bool:
    """Say whether an item is a number and little else."""
    return len(item.words.split()) <= FEW and has_figure(item.words)


def says_much(item: Item) -> bool:
    """Say whether an item is long enough to be recognized at another place of a document."""
    return item.kind in SECTIONS or len(item.words) >= LONG_ENOUGH


def _align(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the positions of equal values in the same order."""
    counts = Counter(old), Counter(new)
    places = {value: index for index, value in enumerate(old) if counts[0][value] == 1}
    single = [(places[value], index) for index, value in enumerate(new) if value in places and counts[1][value] == 1]
    moved = find_moved(single)
    anchors = [pair for index, pair in enumerate(single) if index not in moved]
    first, second = 0, 0
    for a, b in [*anchors, (len(old), len(new))]:
        gaps = SequenceMatcher(None, old[first:a], new[second:b], autojunk=False)
        for block in gaps.get_matching_blocks():
            yield from ((first + block.a + step, second + block.b + step) for step in range(block.size))
        if a < len(old):
            yield a, b
        first, second = a + 1, b + 1


class _Side:
    """The items of one state, with their words as they are compared."""

    def __init__(self, items: Sequence[Item], facts: Facts, is_new: bool) -> None:
        self.items, self._facts, self._is_new = items, facts, is_new
        self._weights: dict[str, Counter[str]] = {}

    def weights(self, item: Item) -> Counter[str]:
        if item.path not in self._weights:
            found: Counter[str] = Counter()
            for text in item.texts.values():
                found.update(weigh(split_tokens(text, self._facts, self._is_new)))
            self._weights[item.path] = found
        return self._weights[item.path]

    def signature(self, item: Item) -> Hashable:
        """Return all words of an item, with facts that changed as one word each."""
        return tuple(
            (key, *(token.key for token in split_tokens(text, self._facts, self._is_new)))
            for key, text in item.texts.items()
        )

    @cached_property
    def children(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            found[item.parent].append(item)
        return found


def _gather(sections: Iterable[Item], side: _Side) -> dict[str, Counter[str]]:
    """Return the words of each section with those of its parts."""
    found = {}
    for section in sections:
        words = Counter(side.weights(section))
        for child in side.children.get(section.path, ()):
            words.update(side.weights(child))
        found[section.path] = words
    return found


def _list_candidates(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Yield all pairs of items; of long files, those that stand at about the same place."""
    if len(old) * len(new) <= MOST_PAIRS:
        yield from product(old, new)
        return
    reach = max(2, MOST_PAIRS // max(1, len(old)) // 2)
    for index, item in enumerate(old):
        middle = round(index * len(new) / len(old))
        for other in new[max(0, middle - reach) : middle + reach]:
            yield item, other


def find_moved(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """Return which of the pairs of positions, by their index, are out of order: as few as explain the new order.

    Examples
    --------
    >>> find_moved([(0, 1), (1, 2), (2, 0)])
    {2}
    """
    order = sorted(range(len(pairs)), key=lambda index: pairs[index][0])
    ends: list[int] = []  # by length, the pair with which a run in order ends lowest
    lows: list[int] = []
    before: dict[int, int | None] = {}
    for index in order:
        position = pairs[index][1]
        at = bisect_left(lows, position)
        before[index] = ends[at - 1] if at else None
        ends[at : at + 1], lows[at : at + 1] = [index], [position]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(range(len(pairs))) - kept


def align_texts(
    old: Mapping[str, Text], new: Mapping[str, Text], facts: Facts
) -> Iterator[tuple[str, Text | None, str, Text | None]]:
    """Yield the texts of an item in pairs, each with its key; what only one state has comes alone.

    Texts in a list are paired by their words first, so that one that was inserted shifts no other.
    """
    plain = [key for key in (*old, *new) if "[" not in key or key.startswith(VALUE)]
    relabeled = _pair_relabeled(old, new)
    for key in dict.fromkeys(plain):
        was = relabeled.get(key, key)
        if key in new or key not in relabeled.values():
            yield was, old.get(was), key, new.get(key)
    lists = [_split_list(each) for each in (old, new)]
    for name in dict.fromkeys((*lists[0], *lists[1])):
        yield from _align_rows(name, lists[0].get(name, {}), lists[1].get(name, {}), facts)


def _pair_relabeled(old: Mapping[str, Text], new: Mapping[str, Text]) -> dict[str, str]:
    """Return the old keys of a chart's values whose labels changed, in their order, where as many are left on both sides."""
    lost = [key for key in old if key.startswith(VALUE) and key not in new]
    found = [key for key in new if key.startswith(VALUE) and key not in old]
    return dict(zip(found, lost, strict=True)) if len(lost) == len(found) else {}


Rows = dict[int, dict[str, Text]]


def _split_list(texts: Mapping[str, Text]) -> dict[str, Rows]:
    """Return the texts that are in lists: by the list's key, the number in it and the rest of the key."""
    found: dict[str, Rows] = {}
    for key, text in texts.items():
        if not key.startswith(VALUE) and (match := re.match(r"([^\[]*)\[(\d+)\]\.?(.*)", key)):
            found.setdefault(match[1], {}).setdefault(int(match[2]), {})[match[3]] = text
    return found


def _align_rows(name: str, old: Rows, new: Rows, facts: Facts) -> Iterator[tuple[str, Text | None, str, Text | None]]:
    words = [
        {number: _weigh_row(row, facts, index == 1) for number, row in rows.items()}
        for index, rows in enumerate((old, new))
    ]
    partners: dict[int, int] = {}
    scores = sorted(
        ((measure_likeness(words[0][a], words[1][b]) + 0.04 * (a == b), -abs(a - b), a, b) for a in old for b in new),
        reverse=True,
    )
    for score, _, a, b in scores:
        if score >= SAME_LIST and b not in partners and a not in partners.values():
            partners[b] = a
    left = [a for a in old if a not in partners.values()]
    for b in new:
        if b not in partners and b in left and len(new) == len(old):
            partners[b] = b
    for b, row in new.items():
        other = old[partners[b]] if b in partners else {}
        for was, before, key, after in align_texts(other, row, facts):
            yield _join(f"{name}[{partners.get(b, b)}]", was), before, _join(f"{name}[{b}]", key), after
    for a, row in old.items():
        if a not in partners.values():
            for key, text in row.items():
                yield _join(f"{name}[{a}]", key), text, "", None


def _weigh_row(row: Mapping[str, Text], facts: Facts, is_new: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in row.values():
        found.update(weigh(split_tokens(text, facts, is_new)))
    return found


def _join(key: str, rest: str) -> str:
    return f"{key}.{rest}" if rest and not rest.startswith("[") else key + rest
