"""The numbers that changed: facts of both states, and numbers that texts state themselves, each told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from reportgen.changes.change_values import Action, NumberChange, Spot, compare_parts
from reportgen.changes.item_places import find_spot
from reportgen.changes.states.snapshot import Passage, Snapshot
from reportgen.evidence.number_grammar.number_mentions import find_mentions

SHOWN = frozenset({"value", "low", "high", "margin", "unit", "bound", "interval"})
"""The parts of a number that its words show."""


def compare_facts(old: Snapshot, new: Snapshot, partners: Mapping[str, str]) -> Iterator[NumberChange]:
    """Yield the facts that changed, were added, went or have another id.

    Parameters
    ----------
    old, new
        The two states.
    partners
        The old id of each fact that both have.
    """
    before, after = _find_uses(old), _find_uses(new)
    for name, fact in new.facts.items():
        was = partners.get(name)
        spots = tuple(after.get(name, ()))
        if was is None:
            if spots:
                yield NumberChange("added", "", fact.words, spots, name, new_evidence=fact.evidence)
            continue
        known = old.facts[was]
        parts = tuple(compare_parts(known.parts, fact.parts))
        is_reworded = known.words != fact.words
        has_other_quotes = set(known.quotes) != set(fact.quotes) and not is_same_evidence(known.evidence, fact.evidence)
        is_changed = is_reworded or parts or has_other_quotes
        if not is_changed and was == name:
            continue
        action: Action = "changed" if is_changed else "renamed"
        yield NumberChange(
            action, known.words, fact.words, spots or tuple(before.get(was, ())), name, was if was != name else "",
            known.evidence, fact.evidence, tuple(part for part in parts if not (is_reworded and part[0] in SHOWN)),
        )  # fmt: skip
    kept = set(partners.values())
    for name, fact in old.facts.items():
        if name not in kept and (spots := tuple(before.get(name, ()))):
            yield NumberChange("removed", fact.words, "", spots, name, old_evidence=fact.evidence)


def _find_uses(snapshot: Snapshot) -> Mapping[str, list[Spot]]:
    """Return the places that print each fact."""
    found: dict[str, list[Spot]] = defaultdict(list)
    items = {item.path: item for item in snapshot.items}
    for item in snapshot.items:
        for key, text in item.texts.items():
            for fact in dict.fromkeys(use.fact for use in text.facts):
                found[fact].append(find_spot(item, key, text, items))
    return found


def is_same_evidence(old: Iterable[Passage], new: Iterable[Passage]) -> bool:
    """Say whether two numbers rest on the same words."""
    return {passage.words for passage in old} == {passage.words for passage in new}


def merge_numbers(numbers: Iterable[NumberChange]) -> Iterator[NumberChange]:
    """Yield each change of a number once, with all the places that print it: 8.2 percent and 8.2% are one number."""
    merged: dict[Hashable, NumberChange] = {}
    for change in numbers:
        key = (change.action, _read_value(change.old), _read_value(change.new))
        same = merged.get(key)
        if same is None or change.fact:
            merged[key if same is None else (key, change.fact)] = change
            continue
        spots = tuple(dict.fromkeys((*same.spots, *change.spots)))
        if same.fact:
            merged[key] = replace(same, spots=spots)
        else:
            old = tuple(dict.fromkeys((*same.old_evidence, *change.old_evidence)))
            new = tuple(dict.fromkeys((*same.new_evidence, *change.new_evidence)))
            merged[key] = replace(same, spots=spots, old_evidence=old, new_evidence=new)
    return iter(merged.values())


def _read_value(words: str) -> Hashable:
    """Return a number by which its forms are recognized: its value and unit, else its words."""
    mentions = [mention for mention in find_mentions(words) if not mention.is_silent]
    if len(mentions) != 1 or mentions[0].value is None:
        return words
    value = mentions[0].value
    return (getattr(value, "iso", value), mentions[0].high, mentions[0].kind, frozenset(mentions[0].bounds))


def complete_number(words: str, start: int, end: int) -> str:
    """Return a number with its unit and bound, of which the words from `start` to `end` changed."""
    touching = [
        mention
        for mention in find_mentions(words)
        if mention.first < end and start < max(mention.end, mention.stop) and not mention.is_silent
    ]
    first = min([start, *(mention.first for mention in touching)])
    last = max([end, *(max(mention.end, mention.stop) for mention in touching)])
    return words[first:last].strip(" ,;")
