"""The edits as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from reportgen.edits.edit_values import Edit

AROUND = 48  # characters shown on either side of a change
COPIES = 4  # places listed of an edit that stands in many


def describe_edit(edit: Edit) -> str:
    """Return an edit as some lines of text: place and kind, the copies, the words before and after, and what is to be said of it."""
    return "\n".join(_list_lines(edit))


def _list_lines(edit: Edit) -> Iterator[str]:
    place = f"{edit.where}: {edit.path}" if edit.where else "no key of the brief"
    yield f"[{edit.number}] {place}: {edit.kind}"
    shown = edit.copies if len(edit.copies) <= COPIES + 1 else edit.copies[:COPIES]
    yield from (f"    in {copy}" for copy in shown)
    if len(shown) < len(edit.copies):
        yield f"    in {len(edit.copies) - len(shown)} more places"
    if edit.kind == "comment":
        yield f"    “{edit.after}”"
    elif edit.kind == "move":
        yield f"    = {_shorten(edit.before)}"
    else:
        old, new = _cut_out(edit.old, edit.new)
        if old:
            yield f"    - {old}"
        if new:
            yield f"    + {new}"
    if edit.question:
        yield f"    by hand: {edit.question}"
    for finding in edit.findings:
        yield f"    check: {finding.severity}: {finding.message}"
        if finding.hint:
            yield f"           hint: {finding.hint}"
    if edit.conflicts:
        numbers = ", ".join(f"[{number}]" for number in edit.conflicts)
        yield f"    conflict: {numbers} changes the same words otherwise"


def _cut_out(old: str, new: str) -> tuple[str, str]:
    """Return the parts of two texts that differ, with some words around them, each in one line."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks() if old and new else []
    if len(blocks) < 2:
        return _shorten(old), _shorten(new)
    first = blocks[0].size if blocks[0].a == blocks[0].b == 0 else 0
    last = next((block.size for block in reversed(blocks[:-1]) if block.a + block.size == len(old) and block.b + block.size == len(new)), 0)  # fmt: skip
    low = max(0, first - AROUND)
    return tuple(_show(text, low, min(len(text), len(text) - last + AROUND)) for text in (old, new))  # type: ignore[return-value]


def _show(text: str, low: int, high: int) -> str:
    """Return a part of a text that begins and ends with whole words."""
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    words = " ".join(text[low:high].split())
    return ("… " if low else "") + words + (" …" if high < len(text) else "")


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 400 else f"{words[:200]} … {words[-200:]}"
