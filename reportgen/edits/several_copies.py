"""The edits of several copies together: what agrees is listed once, what contradicts knows its opposites."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from msgspec.structs import replace

from reportgen.edits.edit_values import Edit
from reportgen.edits.wording.tokens import list_keys
from reportgen.input.edits import Amend, Edit as YamlEdit


def join_copies(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits in the order of the brief, each once with all copies that have it, numbered, with its conflicts."""
    joined: dict[Hashable, Edit] = {}
    for edit in edits:
        key = _identify(edit)
        earlier = joined.get(key)
        joined[key] = replace(earlier, copies=(*earlier.copies, *edit.copies)) if earlier else edit
    ordered = sorted(joined.values(), key=_place)
    numbered = [replace(edit, number=number) for number, edit in enumerate(ordered, 1)]
    return [replace(edit, conflicts=_find_conflicts(edit, numbered)) for edit in numbered]


def _identify(edit: Edit) -> Hashable:
    """Return what two edits have in common when they are the same."""
    change = edit.change or edit.trial
    if edit.kind == "comment":
        return edit.kind, edit.path, edit.after, edit.copies[0].author, edit.copies[0].time
    if edit.change or (edit.trial and edit.old):
        return edit.path, edit.new if isinstance(change, Amend) else repr(change)
    return edit.kind, edit.path, list_keys(edit.before), list_keys(edit.after), edit.question.partition(":")[0]


def _place(edit: Edit) -> tuple[bool, int, int, int]:
    where, change = edit.where, edit.change or edit.trial
    start = change.cuts[0].start if isinstance(change, Amend) and change.cuts else 0
    return where is None, (where.line or 0) if where else 0, (where.column or 0) if where else 0, start


def _find_conflicts(edit: Edit, edits: Sequence[Edit]) -> tuple[int, ...]:
    own = _change_to_write(edit)
    return tuple(
        other.number for other in edits if other.number != edit.number and overlaps(own, _change_to_write(other))
    )


def _change_to_write(edit: Edit) -> YamlEdit | None:
    """Return what an edit would change; None for words that are only checked beside a text."""
    return edit.change or (edit.trial if edit.old else None)


def overlaps(one: YamlEdit | None, other: YamlEdit | None) -> bool:
    """Say whether two changes of the brief are about the same words."""
    if one is None or other is None or one.path != other.path:
        return False
    if not (isinstance(one, Amend) and isinstance(other, Amend)):
        return True
    return any(
        (left.start < right.end and right.start < left.end) or left.start == right.start
        for left in one.cuts
        for right in other.cuts
    )
