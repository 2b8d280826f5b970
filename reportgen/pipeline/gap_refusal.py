"""The refusal of a brief with gaps: no document is made while something is left to be written."""

from __future__ import annotations

from reportgen.brief.model import Brief
from reportgen.system.errors import BriefError, Diagnostic


def refuse_gaps(brief: Brief, hint: str = "write it, or print all gaps as they are with --draft") -> None:
    """Raise BriefError with the place of each gap, unless the brief was loaded as a draft."""
    if not brief.is_draft and (gaps := brief.gaps):
        raise BriefError([Diagnostic(gap.message, gap.where, hint) for gap in gaps])
