"""Finished files against their brief: each is read back and held against what the brief compiles to.

report = audit(load_brief("brief.yaml"), Path("memo.pdf").read_bytes(), "memo.pdf")
for finding in report.findings: print(finding.diagnostic)
for difference in differences([report, of_the_deck]): print(difference)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.audit.report import AuditReport, Difference, Finding, differences
from reportgen.errors import FileError, Location

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

__all__ = ["AuditReport", "Difference", "Finding", "audit", "differences"]


def audit(brief: Brief, data: bytes, name: str) -> AuditReport:
    """Every number, quotation and word of a finished memo (PDF) or deck (PPTX) against the brief.

    `name` is the file's, for the report. FileError for a file that is neither, or cannot be read.
    """
    if not data:
        raise FileError("the file is empty", Location(name), "make it again")
    if b"%PDF-" in data[:1024]:
        from reportgen.audit.memo import audit_memo

        return audit_memo(brief, data, name)
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        from reportgen.audit.deck import audit_deck

        return audit_deck(brief, data, name)
    raise FileError(
        "neither a PDF nor a PowerPoint deck", Location(name), "name a finished memo (.pdf) or deck (.pptx)"
    )
