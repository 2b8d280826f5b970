"""Two snapshots compared: the numbers and the texts that changed, each told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec.structs import replace

from reportgen.brief.marks import Marks
from reportgen.changes.change_values import Changes, NumberChange, Piece, Side, Spot, TextChange, compare_parts
from reportgen.changes.item_places import find_spot, list_details, name_item
from reportgen.changes.number_changes import compare_facts, complete_number, merge_numbers
from reportgen.changes.pairing import (
    NAMED,
    Pair,
    Pairer,
    Pairing,
    align_texts,
    find_moved,
    normalize_kind,
    pair_facts,
    says_much,
)
from reportgen.changes.states.snapshot import QUOTE, Item, Passage, Snapshot, Text
from reportgen.changes.word_diff import (
    Facts,
    diff_texts,
    has_figure,
    join_changes,
    measure_likeness,
    split_tokens,
    weigh,
)
from reportgen.system.errors import Diagnostic, Location

UNORDERED = frozenset({"to[]", "from[]", "cc[]", "through[]", "reference[]", "clearance[]", "timeline[]", *NAMED})
"""Lists whose order says nothing: a timeline is in the order of its dates."""
REFERENCES = ("sources.*", QUOTE)
"""Kinds that come last: a reader looks for the argument first."""
KINSHIP = 0.2
"""The share of its texts that a brief keeps at least, to be the same work."""
LONGEST_NUMBER = 6  # words of a number with its unit and bound
_KIND_NAMES = {"brief": "briefs", "memo": "memos", "deck": "decks"}


def compare_snapshots(old: Snapshot, new: Snapshot) -> Changes:
    """Return everything that changed from one state to the other.

    A fact whose value changed is one change with the places that print it; the texts around it are not reworded. Warnings
    say where the states are two different works, or the old one is dated later.
    """
    return _Comparison(old, new).compare()


class _Comparison:
    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self.old, self.new = old, new
        self.fact_partners = pair_facts(old.facts, new.facts)
        changed = {
            name: was for name, was in self.fact_partners.items() if old.facts[was].words != new.facts[name].words
        }
        self.facts = Facts(frozenset(changed.values()), changed)
        self.pairer = Pairer(old, new, self.facts)
        self.old_items = {item.path: item for item in old.items}
        self.new_items = {item.path: item for item in new.items}

    def compare(self) -> Changes:
        pairing = self.pairer.pair()
        numbers = list(compare_facts(self.old, self.new, self.fact_partners))
        moved = self._find_moves(pairing)
        order = {item.path: float(index) for index, item in enumerate(self.new.items)}
        ranked: list[tuple[float, TextChange]] = []
        for pair in pairing.pairs:
            found = self._compare_items(pair, numbers, is_moved=pair.new.path in moved)
            ranked += [(order[pair.new.path], change) for change in found]
        ranked += self._list_unpaired(pairing, order)
        ranked.sort(key=lambda each: (each[1].kind in REFERENCES, each[0]))
        texts = [change for _, change in ranked]
        return Changes(
            _describe(self.old), _describe(self.new), self.new.kind, self.new.language, tuple(merge_numbers(numbers)),
            tuple(texts), tuple(self._warn(pairing)), self._join_marks(),
        )  # fmt: skip

    def _join_marks(self) -> Marks:
        lines = tuple(dict.fromkeys((*self.new.marks.lines, *self.old.marks.lines)))
        return replace(self.new.marks, lines=lines)

    def _list_unpaired(self, pairing: Pairing, order: Mapping[str, float]) -> Iterator[tuple[float, TextChange]]:
        """Yield what only one state has, with its place in the new order; what is gone comes where it stood.

        Quotes are left out: they are the evidence of what else was added or removed.
        """
        gone = {item.path for item in pairing.removed}
        partners = {was: path for path, was in self.pairer.partners.items()}
        at = -0.5
        for item in self.old.items:
            if item.path not in gone:
                at = order[partners[item.path]] + 0.5
            elif item.kind != QUOTE:
                spot = find_spot(item, "", None, self.old_items)
                parts = tuple((key, words, "") for key, words in list_details(item))
                yield (
                    at,
                    TextChange("removed", item.kind, spot, None, pieces=(Piece("old", name_item(item)),), parts=parts),
                )
        for item in pairing.added:
            if item.kind != QUOTE:
                spot = find_spot(item, "", None, self.new_items)
                pieces = (Piece("new", name_item(item)),)
                parts = tuple((key, "", words) for key, words in list_details(item))
                yield order[item.path], TextChange("added", item.kind, None, spot, pieces=pieces, parts=parts)

    def _find_moves(self, pairing: Pairing) -> set[str]:
        """Return the new paths of items that stand elsewhere: under another heading, or at another place of their list."""
        moved: set[str] = set()
        lists: dict[tuple[str, str], list[Pair]] = defaultdict(list)
        ranks = [{item.path: index for index, item in enumerate(side.items)} for side in (self.old, self.new)]
        for pair in pairing.pairs:
            old, new = pair.old, pair.new
            kind = normalize_kind(new.kind)
            if kind == "exhibits.*":
                if old.parent and new.parent and self.pairer.partners.get(new.parent) != old.parent:
                    moved.add(new.path)
            elif kind in UNORDERED or "[" not in new.path:
                continue
            elif self.pairer.is_running:
                if says_much(new):  # a kicker stands where its heading does
                    lists["", ""].append(pair)
            elif not self.pairer.is_same_list(old, new):
                moved.add(new.path)
            else:
                lists[new.kind, new.parent].append(pair)
        for pairs in lists.values():
            positions = [(ranks[0][pair.old.path], ranks[1][pair.new.path]) for pair in pairs]
            moved.update(pairs[index].new.path for index in find_moved(positions))
        return moved - {pair.new.path for pair in pairing.pairs if self._moved_along(pair.new, moved)}

    def _moved_along(self, item: Item, moved: Set[str]) -> bool:
        """Say whether an item is where it was in a section that moved, or in one that moved along."""
        old = self.old_items[self.pairer.partners[item.path]]
        if not item.parent or self.pairer.partners.get(item.parent) != old.parent:
            return False
        return item.parent in moved or self._moved_along(self.new_items[item.parent], moved)

    def _compare_items(self, pair: Pair, numbers: list[NumberChange], *, is_moved: bool) -> Iterator[TextChange]:
        old, new = pair.old, pair.new
        was_at, is_at = find_spot(old, "", None, self.old_items), find_spot(new, "", None, self.new_items)
        found: list[TextChange] = []
        for was, before, key, after in align_texts(old.texts, new.texts, self.facts):
            change = self._compare_texts(pair, (was, before), (key, after), numbers)
            if change:
                found.append(change)
        parts = tuple(compare_parts(old.traits, new.traits))
        if parts:
            pieces = (Piece("same", name_item(new)),)
            found.append(TextChange("changed", new.kind, was_at, is_at, pieces=pieces, parts=parts))
        is_renamed = new.kind in NAMED and old.path != new.path
        if found:
            yield from (replace(change, is_moved=is_moved) for change in found)
        elif is_moved or is_renamed:
            pieces = (Piece("same", name_item(new)),)
            yield TextChange("renamed" if is_renamed else "moved", new.kind, was_at, is_at, pieces=pieces)

    def _compare_texts(
        self, pair: Pair, old: tuple[str, Text | None], new: tuple[str, Text | None], numbers: list[NumberChange]
    ) -> TextChange | None:
        before, after = old[1], new[1]
        was = find_spot(pair.old, old[0], before, self.old_items) if before else None
        now = find_spot(pair.new, new[0], after, self.new_items) if after else None
        if before is None or after is None:
            if after:
                return TextChange("added", pair.new.kind, None, now, new[0], (Piece("new", after.words),))
            assert before
            return TextChange("removed", pair.new.kind, was, None, old[0], (Piece("old", before.words),))
        if before.words != after.words:
            left, right = split_tokens(before, self.facts, False), split_tokens(after, self.facts, True)
            if [token.key for token in left] != [token.key for token in right]:
                pieces = diff_texts(before, after, self.facts)
                if pair.new.kind == QUOTE and _is_evidence(before, numbers):
                    return None
                if now and pair.new.kind != QUOTE and (found := self._as_numbers(before, after, pieces, now)):
                    numbers += found
                    return None
                return TextChange("reworded", pair.new.kind, was, now, new[0], pieces)
        parts = tuple(self._compare_references(before, after))
        if parts:
            return TextChange("changed", pair.new.kind, was, now, new[0], (Piece("same", after.words),), parts=parts)
        return None

    def _as_numbers(self, old: Text, new: Text, pieces: tuple[Piece, ...], spot: Spot) -> list[NumberChange]:
        """Return the numbers that changed in a text, if nothing else did."""
        left, right = split_tokens(old, self.facts, False), split_tokens(new, self.facts, True)
        found = []
        for first, last, start, stop in join_changes(left, right):
            if first == last or start == stop or max(last - first, stop - start) > LONGEST_NUMBER:
                return []
            was = old.words[left[first].start : left[last - 1].end]
            now = new.words[right[start].start : right[stop - 1].end]
            if not has_figure(was) or not has_figure(now):
                return []
            found.append(
                NumberChange(
                    "changed",
                    complete_number(old.words, left[first].start, left[last - 1].end),
                    complete_number(new.words, right[start].start, right[stop - 1].end),
                    (spot,),
                    old_evidence=self._passages(self.old, old),
                    new_evidence=self._passages(self.new, new),
                    around=pieces,
                )
            )
        return found

    def _passages(self, snapshot: Snapshot, text: Text) -> tuple[Passage, ...]:
        return tuple(snapshot.quotes[name] for name in text.quotes if name in snapshot.quotes)

    def _compare_references(self, old: Text, new: Text) -> Iterator[tuple[str, str, str]]:
        """Yield the evidence and the links of a text that changed, though its words did not."""
        paths = (f"quotes.{quote}" for quote in new.quotes)
        if {self.pairer.partners.get(path, path) for path in paths} != {f"quotes.{quote}" for quote in old.quotes}:
            before, after = self._passages(self.old, old), self._passages(self.new, new)
            yield "evidence", _list_passages(before), _list_passages(after)
        if old.links != new.links:
            yield "link", ", ".join(old.links), ", ".join(new.links)

    def _warn(self, pairing: Pairing) -> Iterator[Diagnostic]:
        old, new = self.old, self.new
        if self._are_strangers(pairing):
            what = _KIND_NAMES.get(new.kind, "documents")
            message = f"these are two different {what}: “{old.title or old.name}” and “{new.title or new.name}”"
            yield Diagnostic(message, Location(new.name), "name two states of the same work", "warning")
        elif old.date and new.date and old.date > new.date:
            message = f"OLD is dated {old.date}, after NEW ({new.date})"
            yield Diagnostic(message, Location(old.name), "name the older one first", "warning")
        elif old.version and new.version and old.version > new.version:
            message = f"OLD is version {old.version}, after NEW (version {new.version})"
            yield Diagnostic(message, Location(old.name), "name the older one first", "warning")

    def _are_strangers(self, pairing: Pairing) -> bool:
        """Say whether two states have next to nothing in common: another name, and other words."""
        if self.old.slug and self.old.slug == self.new.slug:
            return False
        alike = sum(
            1
            for pair in pairing.pairs
            if pair.new.kind not in ("to[]", "from[]", "organization") and self._is_alike(pair)
        )
        return alike < KINSHIP * min(len(self.old.items), len(self.new.items))

    def _is_alike(self, pair: Pair) -> bool:
        left, right = (
            weigh([token for text in item.texts.values() for token in split_tokens(text, self.facts, is_new)])
            for item, is_new in ((pair.old, False), (pair.new, True))
        )
        return measure_likeness(left, right) >= 0.5


def _describe(snapshot: Snapshot) -> Side:
    organization = next((item.words for item in snapshot.items if item.path == "organization"), "")
    return Side(snapshot.name, snapshot.title, snapshot.date, snapshot.version, organization)


def _list_passages(passages: Iterable[Passage]) -> str:
    return "; ".join(f"“{passage.words}” ({passage.place})" for passage in passages)


def _is_evidence(quote: Text, numbers: Iterable[NumberChange]) -> bool:
    """Say whether the words of a quote are shown with a number that changed."""
    return any(
        quote.words == passage.words
        for change in numbers
        if change.action == "changed"
        for passage in change.old_evidence
    )
