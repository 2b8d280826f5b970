"""What a check finds, and the report of all of it."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from reportgen.input.yamlfile import KeyPath
from reportgen.system.errors import Diagnostic, Location

Severity = Literal["error", "warning"]


class Finding(Struct, frozen=True):
    """Something that the evidence does not carry. `words` are those at fault: a silence may name them."""

    rule: str
    severity: Severity
    message: str
    where: Location | None
    hint: str | None = None
    words: str = ""
    path: KeyPath = ()

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
    """A quote that stands in its source. `on` is the day on which that was seen; None for just now."""

    quote: str
    paragraph: int
    on: str | None = None


class Silenced(Struct, frozen=True):
    """A finding that the brief accepts, with its reason."""

    finding: Finding
    reason: str


class Report(Struct, frozen=True):
    """Everything that `check` has to say. `lock` is what to write into evidence.lock, where that has changed."""

    findings: tuple[Finding, ...]
    verified: tuple[Verified, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    notes: tuple[str, ...] = ()
    lock: bytes | None = None

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def passed(self) -> bool:
        return not self.errors

    def as_dict(self) -> dict[str, Any]:
        """For `--format json`."""
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
        """One line: what was verified, against what, and what was found."""
        ago = sorted({item.on for item in self.verified if item.on})
        now = sum(item.on is None for item in self.verified)
        said = []
        if now:
            said.append(f"{now} quote{'s' * (now != 1)} found in their source")
        if ago:
            said.append(
                f"{len(self.verified) - now} quote{'s' * (len(self.verified) - now != 1)} verified on {', '.join(ago)}"
            )
        counts = [
            (self.errors, "error"),
            (len(self.findings) - self.errors, "warning"),
            (len(self.silenced), "silenced finding"),
        ]
        said += [f"{count} {name}{'s' * (count != 1)}" for count, name in counts if count]
        return "; ".join(said or ["nothing to verify"]) + ("" if self.findings else "; no findings" if said else "")
