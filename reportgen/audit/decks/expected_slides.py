"""The expected words of each slide: the compiled deck as shapes with their names, boxes and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportgen.audit.align import Region
from reportgen.audit.brief_places import BriefPlaces
from reportgen.audit.origins import Mark
from reportgen.charts.scene import MARKS, NativeChart, SceneText
from reportgen.deck.layouts import FURNITURE, LAYOUTS, OPENING
from reportgen.deck.theme import Theme
from reportgen.deck.values import EMU_PER_POINT, Box, Deck, Drawing, Paragraph, Run, Slide, Slot, TableContent, Text
from reportgen.deck.view.view_values import RAISED
from reportgen.text.trace import Piece, find_common_path, shift_pieces

FURNITURE_PATHS = {"footer": "title", "date": "date"} | dict.fromkeys(
    ("marking", "designation", "distribution"), "marking"
)
"""The paths of the brief that the furniture's words come from."""
HOLDS = {"title": ("title", "ctrTitle"), "footer": ("ftr",), "date": ("dt",), "slide-number": ("sldNum",)}


class ExpectedShape(Struct, frozen=True):
    """A shape as it should be: a text, a table's cells or a chart, and an alternative text where it has one.

    `holds` names the kinds of placeholder that it may be; `box` is in EMU.
    """

    name: str
    box: Box | None
    text: Region | None = None
    rows: tuple[tuple[Region, ...], ...] = ()
    chart: NativeChart | None = None
    alt: str = ""
    holds: tuple[str, ...] = ()
    exhibit: str = ""

    @property
    def path(self) -> str:
        """The path of the brief's text or exhibit that it shows; "" where it shows none."""
        regions = [self.text] if self.text else [cell for row in self.rows for cell in row]
        paths = [path for region in regions for piece in region.trace for path in piece.paths]
        return f"exhibits.{self.exhibit}" if self.exhibit else find_common_path(paths)

    @property
    def words(self) -> str:
        """Everything that it says, to recognize it by."""
        if self.chart:
            return " ".join([*filter(None, self.chart.axis_names), *(series.name for series in self.chart.series)])
        return self.text.text if self.text else " ".join(cell.text for row in self.rows for cell in row)


def expect_slide(
    deck: Deck, slide: Slide, number: int, theme: Theme, any_furniture: bool = False, places: BriefPlaces | None = None
) -> tuple[ExpectedShape, ...]:
    """Return the shapes of a slide that stands at this number; with `any_furniture`, also what the theme has no place for."""
    boxes = theme.boxes(slide.layout)
    shapes: list[ExpectedShape] = []
    for slot in slide.slots:
        shapes += _expect_slot(slot, slot.box or boxes[slot.name], slide, places)
    for name in (*FURNITURE, *OPENING):
        placeholder = theme.layouts[slide.layout].get(name)
        if LAYOUTS[slide.layout].slot(name) is None or (
            placeholder is None and name not in OPENING and not any_furniture
        ):
            continue
        own = placeholder.words if placeholder else ""
        words = str(number) if name == "slide-number" else own or deck.properties.furniture_text(name)
        if words:
            box = placeholder.box if placeholder else None
            kind = deck.properties.marks.key if name == "marking" else name.replace("-", " ")
            path = kind if name == "marking" else FURNITURE_PATHS.get(name, "")
            text = Region.structural(words, kind, "" if own else path)
            shapes.append(ExpectedShape(name, box, text, holds=HOLDS.get(name, ())))
    return tuple(shapes)


def list_printed(deck: Deck, theme: Theme, places: BriefPlaces) -> set[str]:
    """Return the paths of the brief's texts that a deck prints: on slides, in tables, drawings and notes, and as descriptions."""
    found: set[str] = set()
    for number, slide in enumerate(deck.slides, 1):
        shapes = expect_slide(deck, slide, number, theme, places=places)
        regions = [expect_notes(slide), *(shape.text for shape in shapes if shape.text)]
        regions += [cell for shape in shapes for row in shape.rows for cell in row]
        found |= {path for region in regions for piece in region.trace for path in piece.paths}
        for slot in slide.slots:
            if isinstance(slot.content, Drawing):
                found |= _list_drawn(slot.content, places)
            elif isinstance(slot.content, TableContent) and slot.content.exhibit:
                found.add(f"exhibits.{slot.content.exhibit}.alt")
    return found


def _list_drawn(drawing: Drawing, places: BriefPlaces) -> set[str]:
    native = drawing.native
    if isinstance(native, NativeChart):
        labels = [point.label or "" for series in native.series for point in series.points]
        texts = [*native.categories, *(series.name for series in native.series), native.unit, *labels]
    else:
        texts = list(native.texts)
    found = {path for text in texts for path in places.find_labels(drawing.exhibit, text)}
    return found | {f"exhibits.{drawing.exhibit}.alt"}


def expect_notes(slide: Slide) -> Region:
    """Return the words of a slide's notes."""
    return _join_paragraphs(slide.notes)


def _expect_slot(slot: Slot, box: Box, slide: Slide, places: BriefPlaces | None) -> Iterator[ExpectedShape]:
    match slot.content:
        case Text(paragraphs, _):
            text = _join_paragraphs(paragraphs)
            if slide.part and slot.name == "title":
                text = _mark_part(text, paragraphs[-1].runs[-1].text)
            yield ExpectedShape(slot.name, box, text, holds=HOLDS.get(slot.name, ("body", "subTitle", "obj")))
        case TableContent() as table:
            rows = tuple(
                tuple(_expect_cell(table, row, column) for column in range(len(cells)))
                for row, cells in enumerate(table.all_rows)
            )
            name = f"table: {table.exhibit or slide.id}"
            yield ExpectedShape(name, box, rows=rows, alt=table.alt, exhibit=table.exhibit or "")
        case Drawing() as drawing:
            yield from _expect_drawing(drawing, box, places)


def _expect_drawing(drawing: Drawing, box: Box, places: BriefPlaces | None) -> Iterator[ExpectedShape]:
    name = f"{drawing.kind}: {drawing.exhibit}"
    if isinstance(drawing.native, NativeChart):
        yield ExpectedShape(name, box, chart=drawing.native, alt=drawing.alt, exhibit=drawing.exhibit)
        return
    yield ExpectedShape(name, None, alt=drawing.alt, exhibit=drawing.exhibit)
    for item in drawing.native.items:
        if isinstance(item, SceneText):
            place = Box(box.x + _emu(item.x), box.y + _emu(item.y), _emu(item.width), _emu(item.height))
            path = places.find_label(drawing.exhibit, item.text) if places else ""
            yield ExpectedShape(f"label: {' '.join(item.text.split())[:40]}", place, Region.drawn(item.text, path))


def _emu(points: float) -> int:
    return round(points * EMU_PER_POINT)


def _expect_cell(table: TableContent, row: int, column: int) -> Region:
    """Return a cell's words after its sign; a column headed "#" holds the numbers of rows."""
    cell = table.all_rows[row][column]
    region = _join_runs(cell.runs)
    if cell.mark:
        return _join([Region(f"{MARKS[cell.mark].sign}\t"), region])
    head = "".join(run.text for run in table.header[column].runs)
    return Region.structural(region.text, "row") if row and head == "#" else region


def _mark_part(title: Region, suffix: str) -> Region:
    """Mark the end of a title, such as "(2 of 3)", that says which part of the slide this is."""
    end = len(title.text) - 1
    return replace(title, marks=(*title.marks, Mark(end - len(suffix), end, "structural", "part")))


def _join_paragraphs(paragraphs: Sequence[Paragraph]) -> Region:
    return _join([region for paragraph in paragraphs for region in (_join_runs(paragraph.runs), Region("\n"))])


def _join_runs(runs: Sequence[Run]) -> Region:
    regions = []
    for run in runs:
        is_raised = run.superscript or run.subscript
        words = f"{RAISED}{run.text}{RAISED}" if is_raised else run.text
        marks = (Mark(0, len(words), "fact", run.fact),) if run.fact else ()
        regions.append(Region(words, marks=marks, trace=shift_pieces(run.trace, len(RAISED) if is_raised else 0)))
    return _join(regions)


def _join(regions: Iterable[Region]) -> Region:
    """Return one region with the words of several."""
    text, marks, trace = "", list[Mark](), list[Piece]()
    for region in regions:
        trace += shift_pieces(region.trace, len(text))
        marks += (replace(mark, start=mark.start + len(text), end=mark.end + len(text)) for mark in region.marks)
        text += region.text
    return Region(text, marks=tuple(marks), trace=tuple(trace))
