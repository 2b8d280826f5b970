"""Returned copies as edits of their brief: what colleagues changed in a deck or a Word memo, by key and line.

    report = read_edits(brief, [("deck.pptx", data)])
    for edit in report.edits: print(describe_edit(edit))
    new = apply_edits(brief, [edit for edit in report.edits if edit.is_clean])

The brief is compiled again to what the copy was before anybody edited it; the two are compared line by line, and each difference
is followed through the trace to the text of the brief that prints it. `decks/` and `memos/` read the files and pair their lines,
`line_edits.py` makes edits of them, `wording/` knows where printed words stand in the brief's markup, `rebasing.py` carries
them over to a brief that has changed since, `several_copies.py` joins the
edits of all copies, `verdicts.py` asks `check` about each, and `applying.py` writes those that were accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.edits.applying import apply_edits
from reportgen.edits.edit_text import describe_edit
from reportgen.edits.edit_values import Copy, Edit, EditReport, ReturnedFile
from reportgen.edits.rebasing import rebase_edits
from reportgen.edits.returned_file import read_returned
from reportgen.edits.several_copies import join_copies
from reportgen.edits.verdicts import judge_edits
from reportgen.system.limited_process import run_limited

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

__all__ = ["Copy", "Edit", "EditReport", "ReturnedFile", "apply_edits", "describe_edit", "read_edits"]

SECONDS = 30.0  # for compiling the brief again and comparing a long document


def read_edits(
    brief: Brief,
    files: Sequence[tuple[str, bytes]],
    sources: Mapping[str, Path] | None = None,
    theme: Path | None = None,
    *,
    base: Brief | None = None,
    fork: bool = False,
    on_file: Callable[[str], object] | None = None,
) -> EditReport:
    """Return the edits of returned copies, each judged by `check`. Nothing is written.

    Parameters
    ----------
    brief
        The brief as it is.
    files
        The name and the bytes of each copy.
    sources
        The files of the sources' texts by source id, as `check` takes them.
    theme
        The theme that a deck was built with, where it is not the brand's.
    base
        The brief that the copies were built from, where it has changed since.
    fork
        Whether copies are read in a forked process; see `run_limited`.
    on_file
        Receives the name of each copy before it is read.

    Raises
    ------
    FileError
        for a file that is neither a deck nor a Word document, has a password, is damaged, or cannot be read.
    """
    found: list[Edit] = []
    returned: list[ReturnedFile] = []
    read = partial(read_returned, theme=theme)
    sent = base or brief
    if sent.gaps:
        sent = sent.as_draft()  # no other document of it can be built
    for name, data in files:
        if on_file:
            on_file(name)
        file, edits = run_limited(read, sent, data, name, file=name, fork=fork, seconds=SECONDS)
        returned.append(file)
        found += edits
    found = rebase_edits(base, brief, found) if base else found
    edits = judge_edits(brief, join_copies(found), sources)
    return EditReport(brief.document.file, tuple(edits), tuple(returned))
