"""Finished files against their brief: each is read back and compared with what the brief compiles to.

report = audit(load_brief("brief.yaml"), Path("memo.pdf").read_bytes(), "memo.pdf")
for finding in report.findings: print(finding.diagnostic)
for difference in differences([report, report_of_the_deck]): print(difference)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen.audit.audit_report import AuditReport, Difference, Finding, ReportBuilder, Tolerance, differences
from reportgen.audit.brief_places import BriefPlaces
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.brief.model import Brief
    from reportgen.pdf.reading.pdf_reader import Pdf

__all__ = ["AuditReport", "Difference", "Finding", "Tolerance", "audit", "differences", "is_pdf"]


def audit(
    brief: Brief,
    data: bytes,
    name: str,
    pdf: Pdf | None = None,
    *,
    tolerate: Tolerance | None = None,
    theme: Path | None = None,
) -> AuditReport:
    """Compare every number, quotation and word of a finished memo (PDF, DOCX) or deck (PPTX) with the brief.

    `pdf` is the PDF as read back, where that was done already; `tolerate` makes warnings of some findings;
    `theme` is the deck's where it is not the brief's own. The file of a brief with gaps is compared as a draft. Raises FileError for a file that is none of these, or
    cannot be read.
    """
    if not data:
        raise FileError("the file is empty", Location(name), "build it again")
    if brief.gaps:
        brief = brief.as_draft()  # as no other document of it can be built
    report = _compare(brief, data, name, pdf, tolerate, theme)
    if not brief.is_draft and any(_says_draft(brief, finding) for finding in report.findings):
        other = _compare(draft := brief.as_draft(), data, name, pdf, tolerate, theme)
        if len(other.findings) < len(report.findings):
            brief, report = draft, other
    return replace(report, is_draft=brief.is_draft)


def _says_draft(brief: Brief, finding: Finding) -> bool:
    """Return whether a finding is of the word on each page of a draft."""
    from reportgen.text.languages import load_labels

    return load_labels(brief.language).draft in finding.message


def _compare(
    brief: Brief, data: bytes, name: str, pdf: Pdf | None, tolerate: Tolerance | None, theme: Path | None
) -> AuditReport:
    from reportgen.word.reading.word_package import ARCHIVES, is_word_file

    report = ReportBuilder(name, "warning" if tolerate == "words" else "error", BriefPlaces(brief))
    if is_pdf(data):
        from reportgen.audit.memos.memo_audit import audit_memo
        from reportgen.pdf.reading.pdf_reader import read_pdf

        return audit_memo(brief, pdf or read_pdf(data, name), report)
    if data.startswith(ARCHIVES) and is_word_file(data, name):
        from reportgen.audit.memos.word_audit import audit_word
        from reportgen.word.reading.word_reader import read_word_file

        return audit_word(brief, read_word_file(data, name), report)
    if data.startswith(ARCHIVES):
        from reportgen.audit.decks.deck_audit import audit_deck

        return audit_deck(brief, data, report, theme)
    raise FileError(
        "neither a PDF, a Word file nor a PowerPoint deck",
        Location(name),
        "name a finished memo (.pdf, .docx) or deck (.pptx)",
    )


def is_pdf(data: bytes) -> bool:
    """Return whether a file claims to be a PDF."""
    return b"%PDF-" in data[:1024]
