"""The changes that `check --fix` makes: what findings know how to mend, written into the brief's own text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.brief.changing.brief_file import read_brief_file
from reportgen.evidence.findings import Report
from reportgen.input.edits import Edit, Insert, Remove
from reportgen.input.yaml_splice import Change
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import BriefError, Diagnostic

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

MAX_ROUNDS = 5  # a change can show another finding, such as a quote of a fact that is gone


class Fixed(Struct, frozen=True):
    """A brief after its changes, with what the check finds then. `data` is the new file, None where nothing changed."""

    brief: Brief
    report: Report
    changes: tuple[Change, ...] = ()
    data: bytes | None = None


def fix_brief(path: Path, check: Callable[[Brief], Report]) -> Fixed:
    """Make the changes that the findings of a brief know, until none is left. Nothing is written.

    Parameters
    ----------
    path
        The brief's file, which can be read as a brief.
    check
        The check of a brief.

    Raises
    ------
    BriefError
        When a place cannot be changed without touching anything else, or the brief would be invalid afterwards.
    """
    file = read_brief_file(path)
    changes: list[Change] = []
    brief = file.build()
    report = check(brief)
    for _ in range(MAX_ROUNDS):
        edits = list(_order_edits(report, brief.document))
        if not edits:
            break
        file, made = file.edit(edits)
        changes += made[::-1]
        try:
            brief = file.build()
            report = check(brief)
        except BriefError as error:
            raise _refuse(error, made) from None
    return Fixed(brief, report, tuple(changes), file.data if changes else None)


def _refuse(error: BriefError, changes: list[Change]) -> BriefError:
    first = error.diagnostics[0]
    made = "; ".join(change.what for change in changes[:3])
    message = f"nothing was changed: the brief would be invalid afterwards ({first.message})"
    return BriefError([Diagnostic(message, first.where, f"change it by hand: {made}")])


def _order_edits(report: Report, document: Document) -> Iterator[Edit]:
    """Yield the edits of all findings from the end of the file, each once, without those inside an entry that goes."""
    edits = dict.fromkeys(edit for finding in report.findings for edit in finding.edits)
    gone = {edit.path for edit in edits if isinstance(edit, Remove)}
    kept = [edit for edit in edits if not any(edit.path[:length] in gone for length in range(len(edit.path)))]
    kept = [edit for edit in kept if isinstance(edit, Remove) or edit.path not in gone]
    return iter(sorted(kept, key=lambda edit: _place(edit, document), reverse=True))


def _place(edit: Edit, document: Document) -> tuple[int, int, str]:
    path: KeyPath = (*edit.path, edit.after) if isinstance(edit, Insert) and edit.after else edit.path
    where = document.key_places.get(path) or document.where(path)
    return where.line or 0, where.column or 0, str(path)
