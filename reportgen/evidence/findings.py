"""Findings of a check, and the report that collects them."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from reportgen.input.edits import Edit
from reportgen.input.yamlfile import KeyPath
from reportgen.system.errors import Diagnostic, Location

Severity = Literal["error", "warning"]


class Fault(Struct, frozen=True):
    """A fault as a rule reports it. `words` are those at fault: a silence may name them."""

    message: str
    where: Location | None
    hint: str | None = None
    words: str = ""
    path: KeyPath = ()
    severity: Severity | None = None
    """None for the severity of the rule."""
    edits: tuple[Edit, ...] = ()
    """The changes of the brief that `check --fix` makes."""


class Finding(Struct, frozen=True):
    """A fault with the rule that found it."""

    rule: str
    severity: Severity
    message: str
    where: Location | None
    hint: str | None = None
    words: str = ""
    path: KeyPath = ()
    edits: tuple[Edit, ...] = ()

    @property
    def diagnostic(self) -> Diagnostic:
        return Diagnostic(f"{self.message} [{self.rule}]", self.where, self.hint, self.severity)

    def as_dict(self) -> dict[str, Any]:
        place = self.where
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "file": place.file if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "hint": self.hint,
        }


class Verified(Struct, frozen=True):
    """A quote that is in its source. `on` is the day of an earlier verification; None for this check."""

    quote: str
    paragraph: int
    on: str | None = None


class Silenced(Struct, frozen=True):
    """A finding that the brief accepts, with its reason."""

    finding: Finding
    reason: str


class Report(Struct, frozen=True):
    """The result of a check. `lock` is the new content of evidence.lock, None where the file may stay as it is."""

    findings: tuple[Finding, ...]
    verified: tuple[Verified, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    notes: tuple[str, ...] = ()
    lock: bytes | None = None
    cells: int = 0
    """The number of cells of data files that were read, or taken from the lock."""

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def passed(self) -> bool:
        return not self.errors

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `--format json` prints it."""
        return {
            "passed": self.passed,
            "findings": [finding.as_dict() for finding in self.findings],
            "silenced": [{**item.finding.as_dict(), "reason": item.reason} for item in self.silenced],
            "quotes": [
                {"quote": item.quote, "paragraph": item.paragraph, "verified": item.on or "now"}
                for item in self.verified
            ],
            "notes": list(self.notes),
        }

    def summary(self) -> str:
        """Return one line: the quotes that were verified, and the number of findings."""
        days = sorted({item.on for item in self.verified if item.on})
        found = sum(item.on is None for item in self.verified)
        locked = len(self.verified) - found
        parts = [f"{_count(found, 'quote')} found in their source"] if found else []
        parts += [f"{_count(locked, 'quote')} verified on {', '.join(days)}"] if locked else []
        parts += [f"{_count(self.cells, 'cell')} of data files compared"] if self.cells else []
        counts = {
            "error": self.errors,
            "warning": len(self.findings) - self.errors,
            "silenced finding": len(self.silenced),
        }
        parts += [_count(number, name) for name, number in counts.items() if number]
        return "; ".join(parts or ["nothing to verify"]) + ("; no findings" if parts and not self.findings else "")


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'s' * (number != 1)}"
