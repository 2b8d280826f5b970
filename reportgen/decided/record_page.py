"""The decision record: one page with what was decided, by whom and when, and who does what by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from reportgen import brand as brands
from reportgen.decided.decision import DISCUSS, NONE_OF_THESE, UNMARKED, Decided, Decision
from reportgen.markup import subset
from reportgen.markup.paper_elements import build_paper_elements, build_text_element
from reportgen.markup.subset import Element, Grammar, names
from reportgen.markup.templates import render_template, template_folders
from reportgen.memo.ballot import CHOICES
from reportgen.pdf import banner, paper as sheet
from reportgen.pdf.glyphs import GlyphError, require_glyphs
from reportgen.pdf.job import Job
from reportgen.system.creation_time import find_creation_time
from reportgen.system.errors import FileError, Location
from reportgen.system.resources import asset
from reportgen.text.languages import find_direction, load_labels
from reportgen.text.languages.label_fields import Labels
from reportgen.text.languages.writing_tag import strip_tag
from reportgen.text.numbers import format_long_date, format_short_date

TEMPLATE = "decided/record.html"
MEASURE = 480.0  # points: the memo's
INLINE = names("strong em br span")
FLOW = names("p section table div h2")
_text = partial(build_text_element, INLINE)

RECORD = Grammar(
    "decision record",
    "html",
    {
        **build_paper_elements(INLINE),
        "body": Element(FLOW | names("header article")),
        "header": Element(FLOW | names("h1")),
        "section": Element(FLOW, classes=names("acts")),
        "div": Element(FLOW, classes=names("block")),
        "h2": _text("rule"),
        "p": _text("marking organization kind place source detail"),
        "table": Element(names("colgroup thead tbody"), classes=names("letterhead")),
        "col": Element(classes=names("number decision who")),
        "th": Element(INLINE | names("h1"), names("scope"), names("scope"), text=True),
        "td": Element(INLINE | names("h1 p"), text=True),
        "span": Element(INLINE, names("lang"), text=True),
    },
)


class RecordRow(Struct, frozen=True):
    """An act, what was decided on it, and for an approved one who acts by when."""

    template_names: ClassVar[tuple[str, ...]] = ("number", "act", "decision", "by", "who", "when")

    number: int
    act: str
    decision: str
    by: str
    who: str
    when: str


class RecordView(Struct, frozen=True):
    """Everything that the record prints, in its language."""

    template_names: ClassVar[tuple[str, ...]] = (
        "title",
        "memo",
        "decider",
        "signed",
        "option",
        "rows",
        "comments",
        "beside",
        "form",
    )

    title: str
    memo: str
    decider: str
    signed: str
    option: str
    rows: tuple[RecordRow, ...]
    comments: str
    beside: tuple[str, ...]
    form: str


def render_record(decision: Decision, folder: Path | None = None, paper: str | None = None) -> bytes:
    """Return the record as a PDF, tagged, PDF/A-3a and PDF/UA-1, in the brand and with the templates of a brief's folder, or in ours.

    Its bytes depend on the decision alone: its date is the memo's. Raises TemplateError, FitError for a banner that is too wide, and
    FileError for a character that no font has.
    """
    from reportgen.pdf.engine import Press

    brand, folders = brands.load(folder), template_folders(folder)
    ballot = decision.ballot
    labels = load_labels(ballot.language)
    view = _build_view(decision, labels)
    html = _fill_template(decision, view, labels, folders)
    running = {
        "title": sheet.shorten_running_title(view.title, brand, MEASURE),
        "marking": "\n".join(ballot.marks.lines),
        "kind": f"{labels.record.kind} · {view.memo}",
        **sheet.split_page_number(labels.format_page),
    }
    size = sheet.find_paper(paper, ballot.language, brand)
    measure = sheet.find_measure(brand, size, MEASURE)
    lengths = {"measure": measure, "marked": banner.measure_banner(ballot.marks.lines, brand, measure, None)}
    stylesheet = sheet.write_stylesheet(brand, size, measure, running, lengths)
    fonts = sheet.select_fonts(brand, html, stylesheet)
    try:
        require_glyphs(html, {}, fonts)
    except GlyphError as error:
        raise FileError(
            error.diagnostics[0].message,
            Location(decision.file),
            "name the brief too, whose _brand.yml has its fonts, or add a font to that file",
        ) from None
    return Press(Job(html, fonts, (*folders, asset()), {}, stylesheet, ballot.marks.rights)).lay_out().pdf()


def _fill_template(decision: Decision, view: RecordView, labels: Labels, folders: Sequence[Path]) -> str:
    ballot = decision.ballot
    html = render_template(
        TEMPLATE,
        folders,
        {},
        page=view,
        labels=labels,
        language=strip_tag(ballot.language),
        direction=find_direction(ballot.language),
        marks=ballot.marks,
        timestamp=find_creation_time(date.fromisoformat(ballot.date)).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    subset.parse(html, TEMPLATE, RECORD)
    return html


def _build_view(decision: Decision, labels: Labels) -> RecordView:
    ballot, words = decision.ballot, labels.record
    day = format_long_date(date.fromisoformat(ballot.date), ballot.language)
    option = ""
    if ballot.options:
        others = {NONE_OF_THESE: labels.forms.none_of_these, DISCUSS: labels.forms.discuss, "": words.not_marked}
        number = decision.option
        option = f"{number}. {decision.option_title}" if isinstance(number, int) else others[number]
    return RecordView(
        ballot.title,
        f"{labels.forms.names[ballot.form]} · {day}",
        f"{ballot.decider} ({decision.signature})"
        if decision.signature not in ("", ballot.decider)
        else ballot.decider,
        decision.signed or words.no_date,
        option,
        tuple(_build_row(each, labels, ballot.language) for each in decision.recommendations),
        decision.comments,
        tuple(
            f"{words.beside.format(page=each.page)}{f' ({each.author})' if each.author else ''}{labels.marks.colon}{each.words}"
            for each in decision.beside
        ),
        words.read_from.format(file=decision.file.replace("\\", "/").rpartition("/")[2], hash=decision.sha256),
    )


def _build_row(each: Decided, labels: Labels, language: str) -> RecordRow:
    choices = {**dict(zip(CHOICES, labels.forms.choices, strict=True)), UNMARKED: labels.record.not_marked}
    when = format_short_date(date.fromisoformat(each.item.deadline), None, language) if each.item.deadline else ""
    if each.item.deadline_note:
        when = f"{when} ({each.item.deadline_note})" if when else each.item.deadline_note
    act = each.item.act or each.item.title
    by = ", ".join(word for word in (each.initials, each.date) if word)
    who = ", ".join(each.item.lead) if each.is_approved else ""
    return RecordRow(each.number, act, choices[each.decision], by, who, when if each.is_approved else "")
