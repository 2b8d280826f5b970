"""Changes as lines of text: by what happened, each with its key and line in the brief, or its page or slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from reportgen.changes.change_values import ACTIONS, Changes, NumberChange, Side, Spot, TextChange, mark_pieces
from reportgen.changes.states.snapshot import Passage
from reportgen.changes.word_diff import shorten_pieces

LONGEST = 240  # letters of a text that is printed as it is
SPOTS = 8  # places of one number that are listed


def list_changes(changes: Changes) -> Iterator[str]:
    """Yield the lines that `reportgen changes` prints."""
    yield f"{_name(changes.old)} → {_name(changes.new)}: {changes.summarize()}"
    old, new = (PurePath(side.name).name for side in (changes.old, changes.new))
    if numbers := changes.changed_numbers:
        yield "numbers"
        for change in numbers:
            yield from _list_number(change, new)
    for action in ACTIONS:
        for index, text in enumerate(changes.with_action(action)):
            if index == 0:
                yield action
            yield from _list_text(text, old, new)
    for action, head in (("added", "facts added"), ("removed", "facts removed"), ("renamed", "facts under another id")):
        facts = [change for change in changes.numbers if change.action == action]
        if facts:
            yield head
        for fact in facts:
            was = f"{fact.old_fact} → " if fact.old_fact else ""
            places = (
                f" ({'; '.join(spot.place or spot.path for spot in fact.spots[:SPOTS])})" if action != "renamed" else ""
            )
            yield f"  {was}{fact.fact}: {fact.new or fact.old}{places}"


def _name(side: Side) -> str:
    version = f"version {side.version}, " if side.version else ""
    return f"{side.name} ({version}{side.date})" if side.date else side.name


def _list_number(change: NumberChange, name: str) -> Iterator[str]:
    known = f"{change.fact}: " if change.fact else ""
    renamed = f" (was {change.old_fact})" if change.old_fact else ""
    if change.old == change.new:
        yield f"  {known}{change.new}{renamed}: the same number, otherwise known"
    else:
        yield f"  {known}{change.old} → {change.new}{renamed}"
    yield from (f"    {key}: {old or 'none'} → {new or 'none'}" for key, old, new in change.parts)
    if change.around:
        yield f"    {_shorten(mark_pieces(shorten_pieces(change.around)))}"
    if change.old_evidence == change.new_evidence:
        yield from _list_evidence("source", change.new_evidence)
    else:
        yield from _list_evidence("was", change.old_evidence)
        yield from _list_evidence("is", change.new_evidence)
    if change.spots:
        more = f"; and {len(change.spots) - SPOTS} more" if len(change.spots) > SPOTS else ""
        yield f"    printed in {'; '.join(_place(spot, name) for spot in change.spots[:SPOTS])}{more}"


def _list_evidence(word: str, passages: Sequence[Passage]) -> Iterator[str]:
    yield from (f"    {word}: “{_shorten(passage.words)}” ({passage.place})" for passage in passages)


def _list_text(change: TextChange, old: str, new: str) -> Iterator[str]:
    place = _place(change.spot, new if change.new else old)
    if change.old and change.new and change.old.path != change.new.path:
        place += f" (was {change.old.place or change.old.path})"
    moved = ", moved" if change.is_moved else ""
    words = (
        mark_pieces(shorten_pieces(change.pieces))
        if change.action == "reworded"
        else "".join(each.words for each in change.pieces)
    )
    yield f"  {place}{moved}: {_shorten(words)}"
    if change.action in ("added", "removed"):
        yield from (f"    {key}: {_shorten(was or now)}" for key, was, now in change.parts)
    else:
        yield from (f"    {key}: {was or 'none'} → {now or 'none'}" for key, was, now in change.parts)


def _place(spot: Spot, name: str) -> str:
    """Return a place as diagnostics name it: the file and line with the key, or the page or slide."""
    if spot.place:
        return spot.place
    return f"{name}:{spot.line}: {spot.path}" if spot.line else spot.path


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
