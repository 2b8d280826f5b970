"""Write edits into the brief: at their own places, with every other byte as it is."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.brief.loader import build_brief
from reportgen.edits.edit_values import Edit
from reportgen.edits.verdicts import join_changes
from reportgen.input.yaml_splice import splice
from reportgen.input.yamlfile import MAX_BYTES, parse_yaml
from reportgen.system.errors import BriefError, Diagnostic, Location, UsageError
from reportgen.system.files import read_file

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
    path = Path(brief.document.file)
    raw = read_file(path, MAX_BYTES, str(path))
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    text = raw[len(mark) :].decode()
    if text.replace("\r\n", "\n") != brief.document.text:
        message = "the brief has changed since the edits were read: nothing was written"
        raise BriefError(message, Location(str(path)), "run the command again")
    changes = join_changes([edit.change for edit in edits if edit.change])
    new, _ = splice(text, str(path), changes)
    try:
        build_brief(parse_yaml(new.replace("\r\n", "\n"), str(path)))
    except BriefError as error:
        first = error.diagnostics[0]
        message = f"nothing was written: the brief would be invalid afterwards ({first.message})"
        raise BriefError([Diagnostic(message, first.where, "apply fewer edits, or change it by hand")]) from None
    return mark + new.encode()
