"""What an audit says: findings, every number with its origin, what could not be read, and the facts as they print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct, field

from reportgen.system.errors import Diagnostic, Location

Kind = Literal[
    "number",
    "unit",
    "quantifier",
    "qualifier",
    "quotation",
    "text",
    "missing",
    "added",
    "disagreement",
    "order",
    "lint",
]
Origin = Literal["fact", "quote", "brief", "structural", "unknown"]
Severity = Literal["error", "warning"]


class Place(Struct, frozen=True):
    """Where in a file: a page or a slide, and there a shape, a cell, the notes."""

    page: int | None = None
    slide: int | None = None
    shape: str = ""

    def __str__(self) -> str:
        number = f"page {self.page}" if self.page else f"slide {self.slide}" if self.slide else ""
        return ", ".join(part for part in (number, self.shape) if part) or "the file"


class Finding(Struct, frozen=True):
    """A difference between a file and what its brief compiles to, or a fault of the file itself (`lint`).

    `around` are the file's words at that place; `rule` is the one of docs/rules.md that a fault breaks.
    """

    file: str
    kind: Kind
    severity: Severity
    message: str
    place: Place
    before: str = ""
    after: str = ""
    around: str = ""
    rule: str = ""
    hint: str = ""

    @property
    def diagnostic(self) -> Diagnostic:
        around = f" in “{self.around}”" if self.around else ""
        return Diagnostic(
            f"{self.message}{around} [{self.rule or self.kind}]",
            Location(f"{self.file}, {self.place}"),
            self.hint or None,
            self.severity,
        )

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "severity": self.severity, "message": self.message, "file": self.file, "page": self.place.page,
            "slide": self.place.slide, "shape": self.place.shape, "before": self.before, "after": self.after, "around": self.around,
            "rule": self.rule, "hint": self.hint,
        }  # fmt: skip


class Number(Struct, frozen=True):
    """A number in the file and where it comes from; `id` names the fact or the quote, or the kind of structure."""

    text: str
    place: Place
    origin: Origin
    id: str = ""


class Quoted(Struct, frozen=True):
    """A quotation in the file and the quote whose words it has; nothing where the brief alone has them."""

    words: str
    place: Place
    quote: str = ""


class PrintedFact(Struct, frozen=True):
    """A fact at one place of the file: the words that the brief compiles to, and those that stand there."""

    fact: str
    place: Place
    expected: str
    printed: str

    @property
    def intact(self) -> bool:
        return self.expected == self.printed


class AuditReport(Struct, frozen=True):
    """One file against its brief."""

    file: str
    document: Literal["memo", "deck"]
    findings: tuple[Finding, ...]
    numbers: tuple[Number, ...] = ()
    quotations: tuple[Quoted, ...] = ()
    facts: tuple[PrintedFact, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def passed(self) -> bool:
        return not self.errors

    @property
    def counts(self) -> dict[str, int]:
        """How many numbers there are of each origin."""
        found = Counter(number.origin for number in self.numbers)
        return {origin: found[origin] for origin in ("fact", "quote", "brief", "structural", "unknown")}

    def summary(self) -> str:
        """One line: how many numbers, where from, and what was found."""
        counts = self.counts
        sourced = counts["fact"] + counts["quote"]
        said = f"{self.file}: {len(self.numbers)} numbers: {sourced} sourced, {counts['brief']} of the brief's own, {counts['structural']} structural"
        said += f", {counts['unknown']} not in the brief" if counts["unknown"] else ""
        warnings = len(self.findings) - self.errors
        found = [
            f"{number} {name}{'s' * (number != 1)}"
            for number, name in ((self.errors, "error"), (warnings, "warning"))
            if number
        ]
        return f"{said}; {', '.join(found) or 'no findings'}" + (
            f"; {len(self.unread)} things not read" if self.unread else ""
        )

    def as_dict(self) -> dict[str, Any]:
        """For `--format json`."""

        def at(place: Place) -> dict[str, Any]:
            return {"page": place.page, "slide": place.slide, "shape": place.shape}

        return {
            "file": self.file,
            "document": self.document,
            "passed": self.passed,
            "findings": [finding.as_dict() for finding in self.findings],
            "counts": self.counts,
            "numbers": [
                {"text": item.text, "origin": item.origin, "id": item.id, **at(item.place)} for item in self.numbers
            ],
            "quotations": [{"words": item.words, "quote": item.quote, **at(item.place)} for item in self.quotations],
            "unread": list(self.unread),
        }


class Difference(Struct, frozen=True):
    """A fact that the files print differently: the places where it is not as the brief has it, and the files where it is."""

    fact: str
    changed: tuple[tuple[str, PrintedFact], ...]
    intact: tuple[str, ...]

    def __str__(self) -> str:
        said = "; ".join(
            f"{file}, {printed.place}: “{printed.printed}” for “{printed.expected}”" for file, printed in self.changed
        )
        return f"{self.fact}: {said}" + (f"; as the brief has it in {', '.join(self.intact)}" if self.intact else "")

    def as_dict(self) -> dict[str, Any]:
        changed = [
            {"file": file, "place": str(printed.place), "expected": printed.expected, "printed": printed.printed}
            for file, printed in self.changed
        ]
        return {"fact": self.fact, "changed": changed, "intact": list(self.intact)}


def differences(reports: Sequence[AuditReport]) -> tuple[Difference, ...]:
    """The facts on which the files do not agree with one another, though each may be changed in its own way."""
    by_fact: dict[str, dict[str, list[PrintedFact]]] = {}
    for report in reports:
        for printed in report.facts:
            by_fact.setdefault(printed.fact, {}).setdefault(report.file, []).append(printed)
    found = []
    for fact, files in by_fact.items():
        changed = tuple((file, printed) for file, places in files.items() for printed in places if not printed.intact)
        if changed and len(files) > 1:
            found.append(
                Difference(
                    fact, changed, tuple(file for file, places in files.items() if all(each.intact for each in places))
                )
            )
    return tuple(found)


class Draft(Struct):
    """A report while it is being written."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    quotations: list[Quoted] = field(default_factory=list)
    facts: list[PrintedFact] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def finding(self, kind: Kind, message: str, place: Place, severity: Severity = "error", **words: str) -> None:
        self.findings.append(Finding(self.file, kind, severity, message, place, **words))

    def report(self, document: Literal["memo", "deck"]) -> AuditReport:
        return AuditReport(
            self.file,
            document,
            tuple(self.findings),
            tuple(self.numbers),
            tuple(self.quotations),
            tuple(self.facts),
            tuple(self.unread),
        )
