"""What each slide should say: the compiled deck as shapes with their names, their boxes and their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from reportgen.audit.align import Region, drawn
from reportgen.audit.audit_report import Place
from reportgen.audit.origins import Mark
from reportgen.charts.scene import NativeChart, SceneText
from reportgen.deck.layouts import FURNITURE, LAYOUTS, MARKS, OPENING
from reportgen.deck.reading.deck_reader import RAISED
from reportgen.deck.theme import Theme
from reportgen.deck.values import EMU_PER_POINT, Box, Deck, Drawing, Paragraph, Run, Slide, Slot, TableContent, Text

HOLDS = {"title": ("title", "ctrTitle"), "footer": ("ftr",), "date": ("dt",), "slide-number": ("sldNum",)}


class Expected(Struct, frozen=True):
    """A shape as it should be: one text, or a table's cells, or a chart; the alternative text, where it has one."""

    name: str
    box: Box | None
    text: Region | None = None
    rows: tuple[tuple[Region, ...], ...] = ()
    chart: NativeChart | None = None
    alt: str = ""
    holds: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Everything that it says, for being known again."""
        if self.chart:
            return " ".join([*self.chart.categories, *(series.name for series in self.chart.series)])
        return self.text.text if self.text else " ".join(cell.text for row in self.rows for cell in row)


def expected(deck: Deck, slide: Slide, number: int, theme: Theme) -> tuple[Expected, ...]:
    """The shapes of a slide that stands at this number."""
    boxes = theme.boxes(slide.layout)
    found: list[Expected] = []
    for slot in slide.slots:
        found += _slot(slot, slot.box or boxes[slot.name], slide)
    for name in (*FURNITURE, *OPENING):
        placeholder = theme.layouts[slide.layout].get(name)
        if LAYOUTS[slide.layout].slot(name) is None or (placeholder is None and name not in OPENING):
            continue
        own = placeholder.words if placeholder else ""
        words = str(number) if name == "slide-number" else own or deck.properties.furniture_text(name)
        if words:
            mark = Mark(0, len(words), "structural", name.replace("-", " "))
            box = placeholder.box if placeholder else None
            found.append(Expected(name, box, Region(words, Place(), (mark,)), holds=HOLDS.get(name, ())))
    return tuple(found)


def notes(slide: Slide) -> Region:
    return _text(slide.notes)


def _slot(slot: Slot, box: Box, slide: Slide) -> Iterator[Expected]:
    match slot.content:
        case Text(paragraphs, _):
            text = _numbered(paragraphs) if slide.part and slot.name == "title" else _text(paragraphs)
            yield Expected(slot.name, box, text, holds=HOLDS.get(slot.name, ("body", "subTitle", "obj")))
        case TableContent() as table:
            rows = tuple(
                tuple(_cell(table, row, column) for column in range(len(cells)))
                for row, cells in enumerate(table.all_rows)
            )
            yield Expected(f"table: {table.exhibit or slide.id}", box, rows=rows, alt=table.alt)
        case Drawing() as drawing:
            yield from _drawing(drawing, box)


def _drawing(drawing: Drawing, box: Box) -> Iterator[Expected]:
    name = f"{drawing.kind}: {drawing.exhibit}"
    if isinstance(drawing.native, NativeChart):
        yield Expected(name, box, chart=drawing.native, alt=drawing.alt)
        return
    yield Expected(name, None, alt=drawing.alt)
    for item in drawing.native.items:
        if isinstance(item, SceneText):
            place = Box(box.x + _emu(item.x), box.y + _emu(item.y), _emu(item.width), _emu(item.height))
            yield Expected(f"label: {' '.join(item.text.split())[:40]}", place, drawn(item.text))


def _emu(points: float) -> int:
    return round(points * EMU_PER_POINT)


def _cell(table: TableContent, row: int, column: int) -> Region:
    """A cell's words behind its sign; in a column headed "#" stand the rows' numbers."""
    cell = table.all_rows[row][column]
    region = _runs(cell.runs)
    if cell.mark:
        sign = f"{MARKS[cell.mark].sign}\t"
        moved = tuple(Mark(mark.start + len(sign), mark.end + len(sign), mark.kind, mark.id) for mark in region.marks)
        return Region(sign + region.text, Place(), moved)
    head = "".join(run.text for run in table.header[column].runs)
    if row and head == "#":
        return Region(region.text, Place(), (Mark(0, len(region.text), "structural", "row"),))
    return region


def _numbered(paragraphs: Sequence[Paragraph]) -> Region:
    """A title whose last run, such as "(2 of 3)", says which part of the slide this is."""
    region, suffix = _text(paragraphs), paragraphs[-1].runs[-1].text
    end = len(region.text) - 1
    return Region(region.text, Place(), (*region.marks, Mark(end - len(suffix), end, "structural", "part")))


def _text(paragraphs: Sequence[Paragraph]) -> Region:
    text, marks = "", []
    for paragraph in paragraphs:
        region = _runs(paragraph.runs)
        marks += [Mark(mark.start + len(text), mark.end + len(text), mark.kind, mark.id) for mark in region.marks]
        text += region.text + "\n"
    return Region(text, Place(), tuple(marks))


def _runs(runs: Sequence[Run]) -> Region:
    text, marks = "", []
    for run in runs:
        words = f"{RAISED}{run.text}{RAISED}" if run.superscript or run.subscript else run.text
        if run.fact:
            marks.append(Mark(len(text), len(text) + len(words), "fact", run.fact))
        text += words
    return Region(text, Place(), tuple(marks))
