"""The Python API: what the commands do, as functions of values and paths.

Values in, values out: only `build`, `build_all`, `distribute` and `draw_proof` write files, and nothing prints. No function
changes the host's streams, environment, signal handlers, garbage collector or libraries' settings, but those of matplotlib
while a chart is drawn. Several threads may call them: typesetting and drawing take turns, and give each thread the bytes
that it would get alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reportgen.system.progress import Listener, listening

if TYPE_CHECKING:
    from reportgen.audit import AuditReport, Tolerance
    from reportgen.brief.model import Brief
    from reportgen.changes import Changes
    from reportgen.clearances.clearance_review import OfficeReview
    from reportgen.decided import Decision
    from reportgen.distribution.mail.mail_run import Mailing, Question
    from reportgen.distribution.manifest import Manifest
    from reportgen.distribution.run import Distribution
    from reportgen.distribution.whose import Owner
    from reportgen.drafting.making import Drafted
    from reportgen.edits import Edit, EditReport
    from reportgen.evidence import Report
    from reportgen.factcheck import FactSheet
    from reportgen.pdf.typesetting import Workers
    from reportgen.pipeline.batch import Outcome
    from reportgen.pipeline.documents import Build
    from reportgen.pipeline.kinds import Options
    from reportgen.system.errors import Diagnostic

StrPath = str | os.PathLike[str]
Paper = Literal["letter", "a4"]
Copy = Literal["principal"]
Profile = Literal["info", "action", "decision", "meeting", "onepage"]


def load_brief(path: StrPath, *, draft: bool = False) -> Brief:
    """Read and check a brief.

    Parameters
    ----------
    path
        The YAML file. Its folder is where `_brand.yml`, `templates/`, sources and `evidence.lock` are looked for.
    draft
        Whether documents may print its gaps (`TODO: …`); each page then says DRAFT. Without it they are refused.

    Returns
    -------
    Brief
        The brief as a frozen value; all other functions take it.

    Raises
    ------
    BriefError
        with every problem of the file, each with its line and column.
    FileError
        when the file cannot be read.
    """
    from reportgen.brief.loader import load_brief

    return load_brief(_path("path", path), bool(draft))


def draft_brief(
    articles: Sequence[StrPath],
    *,
    folder: StrPath | None = None,
    into: StrPath | None = None,
    today: date | None = None,
) -> Drafted:
    """Draft a brief from articles: their quotes, facts and charts, and gaps (`TODO: …`) for what only a person can say.

    Parameters
    ----------
    articles
        Files (txt, md, html, pdf, docx), and folders with such files.
    folder
        The folder of the new brief; by default that of the articles.
    into
        A brief to which the articles are added as sources instead; nothing else in its file changes.
    today
        The date of the new brief; by default this day.

    Returns
    -------
    Drafted
        `files` to write by their paths, `path` of the brief among them, `gaps` with their places, `notes`, `meetings` (facts that the new
        articles repeat or contradict), and `summary()`. Nothing is written.

    Raises
    ------
    FileError
        when an article cannot be read, has no text or is no article, or the folder has a brief already.
    BriefError
        when the brief to add to is invalid, or its layout has no place for more entries.
    UsageError
        when the articles lie in several folders and none is named, or the brief has them already.
    """
    from datetime import date as day

    from reportgen.drafting.making import draft_brief, draft_into

    if isinstance(articles, str | os.PathLike):
        raise TypeError("articles must be a sequence of paths, not one path")
    paths = [_path("articles", article) for article in articles]
    if not paths:
        raise ValueError("articles must name at least one file")
    if folder is not None and into is not None:
        raise ValueError("give folder or into, not both")
    if into is not None:
        return draft_into(_path("into", into), paths)
    return draft_brief(paths, None if folder is None else _path("folder", folder), today or day.today())


def render_memo(
    brief: Brief,
    *,
    profile: Profile | None = None,
    paper: Paper | None = None,
    copy: Copy | None = None,
    attach_brief: bool = False,
    cache: bool = True,
    on_progress: Listener | None = None,
) -> bytes:
    """Render the policy memo.

    Parameters
    ----------
    brief
        A brief from `load_brief`.
    profile
        The memo's form; the brief's own by default.
    paper
        "letter" or "a4"; by default that of the brief's language: A4 for English outside North America, else letter.
    copy
        "principal" for the memo without its last page, which says who drafted, approved and cleared it.
    attach_brief
        Whether to attach the brief itself to the PDF, besides its evidence.
    cache
        Whether drawn charts are taken from, and kept in, the user's cache.
    on_progress
        Receives a `Progress` message at each stage.

    Returns
    -------
    bytes
        A PDF, tagged, PDF/A-3a and PDF/UA-1.

    Raises
    ------
    BriefError
        for a part that the form needs, or a character that no font has.
    FitError
        when the memo exceeds its pages; it says how many words to cut.
    TemplateError
        when a template, the brand or a font is at fault.
    """
    return _render("memo", brief, _options(profile, paper, attach_brief, copy=copy), cache, on_progress)


def render_word(
    brief: Brief,
    *,
    profile: Profile | None = None,
    paper: Paper | None = None,
    copy: Copy | None = None,
    cache: bool = True,
    on_progress: Listener | None = None,
) -> bytes:
    """Render the policy memo as a Word file, to be cleared and edited.

    Parameters
    ----------
    brief
        A brief from `load_brief`.
    profile, paper, copy, cache, on_progress
        As for `render_memo`.

    Returns
    -------
    bytes
        A .docx file with the words of the PDF, each text of the brief in a bookmark. Word breaks its pages, so no page budget is held.

    Raises
    ------
    BriefError
        for a part that the form needs, or a character that no font of a chart has.
    TemplateError
        when a template, the brand or a font is at fault.
    """
    from reportgen.pipeline.kinds import WORD_MEMO

    with listening(on_progress):
        return WORD_MEMO.start(_brief(brief), _options(profile, paper, copy=copy), _workers(cache)).result()


def render_deck(brief: Brief, *, theme: StrPath | None = None, on_progress: Listener | None = None) -> bytes:
    """Render the briefing deck.

    Parameters
    ----------
    brief
        A brief from `load_brief`.
    theme
        A PowerPoint template (.pptx, .potx) or its map (.yml); the brand's theme by default.
    on_progress
        Receives a `Progress` message at each stage.

    Returns
    -------
    bytes
        A .pptx file.

    Raises
    ------
    FitError
        when text does not fit a slide; it lists all places and the words to cut.
    TemplateError
        when a template, the brand or the theme is at fault.
    """
    return _render("deck", brief, _options(theme=theme), False, on_progress)


def render_handout(
    brief: Brief,
    *,
    theme: StrPath | None = None,
    paper: Paper | None = None,
    cache: bool = True,
    on_progress: Listener | None = None,
) -> bytes:
    """Render the handout: the deck's slides with their notes, for paper.

    Parameters
    ----------
    brief
        A brief from `load_brief`.
    theme
        The theme of the deck whose slides the handout counts; the brand's by default.
    paper
        "letter" or "a4"; by default that of the brief's language: A4 for English outside North America, else letter.
    cache
        Whether drawn charts are taken from, and kept in, the user's cache.
    on_progress
        Receives a `Progress` message at each stage.

    Returns
    -------
    bytes
        A PDF, tagged, PDF/A-3a and PDF/UA-1.

    Raises
    ------
    ReportgenError
        as `render_deck` and `render_memo` do.
    """
    from reportgen.pipeline.documents import make_handout

    options = _options(paper=paper, theme=theme)
    with listening(on_progress):
        return make_handout(_brief(brief), options.paper, options.theme, _workers(cache))


def measure_fit(brief: Brief, *, theme: StrPath | None = None) -> dict[str, Any]:
    """Measure how full each box of the deck is.

    Parameters
    ----------
    brief
        A brief from `load_brief`.
    theme
        A PowerPoint template or its map; the brand's theme by default.

    Returns
    -------
    dict
        What `deck --fit-report FILE.json` writes: plain values, sizes in points.

    Raises
    ------
    ReportgenError
        as `render_deck` does.
    """
    import json

    from reportgen.pipeline.documents import DeckOptions, build_deck

    target = Path("fit.json")
    deck = build_deck(_brief(brief), DeckOptions(_options(theme=theme).theme, fit_report=target))
    report: dict[str, Any] = json.loads(deck.files[target])
    return report


def draw_proof(brief: Brief, folder: StrPath, *, theme: StrPath | None = None) -> tuple[Path, ...]:
    """Draw the deck's slides, with the boxes that were measured, by LibreOffice.

    Parameters
    ----------
    brief
        A brief from `load_brief`.
    folder
        Where the pictures are written.
    theme
        A PowerPoint template or its map; the brand's theme by default.

    Returns
    -------
    tuple of Path
        The pictures, one a slide (PNG).

    Raises
    ------
    FileError
        when LibreOffice or poppler is missing or fails.
    ReportgenError
        as `render_deck` does.
    """
    from reportgen.pipeline.documents import DeckOptions, build_deck

    options = DeckOptions(_options(theme=theme).theme, proof=_path("folder", folder))
    return build_deck(_brief(brief), options).pictures


def check(
    brief: Brief,
    sources: Mapping[str, StrPath] | None = None,
    *,
    today: date | None = None,
    accept_data: bool = False,
    on_progress: Listener | None = None,
) -> Report:
    """Check a brief against its sources and the rules of evidence.

    Parameters
    ----------
    brief
        A brief from `load_brief`.
    sources
        The files of the sources' texts by source id. Others are looked for beside the brief; where there is no text,
        `evidence.lock` stands in for it.
    today
        The date of new entries in the lock; today by default.
    accept_data
        Whether to accept cells of data files that have changed since they were locked.
    on_progress
        Receives a `Progress` message at each stage.

    Returns
    -------
    Report
        `passed`, `findings`, and in `lock` the bytes of a new `evidence.lock` where there is one to write.

    Raises
    ------
    FileError
        for a text or a lock that cannot be read.
    UsageError
        for a source that the brief does not have.
    """
    from reportgen import evidence
    from reportgen.pipeline.printing import find_unprinted

    texts = {name: _path(f"sources[{name!r}]", path) for name, path in sources.items()} if sources else None
    with listening(on_progress):
        return evidence.check(
            _brief(brief), texts, today, accept_data=accept_data, unprinted=find_unprinted(_brief(brief))
        )


def audit_file(
    brief: Brief,
    file: StrPath,
    *,
    data: bytes | None = None,
    tolerate: Tolerance | None = None,
    theme: StrPath | None = None,
    draw: bool = False,
) -> AuditReport:
    """Compare a finished memo or deck, edited or not, with its brief.

    Parameters
    ----------
    brief
        The brief that the file was built from.
    file
        The path of a .pdf, .docx or .pptx file.
    data
        The file's bytes, where they are at hand: then `file` is only named in the findings.
    tolerate
        "words" makes warnings of words that differ, unless they are numbers, quotations, hedges, negations or bounds.
    theme
        The theme that a deck was built with, where it is not the brand's: what masters and layouts show is compared with it.
    draw
        Whether to draw the pages, and those that the brief compiles to, and to compare the pictures. Takes some seconds, and
        needs poppler, and LibreOffice for a deck.

    Returns
    -------
    AuditReport
        `passed`, `findings`, and every number with its origin.

    Raises
    ------
    FileError
        for a file that is no PDF, Word file or deck, cannot be read, or takes more than 7 seconds or 900 MB of memory; with `draw`, where a tool is
        missing.
    """
    from functools import partial

    from reportgen.audit import audit
    from reportgen.system.files import read_file
    from reportgen.system.limited_process import run_limited

    path = _path("file", file)
    if data is not None and not isinstance(data, bytes):
        raise TypeError(f"data must be bytes, not {type(data).__name__}")
    if tolerate not in (None, "words"):
        raise ValueError(f'tolerate must be "words" or None, not {tolerate!r}')
    data = read_file(path) if data is None else data
    house = _path("theme", theme) if theme is not None else None
    compare = partial(audit, tolerate=tolerate, theme=house)
    report = run_limited(compare, _brief(brief), data, str(path), file=str(path))
    if draw:
        from reportgen.audit.drawn import compare_drawings

        return compare_drawings(brief, data, report, house)
    return report


def check_document(document: StrPath, sources: Sequence[StrPath], *, on_progress: Listener | None = None) -> FactSheet:
    """Hold each number and quotation of any document against its sources; no brief is needed.

    Parameters
    ----------
    document
        A .docx, .pdf, .pptx, .md, .txt or .html file, written by anybody.
    sources
        The texts that it rests on, of the same kinds, and data files (.xlsx, .csv, .tsv).
    on_progress
        Receives a `Progress` message at each stage, with the number of claims that are checked.

    Returns
    -------
    FactSheet
        `claims` in the document's order, each with its verdict, differences and evidence; `contradictions` within the
        document; `passed`, true where nothing differs.

    Raises
    ------
    FileError
        when a file cannot be read, is encrypted, or has no text.
    """
    from reportgen.factcheck import check_facts

    if isinstance(sources, str | os.PathLike):
        raise TypeError("sources must be a sequence of paths, not one path")
    paths = [_path("sources", source) for source in sources]
    if not paths:
        raise ValueError("sources must name at least one file")
    with listening(on_progress):
        return check_facts(_path("document", document), paths)


def render_fact_sheet(
    sheet: FactSheet, *, ending: str = ".pdf", paper: Paper | None = None, on_progress: Listener | None = None
) -> bytes:
    """Render the sheet of a fact check, with a box for a checker's initials beside each claim.

    Parameters
    ----------
    sheet
        What `check_document` returned.
    ending
        ".pdf", ".docx" or ".html".
    paper
        "letter" or "a4"; letter by default.
    on_progress
        Receives a `Progress` message at each stage.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    TemplateError
        when the sheet's template is at fault.
    """
    from reportgen.factcheck import FactSheet
    from reportgen.factcheck.sheet.sheet_file import ENDINGS, write_sheet
    from reportgen.factcheck.sheet.sheet_rows import build_sheet_view
    from reportgen.pdf.paper import PAPERS

    if not isinstance(sheet, FactSheet):
        raise TypeError(f"sheet must be a FactSheet, which check_document returns, not {type(sheet).__name__}")
    _choice("ending", ending, ENDINGS)
    _choice("paper", paper, [None, *PAPERS])
    with listening(on_progress):
        return write_sheet(build_sheet_view(sheet), ending, paper)


def read_decision(form: StrPath, brief: Brief | None = None, *, on_progress: Listener | None = None) -> Decision:
    """Read what was decided from a returned action or decision memo.

    Parameters
    ----------
    form
        The memo as it came back, a PDF whose boxes were ticked.
    brief
        The brief that it should be the form of, as it is now; without one, the memo's own words are taken.
    on_progress
        Receives a `Progress` message at each stage.

    Returns
    -------
    Decision
        `recommendations` with what was decided of each, `option`, `comments`, `signature`, and `warnings`; `as_dict` gives
        them as JSON holds them.

    Raises
    ------
    FileError
        when the file is no form, was flattened, is encrypted or damaged, or has no mark at all.
    EvidenceError
        when a choice was ticked twice, or the form is another memo's or asks for something else than the brief does now.
    """
    from reportgen import decided
    from reportgen.system.files import read_file

    path = _path("form", form)
    with listening(on_progress):
        return decided.read_decision(read_file(path), str(path), brief)


def render_record(
    decision: Decision, *, brief: Brief | None = None, paper: Paper | None = None, on_progress: Listener | None = None
) -> bytes:
    """Render the record of a decision: what was decided, by whom, and who does what by when.

    Parameters
    ----------
    decision
        What `read_decision` returned.
    brief
        The brief in whose brand the record is set; ours without one.
    paper
        "letter" or "a4"; what the memo's language is used to by default.
    on_progress
        Receives a `Progress` message at each stage.

    Returns
    -------
    bytes
        The file, a PDF.

    Raises
    ------
    TemplateError
        when the record's template or the brand is at fault.
    FitError
        when a marking is too wide for its banner.
    FileError
        when no font has one of the characters.
    """
    from reportgen import decided
    from reportgen.pdf.paper import PAPERS

    if not isinstance(decision, decided.Decision):
        raise TypeError(f"decision must be a Decision, which read_decision returns, not {type(decision).__name__}")
    _choice("paper", paper, [None, *PAPERS])
    with listening(on_progress):
        return decided.render_record(decision, brief.folder if brief else None, paper)


def read_edits(
    brief: Brief,
    files: Sequence[StrPath],
    *,
    base: Brief | None = None,
    sources: Mapping[str, StrPath] | None = None,
    theme: StrPath | None = None,
    on_progress: Listener | None = None,
) -> EditReport:
    """List what colleagues changed in returned copies of a brief's deck and Word memo.

    Parameters
    ----------
    brief
        The brief as it is.
    files
        The paths of the copies: .pptx and .docx files.
    base
        The brief as it was when the copies were built, where it has changed since.
    sources
        The files of the sources' texts by source id, as in `check`, which judges each edit.
    theme
        The theme that a deck was built with, where it is not the brand's.
    on_progress
        Receives a `Progress` message for each copy.

    Returns
    -------
    EditReport
        `edits` in the order of the brief, each with its key and place, the words before and after, who made it in which copies,
        what `check` finds in it and the numbers of edits that contradict it; `files` says what is known of each copy.

    Raises
    ------
    FileError
        for a file that is neither a deck nor a Word document, has a password, is damaged, or cannot be read.
    """
    from reportgen import edits
    from reportgen.system.files import read_file
    from reportgen.system.progress import Stage, report

    if isinstance(files, str | os.PathLike):
        raise TypeError("files must be a sequence of paths, not one path")
    paths = [_path("files", each) for each in files]
    texts = {name: _path(f"sources[{name!r}]", path) for name, path in sources.items()} if sources else None
    house = _path("theme", theme) if theme is not None else None
    with listening(on_progress):
        copies = [(str(path), read_file(path)) for path in paths]
        before = _brief(base) if base is not None else None
        return edits.read_edits(
            _brief(brief), copies, texts, house, base=before, on_file=lambda name: report(Stage.READING, name)
        )


def apply_edits(brief: Brief, edits: Sequence[Edit]) -> bytes:
    """Write edits into the text of a brief, and return the new file: every other byte is as it was.

    Parameters
    ----------
    brief
        The brief that the edits were read for; its file is read again, and must not have changed.
    edits
        Edits of an `EditReport` that have a `change`, such as those that are `is_clean`.

    Returns
    -------
    bytes
        The new content of the brief's file. Nothing is written.

    Raises
    ------
    UsageError
        for an edit that has no change to write, or that contradicts another one.
    BriefError
        when the file has changed, when a place cannot be changed without touching anything else, or when the brief would be
        invalid afterwards.
    """
    from reportgen.edits import apply_edits

    return apply_edits(_brief(brief), edits)


def list_clearances(brief: Brief) -> tuple[OfficeReview, ...]:
    """List the offices that clear a brief, with their answers and what changed since.

    Parameters
    ----------
    brief
        A brief from `load_brief`.

    Returns
    -------
    tuple of OfficeReview
        The `office`, its `record` (None without one), where it stands (`standing`) and the `changes` since it cleared the brief.
    """
    from reportgen.clearances.clearance_review import review_offices

    return review_offices(_brief(brief))


def record_clearance(
    brief: Brief,
    office: str,
    answer: str = "ok",
    *,
    name: str | None = None,
    on: date | None = None,
    comments: str | None = None,
) -> bytes:
    """Record what an office answered, with a hash of the words that it cleared.

    Parameters
    ----------
    brief
        A brief from `load_brief`, as the office had it.
    office
        An office that the brief lists.
    answer
        "ok", "ok with comments", "information" or "no reply".
    name, comments
        Who answered for it, and what it commented.
    on
        The day of the answer; today by default.

    Returns
    -------
    bytes
        The brief's file with the answer, and with every other byte as it was. Nothing is written.

    Raises
    ------
    UsageError
        for an office that is not listed, and for an answer that is none.
    BriefError
        when the file has changed since it was read, or cannot be changed without touching anything else.
    """
    from reportgen.clearances.clearance_record import record_clearance

    return record_clearance(_brief(brief), office, answer, on=on or date.today(), name=name, comments=comments)


def build(
    brief: StrPath,
    output_dir: StrPath = "build",
    *,
    profile: Profile | None = None,
    paper: Paper | None = None,
    theme: StrPath | None = None,
    copy: Copy | None = None,
    word: bool = False,
    check: bool = True,
    overwrite: bool = False,
    draft: bool = False,
    cache: bool = True,
    on_progress: Listener | None = None,
) -> Build:
    """Check a brief, build its memo and deck, audit both, and write them.

    Parameters
    ----------
    brief
        The path of the brief.
    output_dir
        The folder for the files.
    profile, paper, theme, copy
        As in `render_memo` and `render_deck`.
    word
        Whether to write the memo as a Word file, too.
    check
        Whether to check the evidence and audit the files.
    overwrite
        Whether a file that somebody has changed since it was built may be replaced.
    draft
        Whether to print the brief's gaps (`TODO: …`) where they stand, and DRAFT on each page and slide.
    cache
        Whether drawn charts are taken from, and kept in, the user's cache.
    on_progress
        Receives a `Progress` message at each stage.

    Returns
    -------
    Build
        The files written, and the reports of check and audit.

    Raises
    ------
    EvidenceError
        with all findings, when check or audit fails; nothing is written then.
    FileError
        where a file was changed since it was built, with what an audit finds in it; nothing is written then.
    ReportgenError
        as loading and rendering do. A deck that its theme or its slides refuse raises this after the memo was written.
    """
    from msgspec.structs import replace

    from reportgen.pipeline.documents import build

    options = replace(_options(profile, paper, theme=theme, copy=copy), word=bool(word), draft=bool(draft))
    with listening(on_progress):
        return build(_path("brief", brief), _path("output_dir", output_dir), check, options, _workers(cache), overwrite)


def build_all(
    briefs: Sequence[StrPath],
    output_dir: StrPath = "build",
    *,
    jobs: int = 1,
    profile: Profile | None = None,
    paper: Paper | None = None,
    theme: StrPath | None = None,
    check: bool = True,
    overwrite: bool = False,
    draft: bool = False,
    cache: bool = True,
    on_progress: Listener | None = None,
) -> Iterator[Outcome]:
    """Build many briefs; a broken one does not stop the others.

    Parameters
    ----------
    briefs
        The paths of the briefs.
    jobs
        How many processes build at a time. They are spawned: a script that asks for more than one needs
        `if __name__ == "__main__":`, as with `multiprocessing`.
    output_dir, profile, paper, theme, check, overwrite, draft, cache, on_progress
        As in `build`.

    Yields
    ------
    Outcome
        The brief with its `build`, or with the `error` that stopped it, in the order of the briefs.
    """
    from msgspec.structs import replace

    from reportgen.pipeline.batch import build_all

    if isinstance(briefs, str | os.PathLike):
        raise TypeError("briefs must be a sequence of paths, not one path")
    _count("jobs", jobs)
    paths, folder = [_path("briefs", each) for each in briefs], _path("output_dir", output_dir)
    options = replace(_options(profile, paper, theme=theme), draft=bool(draft))

    def outcomes() -> Iterator[Outcome]:
        with listening(on_progress):
            yield from build_all(paths, folder, check, jobs, options, _workers(cache), overwrite)

    return outcomes()


def distribute(
    brief: StrPath,
    recipients: StrPath,
    output_dir: StrPath,
    *,
    numbered: bool = False,
    zip: bool = False,  # noqa: A002  # as the command's option
    password: str = "",
    new_edition: bool = False,
    jobs: int = 1,
    dask: str = "",
    profile: Profile | None = None,
    paper: Paper | None = None,
    theme: StrPath | None = None,
    mailing: Mailing | None = None,
    cache: bool = True,
    on_warning: Callable[[Diagnostic], object] | None = None,
    on_progress: Listener | None = None,
) -> Distribution:
    """Make a stamped packet for everybody on a list, with a manifest and a ledger, and mail it where asked to.

    Parameters
    ----------
    brief, recipients
        The paths of the brief and of the list, a CSV file.
    output_dir
        The folder for packets, manifest and ledger. Repeat the call to continue a run that was stopped.
    numbered
        Whether each page and slide says whose copy it is.
    zip
        Whether each packet is one zip file instead of a folder.
    password
        Encrypts the copies (AES-256; needs the extra `encrypt`).
    new_edition
        Whether a changed brief may begin a new version.
    jobs, dask
        How many spawned processes make packets at a time (see `build_all`), or the address of a Dask scheduler.
    profile, paper, theme
        As in `build`; `paper` is the handout's too.
    mailing
        How the packets are mailed, from `plan_mailing`; they are not without it.
    cache
        Whether drawn charts are taken from, and kept in, the user's cache.
    on_warning
        Receives each warning at once.
    on_progress
        Receives a `Progress` message at each stage.

    Returns
    -------
    Distribution
        The version, how many packets were made now and before, and the result of the mail.

    Raises
    ------
    RecipientsError
        with every problem of the list.
    EditionError
        when the brief has changed since copies were made, and `new_edition` is false.
    ReportgenError
        as `build` does, and when packets cannot be written.
    """
    from reportgen.distribution.packet_makers import Executors
    from reportgen.distribution.run import DistributionOptions, distribute

    _count("jobs", jobs)
    if dask and jobs > 1:
        raise ValueError("jobs and dask both choose who makes the packets: give one of them")
    if password:
        from reportgen.distribution import encryption

        encryption.require_packages()
        password = encryption.read_password({encryption.VARIABLE: password})
    documents = _options(profile, paper, theme=theme)
    options = DistributionOptions(
        numbered, zip, Executors(jobs, dask), new_edition, password, mailing, documents, _workers(cache)
    )
    with listening(on_progress):
        return distribute(
            _path("brief", brief),
            _path("recipients", recipients),
            _path("output_dir", output_dir),
            options,
            on_warning or _ignore,
        )


def plan_mailing(
    url: str,
    confirm: Callable[[Question], bool],
    *,
    sender: str | None = None,
    samples: int | None = None,
    limit: int | None = None,
    pause: float = 0.0,
    give_up: float = 30.0,
    environment: Mapping[str, str] | None = None,
) -> Mailing:
    """Plan how `distribute` mails its packets.

    Parameters
    ----------
    url
        The server: smtp+tls://HOST[:PORT] or smtp+starttls://HOST[:PORT].
    confirm
        Called with a `Question` before anything is sent to recipients; nothing is sent unless it returns true.
    sender
        The sender's address; REPORTGEN_SMTP_USER by default.
    samples
        How many mails go to the sender instead of to recipients.
    limit
        How many mails are sent at most.
    pause
        Seconds between two mails.
    give_up
        Minutes for which mails are tried again that the server refuses for now.
    environment
        Where login and time limit are read from; the process's own by default.

    Returns
    -------
    Mailing
        A value for `distribute`.

    Raises
    ------
    UsageError
        for an address or a number that does not make sense.
    """
    from reportgen.distribution.mail.mail_run import plan_mailing

    if not callable(confirm):
        raise TypeError("confirm must be a function that takes a Question and returns a bool")
    return plan_mailing(url, sender, confirm, samples, limit, pause, environment, give_up)


def verify(folder: StrPath) -> tuple[Manifest, tuple[Diagnostic, ...]]:
    """Check that a folder's packets are as they were made.

    Parameters
    ----------
    folder
        The output folder of `distribute`.

    Returns
    -------
    tuple of Manifest and of Diagnostics
        What was made, and one diagnostic for each file that is missing, was changed or does not belong.

    Raises
    ------
    FileError
        when there is no manifest, or it cannot be read.
    """
    from reportgen.distribution.manifest import verify

    return verify(_path("folder", folder))


def find_owner(file: StrPath, folder: StrPath, *, password: str = "") -> Owner:
    """Find the holder of a numbered copy by its marks, of which all must agree.

    Parameters
    ----------
    file
        A memo, a deck, a handout, a mail with them, or their words as text.
    folder
        The output folder that the copy came from.
    password
        The password of an encrypted copy.

    Returns
    -------
    Owner
        The stamp, and the name, organization and address of the holder.

    Raises
    ------
    EvidenceError
        when no recipient matches the file, or its marks disagree; its diagnostics say what points to whom.
    FileError
        when the file or the ledger cannot be read.
    """
    from reportgen.distribution import encryption
    from reportgen.distribution.whose import find_owner

    environment = {encryption.VARIABLE: password} if password else {}
    return find_owner(_path("file", file), _path("folder", folder), environment)


def find_changes(old: StrPath, new: StrPath | None = None, *, password: str = "") -> Changes:
    """Find what changed between two briefs, two editions or two finished files.

    Parameters
    ----------
    old, new
        Two briefs (files or their folders), two memos or other documents (PDF, Word, HTML, Markdown, text), or two decks. A
        packets folder stands for its last edition, `packets/version-1` in it for the first; without `new`, the last two
        editions of a packets folder are compared.
    password
        The password of encrypted copies.

    Returns
    -------
    Changes
        `numbers` with the words of their sources, `texts` with the words that went and came, and `warnings` where the two are
        different works, or the old one is dated later.

    Raises
    ------
    UsageError
        for two that cannot be compared, such as a memo and a deck.
    BriefError, FileError, EvidenceError
        for one that cannot be read, and an encrypted copy that opens with another password.
    """
    from reportgen.distribution import encryption
    from reportgen.distribution.editions.compared_states import find_changes

    environment = {encryption.VARIABLE: password} if password else {}
    return find_changes(_path("old", old), None if new is None else _path("new", new), environment)


def _render(kind: str, brief: Brief, options: Options, cache: bool, on_progress: Listener | None) -> bytes:
    from reportgen.pipeline.kinds import KINDS

    with listening(on_progress):
        return KINDS[kind].start(_brief(brief), options, _workers(cache)).result()


def _ignore(_: Diagnostic) -> None:
    """Receive a warning that nobody listens to."""


def _workers(cache: bool) -> Workers:
    """Return workers that do everything in the calling thread."""
    from reportgen.pdf.typesetting import Workers
    from reportgen.system.cache import Cache

    return Workers(cache=Cache.of_user() if cache else None)


def _options(
    profile: str | None = None,
    paper: str | None = None,
    attach_brief: bool = False,
    theme: StrPath | None = None,
    copy: str | None = None,
) -> Options:
    """Return how documents are made. Raises ValueError for a profile, a paper or a copy that does not exist."""
    from reportgen.memo.profiles import COPIES, PROFILES
    from reportgen.pdf.paper import PAPERS
    from reportgen.pipeline.kinds import Options

    _choice("profile", profile, [None, *PROFILES])
    _choice("paper", paper, [None, *PAPERS])
    _choice("copy", copy, [None, *COPIES])
    house = None if theme is None else _path("theme", theme)
    return Options(profile, paper, bool(attach_brief), house, copy=copy or "")


def _choice(name: str, value: object, choices: Sequence[object]) -> None:
    if value not in choices:
        known = ", ".join(repr(choice) for choice in choices)
        raise ValueError(f"{name} must be one of {known}, not {value!r}")


def _count(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")


def _path(name: str, value: object) -> Path:
    if not isinstance(value, str | os.PathLike):
        raise TypeError(f"{name} must be a path (str or Path), not {type(value).__name__}")
    return Path(value)


def _brief(value: object) -> Brief:
    from reportgen.brief.model import Brief

    if not isinstance(value, Brief):
        raise TypeError(f"brief must be a Brief, which load_brief returns, not {type(value).__name__}")
    return value
