"""A brief's documents: read, checked, made and put in place, from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen import evidence
from reportgen.brief import Brief, load_brief
from reportgen.errors import EvidenceError
from reportgen.files import write
from reportgen.kinds import KINDS, DocumentKind

OUTPUT_DIR = Path("build")


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file and its size in bytes."""

    kind: DocumentKind
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has made, and what the check of its brief said; None where it was not asked for."""

    files: tuple[Made, ...]
    check: evidence.Report | None


def build(
    brief_path: Path, output_dir: Path = OUTPUT_DIR, check: bool = True, tell: Callable[[str], object] = str
) -> Built:
    """Memo and deck of one brief.

    Nothing is made of a brief that its evidence does not carry, and both documents are rendered before either is
    written, so that the pair always agrees. Raises ReportgenError.
    """
    tell(f"reading {brief_path}")
    brief = load_brief(brief_path)
    report = None
    if check:
        tell("checking the evidence")
        report = checked(brief)
    rendered = list(_rendered(brief, tell))
    files = tuple(_put(kind, output_dir / kind.file_name(brief.slug), data) for kind, data in rendered)
    return Built(files, report)


def checked(brief: Brief) -> evidence.Report:
    """The report of a brief that has passed. Raises EvidenceError with all findings of one that has not."""
    report = evidence.check(brief)
    if not report.passed:
        raise EvidenceError([finding.diagnostic for finding in report.findings])
    return report


def _rendered(brief: Brief, tell: Callable[[str], object]) -> Iterator[tuple[DocumentKind, bytes]]:
    for kind in KINDS.values():
        tell(f"making the {kind.name}")
        yield kind, kind.render(brief)


def _put(kind: DocumentKind, path: Path, data: bytes) -> Made:
    write(path, data)
    return Made(kind, path, len(data))
