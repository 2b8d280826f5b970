"""Edits of copies that were built from an earlier state of the brief, carried over to the brief as it is now.

Copies come back one by one, and the brief changes in between. Compared with the brief as it is, a copy would seem to take back all
that was changed since it went out. So it is compared with the brief that it was built from, and each edit is looked up again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from reportgen.brief.traced_brief import list_texts
from reportgen.edits.edit_values import Edit
from reportgen.edits.line_pairs import measure_likeness
from reportgen.edits.wording.tokens import is_same_text
from reportgen.edits.wording.word_changes import TokenMap, find_differences
from reportgen.input.edits import Amend, Cut, Edit as YamlEdit, Replace, apply_cuts
from reportgen.input.model_validation import parse_path

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

ALIKE = 0.5
"""The least share of its words that a text keeps which is taken for the same one."""
CHANGED = "the brief says something else there since the copy went out: "


def rebase_edits(base: Brief, brief: Brief, edits: Sequence[Edit]) -> list[Edit]:
    """Return edits of copies of `base` as edits of `brief`, without those that it has already."""
    return [moved for edit in edits for moved in _rebase(base, brief, edit)]


def _rebase(base: Brief, brief: Brief, edit: Edit) -> Iterator[Edit]:
    path = _find_path(base, brief, edit.path) if edit.path else ""
    where = brief.where(*parse_path(path)) if path else None
    change = edit.change or edit.trial
    here = replace(edit, path=path or edit.path, where=where)
    if change is None:
        yield here
        return
    old, now = _look_up(base, edit.path), _look_up(brief, path) if path else None
    moved = _move(change, old, now, path) if path else None
    if moved is not None and isinstance(moved, Amend) and isinstance(now, str) and edit.old:
        here = replace(here, old=now, new=apply_cuts(now, moved.cuts))
    if moved is not None:
        yield replace(here, change=moved if edit.change else None, trial=moved if edit.trial else None)
    elif not _is_there(change, old, now):
        words = f"“{now}”" if now is not None else "it has no such text"
        yield replace(here, change=None, trial=None, question=f"{CHANGED}{words}")


def _find_path(base: Brief, brief: Brief, path: str) -> str:
    """Return the path of a text in the brief as it is: its own, or that of the same words elsewhere; "" where it is gone."""
    old, now = _look_up(base, path), _look_up(brief, path)
    if old == now or not isinstance(old, str) or (isinstance(now, str) and measure_likeness(old, now) >= ALIKE):
        return path if now is not None or not isinstance(old, str) else ""
    scored = [(measure_likeness(old, str(_look_up(brief, each) or "")), each) for each, _ in list_texts(brief)]
    score, best = max(scored, default=(0.0, ""))
    return best if score >= ALIKE else ""


def _move(change: YamlEdit, old: Any, now: Any, path: str) -> YamlEdit | None:
    """Return a change at its place in the brief as it is; None where the words that it replaces are others now."""
    if isinstance(change, Replace):
        return Replace(parse_path(path), change.value) if old == now else None
    if not isinstance(change, Amend) or not isinstance(old, str) or not isinstance(now, str):
        return None
    if old == now:
        return Amend(parse_path(path), change.cuts)
    tokens = TokenMap(old, now)
    cuts = []
    for cut in change.cuts:
        span = tokens.locate(cut.start, cut.end)
        if span is None or not is_same_text(old[cut.start : cut.end], now[slice(*span)]):
            return None
        if cut.start == cut.end and _has_words_at(now, span[0], cut.new):
            return None
        cuts.append(Cut(*span, cut.new))
    return Amend(parse_path(path), tuple(cuts))


def _has_words_at(text: str, at: int, words: str) -> bool:
    """Say whether words that an edit adds stand there already."""
    return bool(words.strip()) and is_same_text(text[at : at + len(words)], words)


def _is_there(change: YamlEdit, old: Any, now: Any) -> bool:
    """Say whether the brief as it is has a change already."""
    if isinstance(change, Replace):
        return bool(now == change.value)
    if not isinstance(change, Amend) or not isinstance(old, str) or not isinstance(now, str):
        return False
    wanted = find_differences(old, apply_cuts(old, change.cuts))
    return all(each in find_differences(old, now) for each in wanted)


def _look_up(brief: Brief, path: str) -> Any:
    value: Any = brief.document.data
    for part in parse_path(path):
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value
