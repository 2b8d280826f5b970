"""A brief's documents: read, checked, made and put in place, from top to bottom."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from reportgen.brief import Brief, load_brief
from reportgen.pipeline.kinds import KINDS, OUTPUT_DIR, DocumentKind
from reportgen.system.errors import EvidenceError, ReportgenError
from reportgen.system.files import write_files

if TYPE_CHECKING:
    from reportgen import evidence
    from reportgen.audit import AuditReport
    from reportgen.pdf.workshop import Workshop

Judged = TypeVar("Judged", "evidence.Report", "AuditReport")


class Made(Struct, frozen=True):
    """A finished file and its size in bytes."""

    kind: DocumentKind
    path: Path
    size: int


class Finished(Struct, frozen=True):
    """Documents that are made, checked and read back, and not yet written; reports are None and empty without a check."""

    documents: tuple[tuple[DocumentKind, bytes], ...]
    check: evidence.Report | None
    audits: tuple[AuditReport, ...] = ()


class Built(Struct, frozen=True):
    """What a build has made; what check and audit said is None and empty where they were not asked for."""

    files: tuple[Made, ...]
    check: evidence.Report | None
    audits: tuple[AuditReport, ...] = ()


class Ready(Struct, frozen=True):
    """What a build would write: each file's kind and bytes by its place; and what check and audit said."""

    files: Mapping[Path, tuple[DocumentKind, bytes]]
    check: evidence.Report | None
    audits: tuple[AuditReport, ...] = ()


def build(
    brief_path: Path, output_dir: Path = OUTPUT_DIR, check: bool = True, tell: Callable[[str], object] = str,
    workshop: Workshop | None = None,
) -> Built:  # fmt: skip
    """Memo and deck of one brief.

    Nothing is made of a brief that its evidence does not carry. Both documents are rendered, and read back against the
    brief, before either is written, so that the pair always agrees. Raises ReportgenError.
    """
    return place(made(brief_path, output_dir, check, tell, workshop))


def made(
    brief_path: Path,
    output_dir: Path,
    check: bool,
    tell: Callable[[str], object] = str,
    workshop: Workshop | None = None,
) -> Ready:
    """All of a build but the writing."""
    tell(f"reading {brief_path}")
    brief = load_brief(brief_path)
    done = finished(brief, output_dir, check, tell, workshop)
    files = {output_dir / kind.file_name(brief.slug): (kind, data) for kind, data in done.documents}
    return Ready(files, done.check, done.audits)


def place(ready: Ready) -> Built:
    """Write all files, or none."""
    write_files({path: data for path, (_, data) in ready.files.items()})
    files = tuple(Made(kind, path, len(data)) for path, (kind, data) in ready.files.items())
    return Built(files, ready.check, ready.audits)


def finished(
    brief: Brief, output_dir: Path, check: bool, tell: Callable[[str], object], workshop: Workshop | None = None
) -> Finished:
    """Memo and deck of a brief; findings name them as files of the folder that they are for. Raises ReportgenError."""
    from reportgen import audit, evidence  # the room, not its function

    report = None
    if check:
        tell("checking the evidence")
        report = _passed(evidence.check(brief))
    rendered = _rendered(brief, tell, workshop)
    audits: tuple[AuditReport, ...] = ()
    if check:
        tell("reading both back")
        named = [(str(output_dir / kind.file_name(brief.slug)), data) for kind, data in rendered]
        begun = [audit.begun(brief, data, name, workshop) for name, data in named]
        gc.collect()  # the documents' makers leave much in cycles: what is read back finds room there
        reports = [finish() for finish in reversed(begun)]  # the first is read beside ours meanwhile
        audits = tuple(_passed(report) for report in reversed(reports))
    return Finished(rendered, report, audits)


class DeckWishes(Struct, frozen=True):
    """What is asked for besides the deck: the house's theme to make it in, and files that tell of it."""

    theme: Path | None = None
    fit_report: Path | None = None
    proof: Path | None = None
    handout: Path | None = None
    workshop: Workshop | None = None
    """Where the handout's charts come from."""


class BuiltDeck(Struct, frozen=True):
    """A deck's bytes, the other files by their places, the proof's pictures, and what is not proven of it, in words."""

    data: bytes
    files: dict[Path, bytes]
    pictures: tuple[Path, ...] = ()
    estimated: str = ""


def build_deck(brief: Brief, wishes: DeckWishes, tell: Callable[[str], object] = str) -> BuiltDeck:
    """The deck of one brief with all that was wished for; only the proof's pictures are written. Raises ReportgenError."""
    from reportgen import brand as brands, deck as decks
    from reportgen.deck import theme as themes
    from reportgen.deck.fit import fit_report as fitreport
    from reportgen.markup.templates import template_folders

    brand, folders = brands.load(brief.folder), template_folders(brief.folder)
    tell("making the deck")
    made = decks.render_stages(brief, brand, folders, themes.read_theme(wishes.theme) if wishes.theme else None)
    looks = made.theme.adapt_brand(brand)
    stand_ins = made.theme.find_substitutes(brand)
    fits = fitreport.measure_boxes(made.fitted, made.theme, looks) if stand_ins or wishes.fit_report else ()
    files: dict[Path, bytes] = {}
    if wishes.fit_report:
        files[wishes.fit_report] = fitreport.encode_report(fits, wishes.fit_report.suffix)
    if wishes.handout:
        from reportgen import handout

        tell("making the handout")
        numbers = handout.numbers(made.fitted)
        files[wishes.handout] = handout.render(
            made.compiled, brief, brand, folders, numbers=numbers, workshop=wishes.workshop
        )
    pictures: tuple[Path, ...] = ()
    if wishes.proof:
        from reportgen.deck.proof.slide_pictures import draw_proof

        tell("drawing the proof")
        pictures = draw_proof(made.fitted, made.theme, made.data, wishes.proof, looks, brief.slug)
    return BuiltDeck(made.data, files, pictures, fitreport.describe_estimates(fits, stand_ins))


def _passed(report: Judged) -> Judged:
    """The report of what has passed. Raises EvidenceError with all findings of what has not."""
    if not report.passed:
        raise EvidenceError([finding.diagnostic for finding in report.findings])
    return report


def _rendered(
    brief: Brief, tell: Callable[[str], object], workshop: Workshop | None
) -> tuple[tuple[DocumentKind, bytes], ...]:
    """All documents, begun in their order and finished from the last on: the first may be made beside ours meanwhile.

    Where several are at fault, the first is told.
    """
    begun = {}
    for kind in KINDS.values():
        tell(f"beginning the {kind.name}")
        begun[kind.name] = kind.begun(brief, workshop=workshop, tell=tell)
    made: dict[str, bytes] = {}
    fault: ReportgenError | None = None
    for name in reversed(begun):
        tell(f"making the {name}")
        try:
            made[name] = begun[name]()
        except ReportgenError as error:
            fault = error
    if fault:
        raise fault
    return tuple((kind, made[kind.name]) for kind in KINDS.values())
