"""Turn a deck's slides into the handout's entries: plain values for the template, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar, Literal

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brief.model import Brief
from reportgen.charts.base import Chart
from reportgen.charts.style import Style
from reportgen.deck.values import Deck, Drawing, Paragraph, Slide, Slot, TableContent, Text, runs_of
from reportgen.handout.handout_elements import get_kind
from reportgen.handout.prose import render_heading, render_paragraphs, render_runs
from reportgen.pdf.drawings import require_room
from reportgen.system.errors import FitError
from reportgen.text.languages.label_fields import Labels
from reportgen.text.trace import strip_marks

# Lengths are points.
MEASURE = 526.0  # the width of the text, the same on every paper
SHOWN = 234.0  # the left column, for the slide's contents
TALLEST = 250.0  # a drawing that would be taller in the column takes the full measure
MOST_COLUMNS = 2  # of a table that stands in the column
LONG_NOTES = 3200  # letters
LINE = 40  # letters that a paragraph takes besides its own, for its last line and the space below it
LONG_TABLE = 22  # rows: a longer entry fills more than a page, and may begin anywhere on one
CELL_SIZE, CELL_GAP = 8.25, 8.0  # the type size of tables, and the space between two columns

NoteKind = Literal["said", "asked", "evidence"]

SOURCE = "source"
ABOVE = frozenset({"subtitle"})
EXHIBITS = frozenset({"drawing", "table", "number", "label"})


class Part(Struct, frozen=True):
    """The contents of one slot; `kind` is the slot's name without its number, and one of the other fields is set."""

    template_names: ClassVar[tuple[str, ...]] = ("kind", "text", "src", "alt", "table", "caption")

    kind: str
    text: Markup | None = None
    src: str = ""
    alt: str = ""
    table: TableContent | None = None
    caption: str = ""


class Note(Struct, frozen=True):
    template_names: ClassVar[tuple[str, ...]] = ("kind", "text")

    kind: NoteKind
    text: Markup


class Entry(Struct, frozen=True):
    """One slide; a `wide` exhibit takes the full measure, a `long` entry may run over a page's end."""

    template_names: ClassVar[tuple[str, ...]] = (
        "anchor", "number", "section", "title", "parts", "notes", "wide", "long", "exhibit", "points", "columns", "evidence",
        "said", "halves",
    )  # fmt: skip

    anchor: str
    number: str
    section: str
    title: Markup
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    wide: bool
    long: bool

    @property
    def exhibit(self) -> tuple[Part, ...]:
        """The exhibit with its subtitle and source: beside the notes, or above them when it is wide."""
        if not any(part.kind in EXHIBITS for part in self.parts):
            return ()
        return tuple(part for part in self.parts if part.kind in ABOVE | EXHIBITS) + self._sources

    @property
    def points(self) -> tuple[Part, ...]:
        """The other parts of the slide, in its order."""
        points = tuple(part for part in self.parts if part not in self.exhibit and part.kind != SOURCE)
        return points if self.exhibit else points + self._sources

    @property
    def columns(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """The points in the left and the right column; the right one is free where there are no notes."""
        return (self.points[:1], self.points[1:]) if not self.notes and not self.exhibit else (self.points, ())

    @property
    def _sources(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind == SOURCE)

    @property
    def evidence(self) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.kind == "evidence")

    @property
    def said(self) -> tuple[Note, ...]:
        """The notes on what the briefer says and may be asked."""
        return tuple(note for note in self.notes if note.kind != "evidence")

    @property
    def halves(self) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
        """The said notes in both columns where the left one would be empty, split into halves of about equal length."""
        if not self.wide or self.points or self.evidence or _length(self.said) > LONG_NOTES:
            return (), self.said
        ends = [index for index in range(len(self.said) + 1) if not index or self.said[index - 1].kind != "asked"]
        at = min(ends, key=lambda end: abs(_length(self.said[:end]) - _length(self.said[end:])))
        return self.said[:at], self.said[at:]


class View(Struct, frozen=True):
    """All entries, the drawings by name with their widths in points, and the widths of tables' columns as shares."""

    entries: tuple[Entry, ...]
    charts: Mapping[str, tuple[Chart, float]]
    columns: Mapping[str, tuple[float, ...]]
    """By the anchor of the entry that holds the table."""


def build_view(deck: Deck, brief: Brief, brand: Brand, labels: Labels, numbers: Mapping[str, str]) -> View:
    """Return the deck for paper; drawings come from the brief's exhibits, to be drawn at the page's size."""
    entries, charts, columns = [], {}, {}
    for place, slide in enumerate(deck.slides, 1):
        wide = any(_is_wide(slot, brief, brand) for slot in slide.slots)
        width = MEASURE if wide else SHOWN
        anchor = f"slide-{place}"
        entries.append(_build_entry(slide, anchor, numbers.get(slide.id, str(place)), wide, labels))
        for slot in slide.slots:
            if isinstance(slot.content, Drawing):
                chart, name = _chart(brief, slot.content), slot.content.exhibit
                require_room(chart, width, Style.memo(brand), name, brief.where("exhibits", name))
                charts[_src(slot.content, wide)] = (chart, width)
            elif isinstance(slot.content, TableContent):
                columns[anchor] = _distribute_widths(slot.content, width, brand)
    return View(tuple(entries), charts, columns)


def _build_entry(slide: Slide, anchor: str, number: str, wide: bool, labels: Labels) -> Entry:
    title = next((slot.content for slot in slide.slots if slot.name == "title"), None)
    rows = max((len(slot.content.rows) for slot in slide.slots if isinstance(slot.content, TableContent)), default=0)
    return Entry(
        anchor,
        number,
        slide.section or "",
        render_heading(title.paragraphs) if isinstance(title, Text) else Markup(""),
        tuple(_build_part(slot, wide, labels) for slot in slide.slots if slot.name != "title"),
        tuple(_build_notes(slide.notes, labels)),
        wide,
        rows >= LONG_TABLE or _count_letters(slide) >= LONG_NOTES,
    )


def _count_letters(slide: Slide) -> int:
    """Return the number of letters in the fuller of the two columns."""
    shown = sum(
        len(run.text) for slot in slide.slots if isinstance(slot.content, Text) for run in runs_of(slot.content)
    )
    return max(shown, sum(len(paragraph.text) for paragraph in slide.notes))


def _length(notes: Sequence[Note]) -> int:
    """Return the room that notes take, in letters; each begins a line of its own."""
    return sum(len(strip_marks(note.text)) + LINE for note in notes)


def _build_part(slot: Slot, wide: bool, labels: Labels) -> Part:
    match slot.content:
        case Drawing() as drawing:
            return Part("drawing", src=_src(drawing, wide), alt=drawing.alt)
        case TableContent() as table:
            return Part(
                "table",
                table=table,
                caption=labels.format_count(labels.handout.table, len(table.rows), rows=str(len(table.rows))),
            )
        case Text(paragraphs=paragraphs):
            return Part(get_kind(slot.name), text=render_paragraphs(paragraphs))


def _build_notes(paragraphs: tuple[Paragraph, ...], labels: Labels) -> Iterator[Note]:
    """Yield the notes, each with the list after it; those with the sources' words lose their label, printed once over all."""
    starts = [index for index, each in enumerate(paragraphs) if not each.list or not index]
    for start, end in pairwise([*starts, len(paragraphs)]):
        paragraph, text = paragraphs[start], paragraphs[start].text
        if text.startswith(labels.deck.evidence):
            first, *others = paragraph.runs
            rest = replace(first, text=first.text.removeprefix(labels.deck.evidence).lstrip())
            yield Note("evidence", Markup("<p>{}</p>").format(render_runs((rest, *others))))
        else:
            yield Note(
                "asked" if text.startswith(labels.deck.asked) else "said", render_paragraphs(paragraphs[start:end])
            )


def _is_wide(slot: Slot, brief: Brief, brand: Brand) -> bool:
    match slot.content:
        case TableContent() as table:
            return len(table.header) > MOST_COLUMNS
        case Drawing() as drawing:
            return not _fits_column(_chart(brief, drawing), brand)
    return False


def _fits_column(chart: Chart, brand: Brand) -> bool:
    """Return True if the drawing has room in the column and is not too tall for it."""
    try:
        return chart.scene(SHOWN, Style.memo(brand)).height <= TALLEST
    except FitError:
        return False


def _chart(brief: Brief, drawing: Drawing) -> Chart:
    chart = brief.exhibits[drawing.exhibit]
    assert isinstance(chart, Chart), "the compiler makes drawings of charts alone"
    return chart


def _src(drawing: Drawing, wide: bool) -> str:
    """Return the name under which the HTML asks for a drawing: one for each width, so that none is drawn twice."""
    return f"charts/{drawing.exhibit}{'-wide' if wide else ''}.svg"


def _distribute_widths(table: TableContent, measure: float, brand: Brand) -> tuple[float, ...]:
    """Return the slide's shares, with each column at least as wide as its longest word where there is room for all."""
    face = fonts.find_paper_face(brand, brand.sans, weight=600)
    cells = [
        max(fonts.measure_longest_word(face, "".join(run.text for run in cell.runs), CELL_SIZE) for cell in column)
        + CELL_GAP
        + 1
        for column in zip(*table.all_rows, strict=True)
    ]
    least = [min(width, measure / len(cells)) for width in cells]
    spare = [max(share * measure - width, 0.0) for share, width in zip(table.widths, least, strict=True)]
    free = measure - sum(least)
    total = sum(spare) or 1.0
    return tuple((width + free * part / total) / measure for width, part in zip(least, spare, strict=True))
