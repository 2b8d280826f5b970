"""A deck's slides as the handout shows them: plain values, in the slides' order and their reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brief.model import Brief
from reportgen.charts.base import Chart
from reportgen.charts.scene import SceneText
from reportgen.charts.style import Style
from reportgen.deck.values import Deck, Drawing, Paragraph, Slide, Slot, TableContent, Text, runs_of
from reportgen.handout.handout_elements import kind_of
from reportgen.handout.prose import render_heading, render_paragraphs, render_runs
from reportgen.system.errors import FitError
from reportgen.text.languages.label_fields import Labels

MEASURE = 526.0  # points: the width of all that is printed, the same on every paper
SHOWN = 234.0  # points: the left column, what is on the slide
TALLEST = 250.0  # points: a drawing that would be taller in the column takes the full measure
MOST_COLUMNS = 2  # of a table that stands in the column
LONG_NOTES = 3200  # letters, and
LINE = 40  # letters that a paragraph takes besides its own, for its last line and the space below it
LONG_TABLE = 22  # rows: from about here on an entry is more than a page, and may begin anywhere on one
CELL, GAP = 8.25, 8.0  # the type size of tables, and what stands between two columns, in points

NoteKind = Literal["said", "asked", "evidence"]


SOURCE = "source"
ABOVE = frozenset({"subtitle"})
EXHIBITS = frozenset({"drawing", "table", "number", "label"})


class Part(Struct, frozen=True):
    """What fills one slot. `kind` is the slot's name without its number; one of the other fields is set."""

    kind: str
    text: Markup | None = None
    src: str = ""
    alt: str = ""
    table: TableContent | None = None
    caption: str = ""


class Note(Struct, frozen=True):
    kind: NoteKind
    text: Markup


class Entry(Struct, frozen=True):
    """One slide. `wide` exhibits take the full measure; `long` entries may be parted by the page's end."""

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
        """The exhibit with what stands over it, and its source: beside the notes, or above them when it is wide."""
        if not any(part.kind in EXHIBITS for part in self.parts):
            return ()
        return tuple(part for part in self.parts if part.kind in ABOVE | EXHIBITS) + self._sources

    @property
    def points(self) -> tuple[Part, ...]:
        """All that the slide says besides, in its order."""
        said = tuple(part for part in self.parts if part not in self.exhibit and part.kind != SOURCE)
        return said if self.exhibit else said + self._sources

    @property
    def columns(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """The points left and right: the right column is free for them where nothing is said."""
        return (self.points[:1], self.points[1:]) if not self.notes and not self.exhibit else (self.points, ())

    @property
    def _sources(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind == SOURCE)

    @property
    def evidence(self) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.kind == "evidence")

    @property
    def said(self) -> tuple[Note, ...]:
        """What the briefer says and may be asked."""
        return tuple(note for note in self.notes if note.kind != "evidence")

    @property
    def halves(self) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
        """What is said in both columns, where the left one would be empty: parted where both are about as full."""
        if not self.wide or self.points or self.evidence or _length(self.said) > LONG_NOTES:
            return (), self.said
        ends = [index for index in range(len(self.said) + 1) if not index or self.said[index - 1].kind != "asked"]
        at = min(ends, key=lambda end: abs(_length(self.said[:end]) - _length(self.said[end:])))
        return self.said[:at], self.said[at:]


class View(Struct, frozen=True):
    """All entries, the drawings by their names with their widths in points, and the tables' columns as shares."""

    entries: tuple[Entry, ...]
    charts: Mapping[str, tuple[Chart, float]]
    columns: Mapping[str, tuple[float, ...]]
    """By the anchor of the entry that holds the table."""


def build_view(deck: Deck, brief: Brief, brand: Brand, labels: Labels, numbers: Mapping[str, str]) -> View:
    """The deck for paper; the exhibits that are drawings are taken from the brief, to be drawn for the page."""
    entries, charts, columns = [], {}, {}
    for place, slide in enumerate(deck.slides, 1):
        wide = any(_is_wide(slot, brief, brand) for slot in slide.slots)
        width = MEASURE if wide else SHOWN
        anchor = f"slide-{place}"
        entries.append(_entry(slide, anchor, numbers.get(slide.id, str(place)), wide, labels))
        for slot in slide.slots:
            if isinstance(slot.content, Drawing):
                charts[_src(slot.content, wide)] = (_chart(brief, slot.content), width)
            elif isinstance(slot.content, TableContent):
                columns[anchor] = column_shares(slot.content, width, brand)
    return View(tuple(entries), charts, columns)


def _entry(slide: Slide, anchor: str, number: str, wide: bool, labels: Labels) -> Entry:
    title = next((slot.content for slot in slide.slots if slot.name == "title"), None)
    rows = max((len(slot.content.rows) for slot in slide.slots if isinstance(slot.content, TableContent)), default=0)
    return Entry(
        anchor,
        number,
        slide.section or "",
        render_heading(title.paragraphs) if isinstance(title, Text) else Markup(""),
        tuple(_part(slot, wide, labels) for slot in slide.slots if slot.name != "title"),
        tuple(_notes(slide.notes, labels)),
        wide,
        rows >= LONG_TABLE or _letters(slide) >= LONG_NOTES,
    )


def _letters(slide: Slide) -> int:
    """How much there is to read in the fuller of the two columns."""
    shown = sum(
        len(run.text) for slot in slide.slots if isinstance(slot.content, Text) for run in runs_of(slot.content)
    )
    return max(shown, sum(len(paragraph.text) for paragraph in slide.notes))


def _length(notes: Sequence[Note]) -> int:
    """How much room notes take, in letters; each begins a line of its own."""
    return sum(len(note.text) + LINE for note in notes)


def _part(slot: Slot, wide: bool, labels: Labels) -> Part:
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
            return Part(kind_of(slot.name), text=render_paragraphs(paragraphs))


def _notes(paragraphs: tuple[Paragraph, ...], labels: Labels) -> Iterator[Note]:
    """What is said, what may be asked, and the sources' words; the label of the last is printed once, over them all."""
    for paragraph in paragraphs:
        text = paragraph.text
        if text.startswith(labels.deck.evidence):
            first, *others = paragraph.runs
            rest = replace(first, text=first.text.removeprefix(labels.deck.evidence).lstrip())
            yield Note("evidence", Markup("<p>{}</p>").format(render_runs((rest, *others))))
        else:
            yield Note("asked" if text.startswith(labels.deck.asked) else "said", render_paragraphs((paragraph,)))


def _is_wide(slot: Slot, brief: Brief, brand: Brand) -> bool:
    match slot.content:
        case TableContent() as table:
            return len(table.header) > MOST_COLUMNS
        case Drawing() as drawing:
            return not _fits_column(_chart(brief, drawing), brand)
    return False


def _fits_column(chart: Chart, brand: Brand) -> bool:
    """Whether the column is wide enough: the drawing is not tall in it, and no word in it is broken."""
    style = Style.memo(brand)
    try:
        scene = chart.scene(SHOWN, style)
    except FitError:
        return False
    texts = [item for item in scene.items if isinstance(item, SceneText)]
    return scene.height <= TALLEST and all(style.longest_word(item.text, item.bold) <= item.width + 1 for item in texts)


def _chart(brief: Brief, drawing: Drawing) -> Chart:
    chart = brief.exhibits[drawing.exhibit]
    assert isinstance(chart, Chart), "the compiler makes drawings of charts alone"
    return chart


def _src(drawing: Drawing, wide: bool) -> str:
    """The name under which a drawing is served: one for each width, so that none is drawn twice."""
    return f"charts/{drawing.exhibit}{'-wide' if wide else ''}.svg"


def column_shares(table: TableContent, measure: float, brand: Brand) -> tuple[float, ...]:
    """The slide's shares, but no column narrower than its longest word where the measure has room for all of them."""
    face = fonts.find_paper_face(brand, brand.sans, weight=600)
    cells = [
        max(fonts.measure_longest_word(face, "".join(run.text for run in cell.runs), CELL) for cell in column) + GAP + 1
        for column in zip(*table.all_rows, strict=True)
    ]
    least = [min(width, measure / len(cells)) for width in cells]
    spare = [max(share * measure - width, 0.0) for share, width in zip(table.widths, least, strict=True)]
    free = measure - sum(least)
    total = sum(spare) or 1.0
    return tuple((width + free * part / total) / measure for width, part in zip(least, spare, strict=True))
