"""The changes between the parts that were cleared and those of today, by their hashes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

Kind = Literal["changed", "added", "removed", "moved"]
SECTION = re.compile(r"(topics\[(\d+)\])\.")
Groups = Mapping[str, Sequence[str]]


class PartChange(Struct, frozen=True):
    """A part that is not as it was cleared; `path` is its place of today, or of then where it is gone."""

    kind: Kind
    path: str


def compare_parts(old: Groups, new: Groups) -> tuple[PartChange, ...]:
    """Return the changes between two lists of hashes, in the order of the newer one; what is gone comes last."""
    pairs = _pair_sections(old, new)
    renamed = {f"topics[{there}]": f"topics[{here}]" for there, here in pairs.items()}
    moved_old = {_rename(name, renamed): hashes for name, hashes in old.items()}
    changes: list[PartChange] = []
    for name in dict.fromkeys([*new, *moved_old]):
        changes += _compare_lists(name, moved_old.get(name, ()), new.get(name, ()))
    order = [pairs[there] for there in sorted(pairs)]
    kept = _find_rise(order)
    changes += [PartChange("moved", f"topics[{here}]") for here in order if here not in kept]
    whole = {here for here in _list_sections(new) if here not in pairs.values()}
    gone = {there for there in _list_sections(old) if there not in pairs}
    changes = [change for change in changes if not _is_inside(change, whole, gone)]
    changes += [PartChange("added", f"topics[{here}]") for here in sorted(whole)]
    changes += [PartChange("removed", f"topics[{there}]") for there in sorted(gone)]
    return tuple(sorted(changes, key=lambda change: change.kind == "removed"))


def _rename(name: str, renamed: Mapping[str, str]) -> str:
    """Return the name that a list of a section has today; one of a section that is gone gets a name of its own."""
    if found := SECTION.match(name):
        return renamed.get(found[1], f"{found[1]}-") + name[len(found[1]) :]
    return name


def _is_inside(change: PartChange, whole: set[int], gone: set[int]) -> bool:
    """Say whether a change is part of a section that came or went as a whole."""
    found = re.match(r"topics\[(\d+)\](-?)", change.path)
    return bool(found and change.kind != "moved" and int(found[1]) in (gone if found[2] else whole))


def _list_sections(groups: Groups) -> dict[int, set[str]]:
    """Return the hashes in each of the topics by its number."""
    found: dict[int, set[str]] = {}
    for name, hashes in groups.items():
        if match := SECTION.match(name):
            found.setdefault(int(match[2]), set()).update(hashes)
    return found


def _pair_sections(old: Groups, new: Groups) -> dict[int, int]:
    """Return which topic of today is which of then: those that share most of their words, then those in the same place."""
    then, now = _list_sections(old), _list_sections(new)
    shared = sorted((-len(then[there] & now[here]), abs(there - here), there, here) for there in then for here in now)
    pairs: dict[int, int] = {}
    for count, distance, there, here in shared:
        if there not in pairs and here not in pairs.values() and (count or not distance):
            pairs[there] = here
    return pairs


def _compare_lists(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[PartChange]:
    """Yield the changes of one list; an entry that stands elsewhere in it has moved."""
    is_list = len(old) > 1 or len(new) > 1 or not _is_single(name)
    came: list[int] = []
    went: list[int] = []
    for tag, first, last, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(last - first, stop - start)
        for at in range(both):
            if old[first + at] in new or new[start + at] in old:
                came.append(start + at)
                went.append(first + at)
            else:
                yield PartChange("changed", f"{name}[{start + at}]" if is_list else name)
        came += range(start + both, stop)
        went += range(first + both, last)
    for at in sorted(came):
        kind: Kind = "moved" if any(old[there] == new[at] for there in went) else "added"
        yield PartChange(kind, f"{name}[{at}]" if is_list else name)
    for there in sorted(went):
        if not any(new[at] == old[there] for at in came):
            yield PartChange("removed", f"{name}[{there}]" if is_list else name)


def _is_single(name: str) -> bool:
    """Say whether a list is a text of its own: a title, the bottom line, an exhibit."""
    return name.endswith(".title") or name.startswith("exhibits.") or name in SINGLE


SINGLE = frozenset(("title", "subtitle", "subject", "bottom_line", "purpose", "objective"))


def _find_rise(order: Sequence[int]) -> set[int]:
    """Return the longest part of a sequence that is in order."""
    runs: list[list[int]] = [[]]
    for value in order:
        longest: list[int] = []
        for run in runs:
            if (not run or run[-1] < value) and len(run) >= len(longest):
                longest = run
        runs.append([*longest, value])
    best: list[int] = []
    for run in runs:
        best = run if len(run) > len(best) else best
    return set(best)
