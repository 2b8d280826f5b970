"""The findings of the lint of a finished deck."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class LintFinding(Struct, frozen=True):
    """A fault of the file itself: the rule that it breaks, and its place. `slide` is 0 for the file as a whole."""

    rule: str
    severity: Severity
    message: str
    slide: int = 0
    shape: str = ""
    hint: str | None = None


class LintReport(Struct, frozen=True):
    """All findings in the order of the slides, and what no rule could judge."""

    findings: tuple[LintFinding, ...]
    unread: tuple[str, ...] = ()
