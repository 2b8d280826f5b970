"""Whether an edit that was made is listed: with its words, at a key that has them, on the line of its value."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reportgen.edits import Edit
from reportgen.edits.wording.tokens import list_keys
from tests.audit.key_places import KeyPlaces
from tests.edits.random_edits import RandomEdit


class _Place(Struct, frozen=True):
    key: str
    line: int | None
    column: int | None


def judge(places: KeyPlaces, made: RandomEdit, edits: Sequence[Edit]) -> str:
    """Return what is wrong with the edits that are listed for one that was made; "" where it is among them, in its place."""
    said = [edit for edit in edits if _says(made, edit)]
    if not said:
        return "not listed"
    if not any(_is_right(places, made, edit) for edit in said):
        return f"at {', '.join(f'{edit.path} {edit.where}' for edit in said)}"
    return ""


def _says(made: RandomEdit, edit: Edit) -> bool:
    """Say whether an edit has the words that were made, or those that were taken away."""
    if made.is_comment:
        return edit.kind == "comment" and list_keys(edit.after) == list_keys(made.new)
    if edit.kind == "comment":
        return False
    if edit.kind == "chart value":
        return not made.new or _number(edit.after) == _number(made.new) or edit.after == made.new
    old, new = (" ".join(keys) for keys in _trim(list_keys(made.alteration.old), list_keys(made.new)))
    before, after = (" ".join(list_keys(words)) for words in (edit.before, edit.after))
    return _is_within(old, before) and _is_within(new, after)


def _trim(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of an edit without those that both sides begin or end with."""
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


def _is_within(made: str, listed: str) -> bool:
    """Say whether words are those of an edit, or some of them: an edit has whole words, and no label of a template."""
    return (made in listed or listed in made) and bool(listed) >= bool(made)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _is_right(places: KeyPlaces, made: RandomEdit, edit: Edit) -> bool:
    where = edit.where
    place = _Place(edit.path, where.line, where.column) if edit.path and where else None
    return places.is_right(place, made.alteration)
