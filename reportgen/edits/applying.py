"""Write edits into the brief: at their own places, with every other byte as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.brief.changing.brief_file import edit_brief
from reportgen.edits.edit_values import Edit
from reportgen.edits.verdicts import join_changes
from reportgen.system.errors import UsageError

if TYPE_CHECKING:
    from reportgen.brief.model import Brief


def apply_edits(brief: Brief, edits: Sequence[Edit]) -> bytes:
    """Return the brief's file with some edits made.

    Parameters
    ----------
    brief
        The brief that the edits were read for.
    edits
        Edits that can be written, of which no two contradict.

    Raises
    ------
    UsageError
        for an edit that cannot be written, or that contradicts another one.
    BriefError
        when the file has changed since the brief was read, when the place of an edit cannot be changed without touching anything
        else, or when the brief would be invalid afterwards.
    """
    numbers = {edit.number for edit in edits}
    for edit in edits:
        if edit.change is None:
            reason = edit.question or "it is a comment"
            raise UsageError(f"edit {edit.number} cannot be applied: {reason}", edit.where, "change the brief by hand")
        if other := next((number for number in edit.conflicts if number in numbers), None):
            raise UsageError(f"edits {edit.number} and {other} change the same words", edit.where, "choose one of them")
    changes = join_changes([edit.change for edit in edits if edit.change])
    return edit_brief(brief, changes, "the edits were read", "apply fewer edits, or change it by hand")
