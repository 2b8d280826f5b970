"""The result of an audit: findings, every number with its origin, what could not be read, and the facts as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct, field, to_builtins

from reportgen.audit.brief_places import BriefPlace, BriefPlaces
from reportgen.system.errors import Diagnostic, Location
from reportgen.text.inline import WORD_JOINER

Kind = Literal[
    "number", "unit", "quantifier", "qualifier", "quotation", "text", "missing", "added", "disagreement", "order", "lint",
    "hidden", "link", "form", "look", "language", "program"
]  # fmt: skip
Origin = Literal["fact", "quote", "brief", "structural", "unknown"]
Severity = Literal["error", "warning", "note"]
"""The weight of a finding: an error makes the exit code 4, a warning may change what is understood, a note is about looks."""
Tolerance = Literal["words"]
"""Findings that become warnings when asked for: words that are no number, quotation, hedge, negation or bound."""


class Place(Struct, frozen=True):
    """A place in a file: a page or a slide, and there a shape, a cell or the notes."""

    page: int | None = None
    slide: int | None = None
    shape: str = ""

    def __str__(self) -> str:
        number = f"page {self.page}" if self.page else f"slide {self.slide}" if self.slide else ""
        return ", ".join(part for part in (number, self.shape) if part) or "the file"

    def part(self, name: str) -> Place:
        """Return the place of a part of this shape."""
        return Place(self.page, self.slide, f"{self.shape}, {name}")


class Finding(Struct, frozen=True):
    """A difference between a file and what its brief compiles to, or a fault of the file itself (`lint`).

    `around` holds the file's words at that place; `rule` names the rule of docs/rules.md that a fault breaks.
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
    brief: BriefPlace | None = None
    """The place in the brief of the text that is there; None where a template or the file has put it there."""

    @property
    def diagnostic(self) -> Diagnostic:
        around = f" in “{self.around}”" if self.around else ""
        brief = f" ({self.brief})" if self.brief else ""
        return Diagnostic(
            f"{self.message}{around} [{self.rule or self.kind}]{brief}",
            Location(f"{self.file}, {self.place}"),
            self.hint or None,
            self.severity,
        )


class Number(Struct, frozen=True):
    """A number in the file and its origin; `id` names the fact, the quote or the kind of structure."""

    text: str
    place: Place
    origin: Origin
    id: str = ""


class FoundQuotation(Struct, frozen=True):
    """A quotation in the file, and the quote that has its words; empty where only other words of the brief have them."""

    words: str
    place: Place
    quote: str = ""


class PrintedFact(Struct, frozen=True):
    """A fact at one place of the file: the words that the brief compiles to, and the words printed there."""

    fact: str
    place: Place
    expected: str
    printed: str

    @property
    def is_intact(self) -> bool:
        return self.expected.replace(WORD_JOINER, "") == self.printed.replace(WORD_JOINER, "")  # which few files keep


class Recipe(Struct, frozen=True):
    """The form and paper with which a memo is built anew to be drawn, and the places of the file's stamps.

    Each stamp is the number of its page and its left, top, right and bottom as shares of the page.
    """

    profile: str = ""
    paper: str = "letter"
    stamps: tuple[tuple[int, tuple[float, float, float, float]], ...] = ()
    is_foreign: bool = False
    """LibreOffice has saved the deck."""
    copy: str = ""
    """The copy of the memo: "principal", or "" for one with its last page."""
    theme: Literal["named", "own", "rebuilt"] = "named"
    """The origin of the deck's theme: the command line or the brief, the deck itself, or the remains that a program left of it there."""


class AuditReport(Struct, frozen=True):
    """One file compared with its brief.

    `numbers`, `quotations` and `facts` list every one that the file prints; `unread` says what could not be read.
    """

    file: str
    document: Literal["memo", "deck"]
    findings: tuple[Finding, ...]
    numbers: tuple[Number, ...] = ()
    quotations: tuple[FoundQuotation, ...] = ()
    facts: tuple[PrintedFact, ...] = ()
    unread: tuple[str, ...] = ()
    recipe: Recipe = Recipe()
    printed: frozenset[str] = frozenset()
    """The paths of the brief whose texts the document prints, as the brief compiles to it."""
    is_draft: bool = False
    """The document says that it is a draft, and prints the gaps that the brief has."""

    @property
    def errors(self) -> int:
        """The number of findings that are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def passed(self) -> bool:
        """True where the audit found no errors."""
        return not self.errors

    @property
    def counts(self) -> dict[str, int]:
        """The number of numbers of each origin."""
        found = Counter(number.origin for number in self.numbers)
        return {origin: found[origin] for origin in ("fact", "quote", "brief", "structural", "unknown")}

    def summary(self) -> str:
        """Return one line with the count of numbers by origin, and of findings."""
        counts = self.counts
        origins = f"{counts['fact'] + counts['quote']} sourced, {counts['brief']} from the brief itself, {counts['structural']} structural"
        if counts["unknown"]:
            origins += f", {counts['unknown']} not in the brief"
        severities = Counter(finding.severity for finding in self.findings)
        findings = [
            f"{count} {name}{'s' * (count != 1)}"
            for name in ("error", "warning", "note")
            if (count := severities[name])
        ]
        unread = f"; {len(self.unread)} items not read" if self.unread else ""
        file = f"{self.file}, a draft" if self.is_draft else self.file
        return f"{file}: {len(self.numbers)} numbers: {origins}; {', '.join(findings) or 'no findings'}{unread}"

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `audit --format json` prints it."""
        return {
            "file": self.file,
            "document": self.document,
            "draft": self.is_draft,
            "passed": self.passed,
            "findings": [_flatten(finding) for finding in self.findings],
            "counts": self.counts,
            "numbers": [_flatten(number) for number in self.numbers],
            "quotations": [_flatten(quotation) for quotation in self.quotations],
            "unread": list(self.unread),
        }


def _flatten(item: Finding | Number | FoundQuotation) -> dict[str, Any]:
    """Return an item's fields with those of its place among them."""
    fields: dict[str, Any] = to_builtins(item)
    fields.update(fields.pop("place"))
    return fields


class Difference(Struct, frozen=True):
    """A fact on which files disagree: where it differs from the brief, and the files that have it right."""

    fact: str
    changed: tuple[tuple[str, PrintedFact], ...]
    intact: tuple[str, ...]

    def __str__(self) -> str:
        changed = "; ".join(
            f"{file}, {fact.place}: “{fact.printed}” for “{fact.expected}”" for file, fact in self.changed
        )
        return f"{self.fact}: {changed}" + (f"; as the brief has it in {', '.join(self.intact)}" if self.intact else "")

    def as_dict(self) -> dict[str, Any]:
        changed = [
            {"file": file, "place": str(fact.place), "expected": fact.expected, "printed": fact.printed}
            for file, fact in self.changed
        ]
        return {"fact": self.fact, "changed": changed, "intact": list(self.intact)}


def differences(reports: Sequence[AuditReport]) -> tuple[Difference, ...]:
    """Return the facts that several files print and at least one prints differently from the brief."""
    by_fact: dict[str, dict[str, list[PrintedFact]]] = {}
    for report in reports:
        for printed in report.facts:
            by_fact.setdefault(printed.fact, {}).setdefault(report.file, []).append(printed)
    found = []
    for fact, files in by_fact.items():
        changed = tuple((file, place) for file, places in files.items() for place in places if not place.is_intact)
        if changed and len(files) > 1:
            intact = tuple(file for file, places in files.items() if all(place.is_intact for place in places))
            found.append(Difference(fact, changed, intact))
    return tuple(found)


class ReportBuilder(Struct):
    """A report that is still being filled; `words` is the severity of words that differ and are nothing more than words."""

    file: str
    words: Severity = "error"
    places: BriefPlaces | None = None
    """The places in the brief, which findings name."""
    findings: list[Finding] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    quotations: list[FoundQuotation] = field(default_factory=list)
    facts: list[PrintedFact] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    recipe: Recipe = Recipe()
    origins: dict[Place, str] = field(default_factory=dict)
    """The paths in the brief of what stands at some places of the file, for findings that name none themselves."""
    printed: set[str] = field(default_factory=set)

    def add(
        self,
        kind: Kind,
        message: str,
        place: Place,
        severity: Severity = "error",
        path: str | None = None,
        **words: str,
    ) -> None:
        """Add a finding; `path` is that of the brief's text that it is about, "" for words of a template.

        Without one, the finding is about whatever stands at its place.
        """
        path = self._find_path(place) if path is None else path
        brief = self.places.locate(path) if self.places else None
        self.findings.append(Finding(self.file, kind, severity, message, place, brief=brief, **words))

    def _find_path(self, place: Place) -> str:
        """Return the path of what stands at a place, or of the shape that it is a part of."""
        shape = place.shape
        while shape:
            if path := self.origins.get(Place(place.page, place.slide, shape)):
                return path
            shape = shape.rpartition(", ")[0]
        return ""

    def build(self, document: Literal["memo", "deck"]) -> AuditReport:
        return AuditReport(
            self.file, document, tuple(self.findings), tuple(self.numbers), tuple(self.quotations), tuple(self.facts),
            tuple(self.unread), self.recipe, frozenset(self.printed),
        )  # fmt: skip
