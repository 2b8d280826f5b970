"""reportgen: one structured summary of an article in, a PDF policy memo and a PowerPoint briefing deck out.

    brief = load_brief("brief.yaml")
    pdf, pptx = render_memo(brief), render_deck(brief)

Values in, bytes out: nothing here prints or writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.system.errors import ReportgenError
from reportgen.system.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.audit import AuditReport
    from reportgen.brief.model import Brief
    from reportgen.evidence import Report

__all__ = ["ReportgenError", "__version__", "audit_file", "check", "load_brief", "render_deck", "render_memo"]


def load_brief(path: str | Path) -> Brief:
    """Read and check a brief. Raises ReportgenError with every problem of the file."""
    from reportgen.brief.loader import load_brief

    return load_brief(path)


def render_memo(brief: Brief, *, profile: str | None = None, paper: str = "letter") -> bytes:
    """The policy memo as PDF. Raises ReportgenError."""
    from reportgen.pipeline.kinds import KINDS

    return KINDS["memo"].render(brief, profile=profile, paper=paper)


def render_deck(brief: Brief, *, theme: str | Path | None = None) -> bytes:
    """The briefing deck as PPTX, in a house's theme (.pptx, .potx or a map of one) where it is given. Raises ReportgenError."""
    from reportgen.pipeline.kinds import KINDS

    return KINDS["deck"].render(brief, theme=theme)


def check(brief: Brief, sources: Mapping[str, Path] | None = None) -> Report:
    """The brief against its sources' texts by id, those beside it, or the lock beside it. Raises ReportgenError."""
    from reportgen import evidence

    return evidence.check(brief, sources)


def audit_file(brief: Brief, data: bytes, name: str) -> AuditReport:
    """A finished memo (PDF) or deck (PPTX), read back, against its brief. Raises ReportgenError."""
    from reportgen.audit import audit

    return audit(brief, data, name)
