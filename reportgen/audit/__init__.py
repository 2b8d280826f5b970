"""Finished files against their brief: each is read back and held against what the brief compiles to.

report = audit(load_brief("brief.yaml"), Path("memo.pdf").read_bytes(), "memo.pdf")
for finding in report.findings: print(finding.diagnostic)
for difference in differences([report, of_the_deck]): print(difference)
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportgen.audit.audit_report import AuditReport, Difference, Finding, differences
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.brief.model import Brief
    from reportgen.pdf.workshop import Workshop

__all__ = ["AuditReport", "Difference", "Finding", "audit", "differences"]


def audit(brief: Brief, data: bytes, name: str) -> AuditReport:
    """Every number, quotation and word of a finished memo (PDF) or deck (PPTX) against the brief.

    `name` is the file's, for the report. FileError for a file that is neither, or cannot be read.
    """
    return begun(brief, data, name)()


def begun(brief: Brief, data: bytes, name: str, workshop: Workshop | None = None) -> Callable[[], AuditReport]:
    """What finishes an audit; a PDF is read by a process of the `workshop` meanwhile, where it has one."""
    if not data:
        raise FileError("the file is empty", Location(name), "make it again")
    if b"%PDF-" in data[:1024]:
        from reportgen.audit.memos.memo_audit import audit_memo
        from reportgen.pdf.workshop import Workshop

        reading = (workshop or Workshop()).reading(data, name)
        return lambda: audit_memo(brief, reading(str), name)
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        from reportgen.audit.decks.deck_audit import audit_deck

        return partial(audit_deck, brief, data, name)
    raise FileError(
        "neither a PDF nor a PowerPoint deck", Location(name), "name a finished memo (.pdf) or deck (.pptx)"
    )
