"""Two snapshots compared: the numbers and the texts that changed, each told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from reportgen.changes.change_values import Changes, NumberChange, Piece, Side, Spot, TextChange
from reportgen.changes.pairing import (
    NAMED,
    Pair,
    Pairer,
    Pairing,
    align_texts,
    find_moved,
    is_same_passages,
    normalize_kind,
    pair_facts,
)
from reportgen.changes.snapshot import QUOTE, FactState, Item, Passage, Snapshot, Text
from reportgen.changes.word_diff import Facts, diff_texts, has_figure, join_changes, measure_likeness, split_tokens, weigh
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.system.errors import Diagnostic, Location

UNORDERED = frozenset({"to[]", "from[]", "cc[]", "clearance[]", "timeline[]", *NAMED})
"""Lists whose order says nothing: a timeline is in the order of its dates."""
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
        numbers = list(self._compare_facts())
        moved = self._find_moves(pairing)
        order = {item.path: float(index) for index, item in enumerate(self.new.items)}
        ranked: list[tuple[float, TextChange]] = []
        for pair in pairing.pairs:
            found = self._compare_items(pair, numbers, is_moved=pair.new.path in moved)
            ranked += [(order[pair.new.path], change) for change in found]
        gone = {item.path for item in pairing.removed}
        partners = {was: path for path, was in self.pairer.partners.items()}
        at = -0.5
        for item in self.old.items:  # what is gone is listed where it stood
            if item.path in gone:
                spot = _spot(item, "", None, self.old_items)
                ranked.append((at, TextChange("removed", item.kind, spot, None, pieces=(Piece("old", _title(item)),))))
            else:
                at = order[partners[item.path]] + 0.5
        for item in pairing.added:
            spot = _spot(item, "", None, self.new_items)
            ranked.append((order[item.path], TextChange("added", item.kind, None, spot, pieces=(Piece("new", _title(item)),))))
        ranked.sort(key=lambda each: each[0])
        texts = [change for _, change in ranked]
        return Changes(
            _describe(self.old), _describe(self.new), self.new.kind, self.new.language, tuple(_merge_numbers(numbers)),
            tuple(texts), tuple(self._warn(pairing)), tuple(dict.fromkeys((*self.new.marks, *self.old.marks))),
        )  # fmt: skip

    def _compare_facts(self) -> Iterator[NumberChange]:
        used = self._find_uses()
        for name, fact in self.new.facts.items():
            was = self.fact_partners.get(name)
            spots = tuple(used[True].get(name, ()))
            if was is None:
                if spots:
                    yield NumberChange("added", "", fact.words, spots, name, new_evidence=fact.evidence)
                continue
            before = self.old.facts[was]
            parts = tuple(_compare_parts(before.parts, fact.parts))
            is_reworded = before.words != fact.words
            is_renamed = was != name
            if is_reworded or parts or not is_same_passages(before.evidence, fact.evidence):
                action = "changed"
            elif is_renamed:
                action = "renamed"
            else:
                continue
            yield NumberChange(
                action, before.words, fact.words, spots or tuple(used[False].get(was, ())), name, was if is_renamed else "",
                before.evidence, fact.evidence, parts if not is_reworded else _without_value(parts),
            )  # fmt: skip
        kept = set(self.fact_partners.values())
        for name, fact in self.old.facts.items():
            if name not in kept and (spots := tuple(used[False].get(name, ()))):
                yield NumberChange("removed", fact.words, "", spots, name, old_evidence=fact.evidence)

    def _find_uses(self) -> dict[bool, dict[str, list[Spot]]]:
        """Return the places that print each fact, in the new state (True) and in the old one."""
        found: dict[bool, dict[str, list[Spot]]] = {True: defaultdict(list), False: defaultdict(list)}
        for is_new, snapshot in ((False, self.old), (True, self.new)):
            parents = self.new_items if is_new else self.old_items
            for item in snapshot.items:
                for key, text in item.texts.items():
                    for fact in dict.fromkeys(use.fact for use in text.facts):
                        found[is_new][fact].append(_spot(item, key, text, parents))
        return found

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
            elif not self.pairer.is_same_list(old, new):
                moved.add(new.path)
            else:
                lists[new.kind, new.parent].append(pair)
        for pairs in lists.values():
            positions = [(ranks[0][pair.old.path], ranks[1][pair.new.path]) for pair in pairs]
            moved.update(pairs[index].new.path for index in find_moved(positions))
        return moved

    def _compare_items(self, pair: Pair, numbers: list[NumberChange], *, is_moved: bool) -> Iterator[TextChange]:
        old, new = pair.old, pair.new
        was_at, is_at = _spot(old, "", None, self.old_items), _spot(new, "", None, self.new_items)
        found: list[TextChange] = []
        for was, before, key, after in align_texts(old.texts, new.texts, self.facts):
            change = self._compare_texts(pair, (was, before), (key, after), numbers)
            if change:
                found.append(change)
        parts = tuple(_compare_parts(old.traits, new.traits))
        if parts:
            pieces = (Piece("same", _title(new)),)
            found.append(TextChange("changed", new.kind, was_at, is_at, pieces=pieces, parts=parts))
        is_renamed = new.kind in NAMED and old.path != new.path
        if found:
            yield from (replace(change, is_moved=is_moved) for change in found)
        elif is_moved or is_renamed:
            pieces = (Piece("same", _title(new)),)
            yield TextChange("renamed" if is_renamed else "moved", new.kind, was_at, is_at, pieces=pieces)

    def _compare_texts(
        self, pair: Pair, old: tuple[str, Text | None], new: tuple[str, Text | None], numbers: list[NumberChange]
    ) -> TextChange | None:
        before, after = old[1], new[1]
        was = _spot(pair.old, old[0], before, self.old_items) if before else None
        now = _spot(pair.new, new[0], after, self.new_items) if after else None
        if before is None or after is None:
            if after:
                return TextChange("added", pair.new.kind, None, now, new[0], (Piece("new", after.words),))
            assert before
            return TextChange("removed", pair.new.kind, was, None, old[0], (Piece("old", before.words),))
        if before.words != after.words:
            left, right = split_tokens(before, self.facts, False), split_tokens(after, self.facts, True)
            if [token.key for token in left] != [token.key for token in right]:
                pieces = diff_texts(before, after, self.facts)
                if now and (found := self._as_numbers(before, after, pieces, now)):
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
                    "changed", _whole_number(old.words, left[first].start, left[last - 1].end),
                    _whole_number(new.words, right[start].start, right[stop - 1].end), (spot,),
                    old_evidence=self._passages(self.old, old), new_evidence=self._passages(self.new, new), around=pieces,
                )  # fmt: skip
            )
        return found

    def _passages(self, snapshot: Snapshot, text: Text) -> tuple[Passage, ...]:
        return tuple(snapshot.quotes[name] for name in text.quotes if name in snapshot.quotes)

    def _compare_references(self, old: Text, new: Text) -> Iterator[tuple[str, str, str]]:
        """Yield the evidence and the links of a text that changed, though its words did not."""
        before, after = self._passages(self.old, old), self._passages(self.new, new)
        if (old.quotes or new.quotes) and not is_same_passages(before, after):
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
        alike = sum(1 for pair in pairing.pairs if pair.new.kind not in ("to[]", "from[]", "organization") and self._is_alike(pair))
        return alike < KINSHIP * min(len(self.old.items), len(self.new.items))

    def _is_alike(self, pair: Pair) -> bool:
        left, right = (
            weigh([token for text in item.texts.values() for token in split_tokens(text, self.facts, is_new)])
            for item, is_new in ((pair.old, False), (pair.new, True))
        )
        return measure_likeness(left, right) >= 0.5


def _merge_numbers(numbers: Iterable[NumberChange]) -> Iterator[NumberChange]:
    """Yield each change of a number once, with all the places that print it."""
    merged: dict[tuple[str, ...], NumberChange] = {}
    for change in numbers:
        key = (change.fact, change.old, change.new, change.action)
        if (before := merged.get(key)) is None:
            merged[key] = change
        else:
            evidence = [tuple(dict.fromkeys((*a, *b))) for a, b in ((before.old_evidence, change.old_evidence), (before.new_evidence, change.new_evidence))]
            merged[key] = replace(before, spots=(*before.spots, *change.spots), old_evidence=evidence[0], new_evidence=evidence[1])
    return iter(merged.values())


def _describe(snapshot: Snapshot) -> Side:
    return Side(snapshot.name, snapshot.title, snapshot.date, snapshot.version)


def _compare_parts(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for key in dict.fromkeys((*old, *new)):
        if old.get(key, "") != new.get(key, ""):
            yield key, old.get(key, ""), new.get(key, "")


def _without_value(parts: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """Return the parts of a number that its words do not show."""
    return tuple(part for part in parts if part[0] in ("status", "attributed_to", "condition", "base", "as_of"))


def _list_passages(passages: Iterable[Passage]) -> str:
    return "; ".join(f"“{passage.words}” ({passage.place})" for passage in passages)


def _title(item: Item) -> str:
    """Return the words by which an item is known: its title, else all its words."""
    title = item.texts.get("title") or item.texts.get("question")
    if item.kind == QUOTE:
        return item.texts["text"].words if "text" in item.texts else item.words
    if item.kind == "sources.*":
        return ", ".join(item.texts[key].words for key in ("author", "title") if key in item.texts)
    return title.words if title else item.words


def _spot(item: Item, key: str, text: Text | None, parents: Mapping[str, Item]) -> Spot:
    path = f"{item.path}.{key}" if key and not key.startswith("[") else f"{item.path}{key}"
    parent = parents.get(item.parent)
    section = _title(parent) if parent else ""
    number = int(item.path.rpartition("[")[2].rstrip("]")) + 1 if item.path.endswith("]") else 0
    return Spot(path, (text.line if text else None) or item.line, item.place, section, number)


def _whole_number(words: str, start: int, end: int) -> str:
    """Return a number with its unit and bound, of which some words changed."""
    touching = [mention for mention in find_mentions(words) if mention.first < end and start < max(mention.end, mention.stop)]
    if not touching:
        return words[start:end]
    first = min(start, *(mention.first for mention in touching))
    last = max(end, *(max(mention.end, mention.stop) for mention in touching))
    return words[first:last].strip(" ,;")
