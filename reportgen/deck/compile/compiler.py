"""Strict HTML -> Deck, without PowerPoint and without guessing.

Layouts and slots are declared in the HTML; an unknown one, a slot filled twice, content outside a slot or of the wrong
kind is a TemplateError, and all of a deck's errors come at once. What is not an error is in the Deck: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import cast, get_args

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.charts.base import Chart, Exhibit
from reportgen.charts.scene import NativeChart
from reportgen.deck.charts.chart_labels import require_room
from reportgen.deck.compile.deck_elements import GRAMMAR
from reportgen.deck.compile.inlines import read_runs
from reportgen.deck.layouts import CELL_RIGHT, LAYOUTS, Layout, SlotSpec, arrange_boxes, cell_left, mark_indent
from reportgen.deck.theme import Theme
from reportgen.deck.values import (
    EMU_PER_POINT,
    Box,
    Content,
    Deck,
    Drawing,
    Mark,
    Paragraph,
    Properties,
    Slide,
    Slot,
    TableCell,
    TableContent,
    Text,
)  # fmt: skip
from reportgen.markup import subset
from reportgen.system.errors import Diagnostic, FitError, Location, TemplateError, did_you_mean
from reportgen.text.languages import load_labels

NARROWEST = 24.0  # points that a table's column has at least: its margins and a letter
TAKEAWAY = "takeaway"
ACCEPTS = {"title": "h2", "text": "p, div", "drawing": "figure", "table": "table"}


Origin = Callable[[str, str], Location | None]
"""Where the words of a slide's slot come from, by their names: a place in the brief, when one is known."""


def compile_deck(
    source: str,
    name: str,
    properties: Properties,
    exhibits: Mapping[str, Exhibit],
    theme: Theme,
    brand: Brand,
    origin: Origin | None = None,
) -> Deck:
    """The deck that the HTML called `name` declares; exhibits are drawn for the size of the slots that hold them.

    Faults of the HTML are told with their place in it; what does not fit, with the place that `origin` gives.
    """
    root = subset.parse(source, name, GRAMMAR)
    compiler = _Compiler(
        subset.locate_elements(root, source, name), exhibits, theme, brand, origin, properties.language
    )
    slides = tuple(compiler.slide(section) for section in root)
    compiler.check(slides, Location(name))
    if compiler.faults:
        raise TemplateError(compiler.faults)
    if compiler.unfit:
        raise FitError(compiler.unfit)
    return Deck(properties, slides)


class _Frame(Struct, frozen=True):
    """What a slot's content needs to know: whose it is, and its box; `moved` departs from the theme's.

    `whole` is what a drawing has where the words beside or below it go on a slide of their own.
    """

    slide: str
    slot: str
    heading: str
    moved: Box | None
    box: Box
    family: str
    steps: tuple[float, ...]
    whole: Box | None = None

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes for a drawing to try."""
        return (self.moved or self.box, *((self.whole,) if self.whole else ()))


class _Compiler:
    """Carries what every step needs, and gathers the faults."""

    def __init__(
        self,
        at: Mapping[etree._Element, Location],
        exhibits: Mapping[str, Exhibit],
        theme: Theme,
        brand: Brand,
        origin: Origin | None,
        language: str,
    ) -> None:
        self.at, self.exhibits, self.theme, self.brand, self.origin = at, exhibits, theme, brand, origin
        self.language = language
        self.faults: list[Diagnostic] = []
        self.unfit: list[Diagnostic] = []

    def fault(self, element: etree._Element, message: str, hint: str | None = None) -> None:
        self.faults.append(Diagnostic(message, self.at[element], hint))

    def where(self, element: etree._Element, frame: _Frame) -> Location:
        """The place of a slot's words: in the brief where it is known, else in the HTML."""
        return (self.origin(frame.slide, frame.slot) if self.origin else None) or self.at[element]

    def check(self, slides: tuple[Slide, ...], where: Location) -> None:
        """What only the whole deck shows: no slides, an id twice, slides before the first section."""
        if not slides:
            self.faults.append(Diagnostic("the deck has no slides", where, "write a <section> for each slide"))
        seen: set[str] = set()
        for slide in slides:
            if slide.id in seen:
                self.faults.append(Diagnostic(f'two slides have the id "{slide.id}"', slide.where))
            seen.add(slide.id)
        if slides and slides[0].section is None and any(slide.section for slide in slides):
            hint = "give the first slide a data-section too: PowerPoint's sections cover the whole deck"
            self.faults.append(Diagnostic("slides stand before the first section", slides[0].where, hint))

    def slide(self, section: etree._Element) -> Slide:
        identity, name = section.get("id", ""), section.get("data-layout", "")
        slots: tuple[Slot, ...] = ()
        if layout := LAYOUTS.get(name):
            slots = self.slots(section, layout, identity)
        else:
            self.fault(section, f'no layout "{name}"', did_you_mean(name, LAYOUTS))
        notes = tuple(paragraph for aside in section.iterfind("aside") for paragraph in self.paragraphs(aside))
        section_name = section.get("data-section")
        return Slide(identity, name, slots, self.at[section], notes, section_name, language=self.language)

    def slots(self, section: etree._Element, layout: Layout, slide: str) -> tuple[Slot, ...]:
        """The slide's slots in the layout's reading order, each in its box."""
        title = section.find("h2")
        if title is None:
            self.fault(section, f'slide "{slide}" has no title', "write an <h2>: it is how a listener finds the slide")
        heading = " ".join("".join(str(text) for text in title.itertext()).split()) if title is not None else ""
        declared = {name for element in section if (name := _slot_name(element))}
        boxes = arrange_boxes(layout, self.theme.boxes(layout.name), declared)
        found: dict[str, Slot] = {}
        alone = False  # whether a drawing takes the room of the words beside it
        for element in section:
            if element.tag == "aside" or not (row := self.row(element, layout, slide, found)):
                continue
            place = self.theme.layouts[layout.name][row.name]
            box, family = place.box, place.levels[0].family
            whole = _whole(layout, row, box, self.theme) if layout.slot(TAKEAWAY) and TAKEAWAY in declared else None
            frame = _Frame(slide, row.name, heading, boxes.get(row.name), box, family, row.steps, whole)
            if element.tag == "figure":
                drawn = self.drawing(element, frame)
                alone = alone or bool(drawn and drawn[1] == whole)
                slot = Slot(row.name, drawn[0], self.where(element, frame), drawn[1]) if drawn else None
            else:
                content = self.content(element, frame)
                slot = Slot(row.name, content, self.where(element, frame), frame.moved) if content else None
            if slot:
                found[row.name] = slot
        ordered = (found[row.name] for row in layout.slots if row.name in found)
        return tuple(replace(slot, own_slide=alone and slot.name == TAKEAWAY) for slot in ordered)

    def row(self, element: etree._Element, layout: Layout, slide: str, filled: Collection[str]) -> SlotSpec | None:
        """The slot that an element fills; None, with a fault, where there is no such slot or it is taken."""
        name = _slot_name(element)
        if name is None:
            self.fault(
                element,
                f"<{element.tag}> stands outside a slot",
                f"say which by data-slot: {', '.join(layout.fillable)}",
            )
            return None
        row = layout.slot(name)
        if row is None or row.kind == "furniture":
            self.fault(element, f'layout "{layout.name}" has no slot "{name}"', did_you_mean(name, layout.fillable))
            return None
        if name in filled:
            self.fault(element, f'slot "{name}" of slide "{slide}" is filled twice', "put both into one <div>")
            return None
        if element.tag not in ACCEPTS[row.kind].split(", "):
            self.fault(element, f'slot "{name}" takes no <{element.tag}>', f"it takes {ACCEPTS[row.kind]}")
            return None
        return row

    def content(self, element: etree._Element, frame: _Frame) -> Content | None:
        if element.tag == "table":
            return self.table(element, frame)
        paragraphs = self.paragraphs(element) if element.tag == "div" else (Paragraph(read_runs(element)),)
        if not any(paragraph.text.strip() for paragraph in paragraphs):
            self.fault(element, f'slot "{frame.slot}" is empty', "leave the element out")
            return None
        return Text(tuple(paragraphs))

    def paragraphs(self, parent: etree._Element) -> tuple[Paragraph, ...]:
        """The paragraphs and list items of a <div> or <aside>."""
        found: list[Paragraph] = []
        for element in parent:
            if element.get("data-slot"):
                self.fault(
                    element,
                    f'a slot inside <{parent.tag}>: "{element.get("data-slot")}"',
                    "slots stand directly in the <section>",
                )
            elif element.tag == "p":
                found.append(Paragraph(read_runs(element)))
            else:
                found += self.items(element, 0)
        return tuple(found)

    def items(self, listing: etree._Element, level: int) -> Iterator[Paragraph]:
        for item in listing:
            yield Paragraph(read_runs(item), level, "number" if listing.tag == "ol" else "bullet")
            for inner in item:
                if inner.tag in ("ul", "ol"):
                    if level:
                        self.fault(inner, "a list three levels deep", "two levels are what a listener can follow")
                    yield from self.items(inner, 1)

    def exhibit(self, element: etree._Element) -> Exhibit | None:
        name = element.get("data-exhibit")
        if name is None:
            return None
        if name not in self.exhibits:
            self.fault(element, f'no exhibit "{name}"', did_you_mean(name, self.exhibits))
        return self.exhibits.get(name)

    def drawing(self, element: etree._Element, frame: _Frame) -> tuple[Drawing, Box | None] | None:
        """The drawing and the box that it departs to, if any: that of the words beside it, too, where it needs it."""
        exhibit, name = self.exhibit(element), element.get("data-exhibit", "")
        if exhibit is None:
            return None
        if not isinstance(exhibit, Chart):
            self.fault(element, f'exhibit "{name}" is not a drawing', "write its table or its numbers into their slots")
            return None
        refused: FitError | None = None
        for box in frame.boxes:
            width, height = box.width / EMU_PER_POINT, box.height / EMU_PER_POINT
            try:
                native = exhibit.native(width, height, self.brand)
                if isinstance(native, NativeChart):
                    require_room(native, width, height, self.brand)
            except FitError as error:
                refused = error
                continue
            drawing = Drawing(name, frame.slot, _alt(exhibit, frame.heading), native)
            return drawing, (box if box == frame.whole else frame.moved)
        assert refused
        where = self.where(element, frame)
        told = f'slide "{frame.slide}", box "{frame.slot}": '
        self.unfit += [Diagnostic(told + each.message, where, each.hint) for each in refused.diagnostics]
        return None

    def table(self, element: etree._Element, frame: _Frame) -> TableContent | None:
        exhibit = self.exhibit(element)
        rows = [tuple(self.cell(cell) for cell in row) for part in element for row in part]
        if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows) or not rows[0]:
            self.fault(
                element, "the table's rows differ in length, or it has none", "each row has a cell for each column"
            )
            return None
        alt = (
            _alt(exhibit, frame.heading)
            if exhibit
            else load_labels(self.language).deck.table_alt.format(title=frame.heading)
        )
        wide = (frame.moved or frame.box).width / EMU_PER_POINT
        if len(rows[0]) * NARROWEST > wide:
            message = f'slide "{frame.slide}": {len(rows[0])} columns share {wide:.0f} pt'
            hint = f"no word fits there: take fewer columns, each of at least {NARROWEST:.0f} pt"
            self.unfit.append(Diagnostic(message, self.where(element, frame), hint))
            return None
        words = _longest_words(rows, frame.family, self.brand)
        least = [max(NARROWEST, word * frame.steps[-1] + _margin(column)) for column, word in enumerate(words)]
        least = least if sum(least) <= wide else [NARROWEST] * len(least)
        widths = _widened(self.widths(element, len(rows[0])), [each / wide for each in least])
        rooms = ((share * wide - _margin(column)) for column, share in enumerate(widths))
        whole = min((room / word for room, word in zip(rooms, words, strict=True) if word), default=None)
        return TableContent(rows[0], tuple(rows[1:]), widths, alt, element.get("data-exhibit"), largest=whole)

    def cell(self, cell: etree._Element) -> TableCell:
        mark = cell.get("data-mark", "")
        if mark not in get_args(Mark):
            self.fault(cell, f'no mark "{mark}"', did_you_mean(mark, get_args(Mark)))
        return TableCell(read_runs(cell), cast(Mark, mark), cell.tag == "th", "number" in cell.get("class", "").split())

    def widths(self, element: etree._Element, columns: int) -> tuple[float, ...]:
        """Shares of the slot's width, from data-widths; equal when it is left out."""
        written = element.get("data-widths")
        if written is None:
            return (1 / columns,) * columns
        try:
            shares = [float(word) for word in written.split()]
        except ValueError:
            shares = []
        if len(shares) != columns or not all(0 < share <= 1000 for share in shares):
            self.fault(
                element, f'data-widths="{written}" does not fit {columns} columns', "one number above 0 for each column"
            )
            return (1 / columns,) * columns
        return tuple(share / sum(shares) for share in shares)


def _whole(layout: Layout, row: SlotSpec, box: Box, theme: Theme) -> Box | None:
    """A drawing's box together with that of the words beside or below it."""
    if row.kind != "drawing":
        return None
    beside = theme.boxes(layout.name)[TAKEAWAY]
    left, top = min(box.x, beside.x), min(box.y, beside.y) if box.x == beside.x else box.y
    right, bottom = max(box.x + box.width, beside.x + beside.width), max(box.y + box.height, beside.y + beside.height)
    return Box(left, top, right - left, bottom - top)


def _slot_name(element: etree._Element) -> str | None:
    return "title" if element.tag == "h2" else element.get("data-slot")


def _longest_words(rows: Sequence[Sequence[TableCell]], family: str, brand: Brand) -> list[float]:
    """How wide each column's longest word is, in em, with the sign that hangs before it."""
    found = []
    for column in zip(*rows, strict=True):
        widest = 0.0
        for cell in column:
            face = fonts.find_face(brand, family, bold=cell.header or any(run.bold for run in cell.runs))
            word = fonts.measure_longest_word(face, "".join(run.text for run in cell.runs), 1.0)
            widest = max(widest, word + (mark_indent(100) / 100 if cell.mark else 0.0))
        found.append(widest)
    return found


def _widened(shares: tuple[float, ...], least: Sequence[float]) -> tuple[float, ...]:
    """The shares with none below its least; what that takes, the wider ones give in proportion."""
    narrow = [share < floor for share, floor in zip(shares, least, strict=True)]
    left = 1 - sum(floor for floor, thin in zip(least, narrow, strict=True) if thin)
    whole = sum(share for share, thin in zip(shares, narrow, strict=True) if not thin) or 1.0
    given = tuple(
        floor if thin else share * left / whole for share, floor, thin in zip(shares, least, narrow, strict=True)
    )
    if all(share >= floor - 1e-9 for share, floor in zip(given, least, strict=True)):
        return given
    return _widened(given, least)


def _margin(column: int) -> float:
    """What a cell keeps free beside its words, in points; one more, for two renderers never agree to the last unit."""
    return cell_left(column) + CELL_RIGHT + 1.0


def _alt(exhibit: Exhibit, heading: str) -> str:
    """What a reader who cannot see the exhibit is told: the finding, then the numbers."""
    if exhibit.alt:
        return exhibit.alt
    finding = heading if heading.endswith((".", "!", "?")) else f"{heading}."
    return f"{finding} {exhibit.describe()}"
