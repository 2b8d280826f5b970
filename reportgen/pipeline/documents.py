"""One brief to its finished files: read, checked, rendered, audited and written, from top to bottom."""

from __future__ import annotations

import glob
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from reportgen.brand import find_warnings
from reportgen.brief import Brief, load_brief
from reportgen.clearances.status_faults import refuse_status
from reportgen.pipeline.gap_refusal import refuse_gaps
from reportgen.pipeline.inputs import Output, protect_inputs
from reportgen.pipeline.kinds import OUTPUT_DIR, DocumentKind, Options, list_kinds
from reportgen.pipeline.overwriting import refuse_overwriting
from reportgen.system.errors import Diagnostic, EvidenceError, FitError, ReportgenError, TemplateError
from reportgen.system.files import write_files
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from reportgen import evidence
    from reportgen.audit import AuditReport
    from reportgen.deck.values import Deck
    from reportgen.pdf.typesetting import Workers
    from reportgen.pipeline.coverage import Coverage

ReportT = TypeVar("ReportT", "evidence.Report", "AuditReport")


class Documents(Struct, frozen=True):
    """The documents of a brief in memory; `check` is None and `audits` is empty where neither was asked for."""

    rendered: tuple[tuple[DocumentKind, bytes], ...]
    check: evidence.Report | None
    audits: tuple[AuditReport, ...] = ()
    coverage: Coverage | None = None
    failure: ReportgenError | None = None
    """The fault of the deck, where the other documents could be made."""


class Draft(Struct, frozen=True):
    """A build that is not written yet: the kind and the bytes of each file by its place, and the reports."""

    files: Mapping[Path, tuple[DocumentKind, bytes]]
    check: evidence.Report | None
    audits: tuple[AuditReport, ...] = ()
    coverage: Coverage | None = None
    tables: Mapping[Path, bytes] = {}
    """The coverage and the fact sheet as files, where they were asked for."""
    warnings: tuple[Diagnostic, ...] = ()
    """The parts of the house's brand file without effect, and those that are printed otherwise than it says."""
    failure: ReportgenError | None = None


class BuiltFile(Struct, frozen=True):
    """A written file and its size in bytes."""

    kind: DocumentKind
    path: Path
    size: int


class Build(Struct, frozen=True):
    """The written files of a brief; `check` is None and `audits` is empty where neither was asked for.

    `coverage` says which of its texts each document prints, where the documents were audited; `warnings` what of the house's
    brand file has no effect, or is printed otherwise than it says. `failure` is the fault that kept the deck from being made.
    """

    files: tuple[BuiltFile, ...]
    check: evidence.Report | None
    audits: tuple[AuditReport, ...] = ()
    coverage: Coverage | None = None
    warnings: tuple[Diagnostic, ...] = ()
    failure: ReportgenError | None = None


def build(
    brief_path: Path,
    output_dir: Path = OUTPUT_DIR,
    check: bool = True,
    options: Options | None = None,
    workers: Workers | None = None,
    overwrite: bool = False,
) -> Build:
    """Build memo and deck of one brief.

    Nothing is rendered of a brief that its evidence does not support. Both documents are rendered and audited before
    either is written, so that the pair always agrees. Only a deck that its theme or its slides refuse does not keep the memo from being
    written. Files that were changed since they were built stay, unless `overwrite` is set.

    Raises
    ------
    ReportgenError
        EvidenceError with all findings when check or audit fails, and whatever reading and rendering raise.
    """
    built = write_draft(build_draft(brief_path, output_dir, check, options, workers, overwrite))
    if built.failure:
        raise built.failure
    return built


def build_draft(
    brief_path: Path,
    output_dir: Path,
    check: bool,
    options: Options | None = None,
    workers: Workers | None = None,
    overwrite: bool = False,
) -> Draft:
    """Take every step of a build but the writing."""
    report(Stage.READING, str(brief_path))
    brief = load_brief(brief_path, draft=bool(options and options.draft))
    refuse_gaps(brief)
    theme = options.theme if options else None
    products = [(kind, output_dir / kind.file_name(brief.slug)) for kind in list_kinds(options)]
    outputs = [Output(f"the {kind.name}", path, "--output-dir") for kind, path in products]
    if options and options.coverage:
        outputs.append(Output("the coverage", options.coverage, "--coverage"))
    if options and options.fact_sheet:
        outputs.append(Output("the fact sheet", options.fact_sheet, "--fact-sheet"))
    protect_inputs(outputs, brief, theme)
    if not overwrite:
        refuse_overwriting((path for _, path in products), brief, theme)
    documents = make_documents(brief, output_dir, check, options, workers, keep_memo=True)
    files = {output_dir / kind.file_name(brief.slug): (kind, data) for kind, data in documents.rendered}
    tables = _write_tables(brief, documents, options) if options else {}
    warnings = find_warnings(brief.folder)
    return Draft(files, documents.check, documents.audits, documents.coverage, tables, warnings, documents.failure)


def _write_tables(brief: Brief, documents: Documents, options: Options) -> dict[Path, bytes]:
    """Return the coverage and the fact sheet as files, where they are asked for."""
    tables: dict[Path, bytes] = {}
    if options.coverage and documents.coverage:
        tables[options.coverage] = documents.coverage.encode(options.coverage.suffix)
    if options.fact_sheet:
        from reportgen.factcheck.sheet.sheet_file import write_sheet
        from reportgen.pipeline.brief_sheet import build_brief_sheet

        report(Stage.MAKING, "fact sheet")
        audits = _take_each_once(documents.audits or _list_printed(brief, documents.rendered, options))
        view = build_brief_sheet(brief, audits, documents.check is not None)
        ending = options.fact_sheet.suffix.lower()
        tables[options.fact_sheet] = write_sheet(view, ending, options.paper, brief.date, brief.folder)
    return tables


def write_draft(draft: Draft) -> Build:
    """Write all files, or none."""
    written = {path: data for path, (_, data) in draft.files.items()} | dict(draft.tables)
    write_files(written)
    files = tuple(BuiltFile(kind, path, len(data)) for path, (kind, data) in draft.files.items())
    return Build(files, draft.check, draft.audits, draft.coverage, draft.warnings, draft.failure)


def make_documents(
    brief: Brief,
    output_dir: Path,
    check: bool,
    options: Options | None = None,
    workers: Workers | None = None,
    keep_memo: bool = False,
) -> Documents:
    """Check a brief, render all its documents and audit them; findings name them as files of `output_dir`.

    With `keep_memo`, a deck that its theme or its slides refuse is a `failure` beside the documents that could be made.
    """
    from reportgen import evidence
    from reportgen.pipeline.coverage import cover_documents
    from reportgen.pipeline.printing import find_unprinted

    evidence_report, table = None, options.coverage if options else None
    if check:
        report(Stage.CHECKING)
        profile = options.profile if options else None
        evidence_report = _require_passed(evidence.check(brief, profile=profile, unprinted=find_unprinted(brief)))
    futures = [(kind, kind.start(brief, options or Options(), workers)) for kind in list_kinds(options)]
    rendered, failure = _collect(futures, brief, output_dir, keep_memo)
    audits = _audit_all(brief, output_dir, rendered, workers, options.theme if options else None) if check else ()
    printed = audits or (_list_printed(brief, rendered, options) if table else ())
    coverage = cover_documents(brief, _take_each_once(printed)) if printed else None
    return Documents(rendered, evidence_report, audits, coverage, failure)


def _collect(
    futures: Sequence[tuple[DocumentKind, Future[bytes]]], brief: Brief, output_dir: Path, keep_memo: bool
) -> tuple[tuple[tuple[DocumentKind, bytes], ...], ReportgenError | None]:
    """Return the documents that could be made, and the fault of the deck where it is the only one that could not."""
    rendered: list[tuple[DocumentKind, bytes]] = []
    failure: ReportgenError | None = None
    for kind, future in futures:
        try:
            rendered.append((kind, future.result()))
        except (FitError, TemplateError) as error:
            if not keep_memo or kind.name != "deck":
                raise
            path = output_dir / kind.file_name(brief.slug)
            left = f"; {path} is of an earlier build" if path.exists() else ""
            note = Diagnostic(f"the memo was written, the deck was not{left}", severity="warning")
            failure = type(error)([*error.diagnostics, note])
    return tuple(rendered), failure


def _take_each_once(audits: tuple[AuditReport, ...]) -> tuple[AuditReport, ...]:
    """Return one audit of each document: a memo prints the same texts as PDF and in Word."""
    first: dict[str, AuditReport] = {}
    for audit in audits:
        first.setdefault(audit.document, audit)
    return tuple(first.values())


def _list_printed(
    brief: Brief, rendered: tuple[tuple[DocumentKind, bytes], ...], options: Options | None
) -> tuple[AuditReport, ...]:
    """Audit documents for what they print alone."""
    from reportgen import audit

    theme = options.theme if options else None
    return tuple(audit.audit(brief, data, kind.name, theme=theme) for kind, data in rendered)


def _audit_all(
    brief: Brief,
    output_dir: Path,
    rendered: tuple[tuple[DocumentKind, bytes], ...],
    workers: Workers | None,
    theme: Path | None,
) -> tuple[AuditReport, ...]:
    """Audit rendered documents; PDFs are read by a worker meanwhile."""
    from reportgen import audit
    from reportgen.pdf.reading.pdf_reader import read_pdf
    from reportgen.pdf.typesetting import Workers

    report(Stage.AUDITING)
    files = [(str(output_dir / kind.file_name(brief.slug)), data) for kind, data in rendered]
    layout = (workers or Workers()).layout
    readings = {name: layout.submit(read_pdf, data, name) for name, data in files if audit.is_pdf(data)}
    files.sort(key=lambda file: file[0] in readings)  # those that are read elsewhere come last
    reports = {
        name: audit.audit(brief, data, name, readings[name].result() if name in readings else None, theme=theme)
        for name, data in files
    }
    return tuple(_require_passed(reports[str(output_dir / kind.file_name(brief.slug))]) for kind, _ in rendered)


class DeckOptions(Struct, frozen=True):
    """The theme of a deck, and the files to be made besides it."""

    theme: Path | None = None
    fit_report: Path | None = None
    proof: Path | None = None
    """The folder of the proof's pictures."""
    handout: Path | None = None
    paper: str | None = None
    """The handout's paper."""


class BuiltDeck(Struct, frozen=True):
    """A deck's bytes, the other files by their places, the proof's pictures, and a warning where sizes are estimated or programs left out."""

    data: bytes
    files: dict[Path, bytes]
    pictures: tuple[Path, ...] = ()
    warning: str = ""


def build_deck(brief: Brief, options: DeckOptions, workers: Workers | None = None) -> BuiltDeck:
    """Make the deck of one brief and the files that are asked for besides; only the proof's pictures are written."""
    from reportgen import brand as brands, deck as decks
    from reportgen.deck import theme as themes
    from reportgen.deck.fit import fit_report
    from reportgen.markup.templates import template_folders

    if options.proof:
        pictures_there = options.proof.glob(f"{glob.escape(brief.slug)}-*.png")
        protect_inputs((Output("a picture", path, "--proof") for path in pictures_there), brief, options.theme)
    refuse_status(brief)
    brand, folders = brands.load(brief.folder), template_folders(brief.folder)
    refuse_gaps(brief)
    report(Stage.MAKING, "deck")
    deck = decks.render_stages(brief, brand, folders, themes.read_theme(options.theme) if options.theme else None)
    looks = deck.theme.adapt_brand(brand)
    stand_ins = deck.theme.find_substitutes(brand)
    fits = fit_report.measure_boxes(deck.fitted, deck.theme, looks) if stand_ins or options.fit_report else ()
    files: dict[Path, bytes] = {}
    if options.fit_report:
        files[options.fit_report] = fit_report.encode_report(fits, options.fit_report.suffix)
    if options.handout:
        files[options.handout] = _make_handout(brief, deck.compiled, deck.fitted, options.paper, workers)
    pictures: tuple[Path, ...] = ()
    if options.proof:
        from reportgen.deck.proof.slide_pictures import draw_proof

        report(Stage.DRAWING_PROOF)
        pictures = draw_proof(deck.fitted, deck.theme, deck.data, options.proof, looks, brief.slug)
    programs = f"the theme’s {' and '.join(deck.theme.programs)} were left out" if deck.theme.programs else ""
    warnings = (programs, fit_report.describe_estimates(fits, stand_ins))
    return BuiltDeck(deck.data, files, pictures, "; ".join(filter(None, warnings)))


def make_handout(
    brief: Brief, paper: str | None = None, theme: Path | None = None, workers: Workers | None = None
) -> bytes:
    """Make the handout of one brief, whose slides it counts as the deck in that theme does."""
    from reportgen import brand as brands, deck as decks
    from reportgen.deck import theme as themes
    from reportgen.markup.templates import template_folders

    refuse_status(brief)
    refuse_gaps(brief)
    brand, folders = brands.load(brief.folder), template_folders(brief.folder)
    house = themes.read_theme(theme) if theme else decks.load_theme(brand)
    compiled = decks.compile_brief(brief, brand, folders, house)
    fitted = decks.fit_deck(compiled, house, house.adapt_brand(brand))
    return _make_handout(brief, compiled, fitted, paper, workers)


def _make_handout(brief: Brief, compiled: Deck, fitted: Deck, paper: str | None, workers: Workers | None) -> bytes:
    from reportgen import brand as brands, handout
    from reportgen.markup.templates import template_folders
    from reportgen.pdf.typesetting import typeset

    report(Stage.MAKING, "handout")
    brand, folders = brands.load(brief.folder), template_folders(brief.folder)
    plan = handout.plan_handout(compiled, brief, brand, folders, paper, handout.number_slides(fitted))
    return typeset(plan, brief, workers).result()


def _require_passed(judged: ReportT) -> ReportT:
    """Return a report that passed. Raises EvidenceError with all findings of one that did not."""
    if not judged.passed:
        raise EvidenceError([finding.diagnostic for finding in judged.findings])
    return judged
