"""Strict HTML -> Deck, without PowerPoint and without guessing.

Layouts and slots are declared in the HTML. An unknown one, a slot filled twice, and content outside a slot or of the
wrong kind are errors of a TemplateError, which lists all of a deck's errors. All other content is in the Deck.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import cast

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.charts.base import Chart, Exhibit, UnitChart
from reportgen.charts.scene import MARKS, Mark, NativeChart
from reportgen.deck.charts.chart_labels import require_room
from reportgen.deck.charts.number_labels import draw_axis, drop_units
from reportgen.deck.charts.plot_layout import plot_chart
from reportgen.deck.charts.point_names import place_point_names
from reportgen.deck.compile.column_widths import NARROWEST, choose_widths
from reportgen.deck.compile.deck_elements import GRAMMAR
from reportgen.deck.compile.inlines import read_runs
from reportgen.deck.layouts import LAYOUTS, Layout, SlotSpec, arrange_boxes, grow_slot
from reportgen.deck.text.text_box import measure_text
from reportgen.deck.theme import Theme
from reportgen.deck.values import (
    EMU_PER_POINT,
    Box,
    Content,
    Deck,
    Drawing,
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
from reportgen.text.trace import strip_marks

MOST_LINES = 2  # that a line above the content may take from it
TAKEAWAY = "takeaway"
ACCEPTS = {"title": ("h2",), "text": ("p", "div"), "drawing": ("figure",), "table": ("table",)}

DEEPEST = 2
"""The level of the lists that stand deepest; the first is 0."""

Fits = Callable[[Slide], bool]
"""Judges whether a slide holds all of its words in one piece."""

Origin = Callable[[str, str], Location | None]
"""Finds the place in the brief where the words of a slide's slot come from, by their names; None where it is unknown."""


def compile_deck(
    source: str,
    name: str,
    properties: Properties,
    exhibits: Mapping[str, Exhibit],
    theme: Theme,
    brand: Brand,
    origin: Origin | None = None,
    fits: Fits | None = None,
) -> Deck:
    """Compile the HTML `source`, which errors call `name`, into a deck whose sizes are not chosen yet.

    Each exhibit is drawn at the size of its slot. Sections in a row with the same data-choice are versions of one slide: the
    first that `fits` is taken, else the last. Raises TemplateError with every error of the HTML, else FitError with
    every exhibit that does not fit its slot; `origin` finds the place in the brief that a FitError reports.
    """
    root = subset.parse(source, name, GRAMMAR)
    locations = subset.locate_elements(root, source, name)
    compiler = _Compiler(locations, exhibits, theme, brand, origin, properties.writing or properties.language)
    slides = tuple(compiler.choose(versions, fits) for versions in _group_versions(root))
    compiler.check(slides, Location(name))
    if compiler.faults:
        raise TemplateError(compiler.faults)
    if compiler.unfit:
        raise FitError(compiler.unfit)
    return Deck(properties, slides)


class _Frame(Struct, frozen=True):
    """The surroundings of a slot's content: its slide, slot and heading, its box, typeface and sizes.

    `moved` is that box where it differs from the theme's. `whole` is the box of a drawing that also takes the room of the words
    beside or below it, which then go on a slide of their own.
    """

    slide: str
    slot: str
    heading: str
    moved: Box | None
    box: Box
    family: str
    steps: tuple[float, ...]
    whole: Box | None = None


class _Compiler(Struct):
    """Compiles the parts of one deck and collects all errors."""

    locations: Mapping[etree._Element, Location]
    exhibits: Mapping[str, Exhibit]
    theme: Theme
    brand: Brand
    origin: Origin | None
    language: str
    faults: list[Diagnostic] = field(default_factory=list)
    unfit: list[Diagnostic] = field(default_factory=list)

    def fault(self, element: etree._Element, message: str, hint: str | None = None) -> None:
        self.faults.append(Diagnostic(message, self.locations[element], hint))

    def locate(self, element: etree._Element, frame: _Frame) -> Location:
        """Return the place of a slot's words: in the brief where it is known, else in the HTML."""
        return (self.origin(frame.slide, frame.slot) if self.origin else None) or self.locations[element]

    def check(self, slides: tuple[Slide, ...], where: Location) -> None:
        """Report the errors that only the whole deck shows."""
        if not slides:
            self.faults.append(Diagnostic("the deck has no slides", where, "write a <section> for each slide"))
        seen: set[str] = set()
        for slide in slides:
            if slide.id in seen:
                self.faults.append(Diagnostic(f'two slides have the id "{slide.id}"', slide.where))
            seen.add(slide.id)
        if slides and slides[0].section is None and any(slide.section for slide in slides):
            hint = "give the first slide a data-section too: PowerPoint's sections cover the whole deck"
            self.faults.append(Diagnostic("slides before the first section", slides[0].where, hint))

    def choose(self, versions: Sequence[etree._Element], fits: Fits | None) -> Slide:
        """Return the first version of a slide that fits, else the last one."""
        for section in versions[:-1]:
            before = len(self.unfit)
            slide = self.slide(section)
            if len(self.unfit) == before and (fits is None or fits(slide)):
                return slide
            del self.unfit[before:]
        return self.slide(versions[-1])

    def slide(self, section: etree._Element) -> Slide:
        identity, name = section.get("id", ""), section.get("data-layout", "")
        slots: tuple[Slot, ...] = ()
        if layout := LAYOUTS.get(name):
            slots = self.slots(section, layout, identity)
        else:
            self.fault(section, f'no layout "{name}"', did_you_mean(name, LAYOUTS))
        notes = tuple(paragraph for aside in section.iterfind("aside") for paragraph in self.paragraphs(aside))
        where, part_of = self.locations[section], section.get("data-section")
        return Slide(identity, name, slots, where, notes, part_of, language=self.language)

    def slots(self, section: etree._Element, layout: Layout, slide: str) -> tuple[Slot, ...]:
        """Return the slide's slots in the layout's reading order, each in its box."""
        title = section.find("h2")
        if title is None:
            self.fault(section, f'slide "{slide}" has no title', "add an <h2>: listeners find a slide by its title")
        words = strip_marks("".join(str(text) for text in title.itertext())) if title is not None else ""
        heading = " ".join(words.split())
        declared = {name for element in section if (name := _slot_name(element))}
        boxes = self.theme.boxes(layout.name)
        moved = arrange_boxes(layout, boxes, declared)
        moved |= self.make_room(section, layout, boxes | moved, declared)
        found: dict[str, Slot] = {}
        alone = False  # a drawing takes the room of the words beside it
        for element in section:
            if element.tag == "aside" or not (spec := self.spec(element, layout, slide, found)):
                continue
            if spec.optional and spec.name not in self.theme.layouts[layout.name]:
                continue  # a house's theme has no place for it
            place = self.theme.layouts[layout.name][spec.name]
            shares_room = spec.kind == "drawing" and layout.slot(TAKEAWAY) and TAKEAWAY in declared
            family = place.levels[0].family
            own = moved.get(spec.name)
            whole = _join(own or place.box, boxes[TAKEAWAY]) if shares_room else None
            frame = _Frame(slide, spec.name, heading, own, own or place.box, family, spec.steps, whole)
            content: Content | None
            if element.tag == "figure":
                content, box = self.drawing(element, frame)
                alone = alone or (whole is not None and box == whole)
            else:
                content, box = self.content(element, frame), frame.moved
            if content:
                found[spec.name] = Slot(spec.name, content, self.locate(element, frame), box)
        ordered = (found[spec.name] for spec in layout.slots if spec.name in found)
        return tuple(replace(slot, own_slide=alone and slot.name == TAKEAWAY) for slot in ordered)

    def make_room(
        self, section: etree._Element, layout: Layout, boxes: Mapping[str, Box], declared: Collection[str]
    ) -> dict[str, Box]:
        """Return the boxes that change because a line above the slide's content needs more lines than it has."""
        found: dict[str, Box] = {}
        for element in section.iterfind("p"):
            spec = layout.slot(element.get("data-slot", ""))
            if spec is None or not spec.grows or not spec.max_lines:
                continue
            place = self.theme.layouts[layout.name][spec.name]
            width, _ = place.text_area()
            size = (place.steps or spec.steps)[-1]
            paragraphs = (Paragraph(read_runs(element)),)
            lines = measure_text(paragraphs, place.levels, size, width, self.brand).lines
            extra = sum(map(len, lines)) - spec.max_lines
            if 0 < extra <= MOST_LINES:
                face = fonts.find_face(self.brand, place.levels[0].family, place.levels[0].bold)
                height = place.levels[0].line_height(fonts.measure_line_height(face, size))
                grown = round(extra * height * EMU_PER_POINT)
                found |= grow_slot(layout, spec.name, grown, {**boxes, **found}, declared)
        return found

    def spec(self, element: etree._Element, layout: Layout, slide: str, filled: Collection[str]) -> SlotSpec | None:
        """Return the slot that an element fills; where there is no such slot or it is filled, report it and return None."""
        name = _slot_name(element)
        if name is None:
            hint = f"name one with data-slot: {', '.join(layout.fillable)}"
            self.fault(element, f"<{element.tag}> stands outside a slot", hint)
            return None
        spec = layout.slot(name)
        if spec is None or spec.kind == "furniture":
            self.fault(element, f'layout "{layout.name}" has no slot "{name}"', did_you_mean(name, layout.fillable))
        elif name in filled:
            self.fault(element, f'slot "{name}" of slide "{slide}" is filled twice', "combine them in one <div>")
        elif element.tag not in ACCEPTS[spec.kind]:
            hint = f"use {' or '.join(f'<{tag}>' for tag in ACCEPTS[spec.kind])}"
            self.fault(element, f'slot "{name}" takes no <{element.tag}>', hint)
        else:
            return spec
        return None

    def content(self, element: etree._Element, frame: _Frame) -> Content | None:
        if element.tag == "table":
            return self.table(element, frame)
        paragraphs = self.paragraphs(element) if element.tag == "div" else (Paragraph(read_runs(element)),)
        if not any(paragraph.text.strip() for paragraph in paragraphs):
            self.fault(element, f'slot "{frame.slot}" is empty', "leave the element out")
            return None
        return Text(paragraphs)

    def paragraphs(self, parent: etree._Element) -> tuple[Paragraph, ...]:
        """Return the paragraphs and list items of a <div> or <aside>."""
        found: list[Paragraph] = []
        for element in parent:
            if slot := element.get("data-slot"):
                self.fault(element, f'slot "{slot}" is inside a <{parent.tag}>', "put slots directly in the <section>")
            elif element.tag == "p":
                found.append(Paragraph(read_runs(element)))
            elif element.tag == "blockquote":
                found += (_slant(paragraph) for paragraph in self.paragraphs(element))
            else:
                found += self.items(element, 0)
        return tuple(found)

    def items(self, listing: etree._Element, level: int) -> Iterator[Paragraph]:
        for item in listing:
            yield Paragraph(read_runs(item), level, "number" if listing.tag == "ol" else "bullet")
            for inner in item:
                if inner.tag in ("ul", "ol"):
                    if level == DEEPEST:
                        self.fault(inner, "a list nested four levels deep", "use three levels at most")
                    yield from self.items(inner, min(level + 1, DEEPEST))

    def exhibit(self, element: etree._Element) -> Exhibit | None:
        name = element.get("data-exhibit", "")
        if "data-exhibit" in element.attrib and name not in self.exhibits:
            self.fault(element, f'no exhibit "{name}"', did_you_mean(name, self.exhibits))
        return self.exhibits.get(name)

    def drawing(self, element: etree._Element, frame: _Frame) -> tuple[Drawing | None, Box | None]:
        """Return the drawing and its box where that is not the theme's; the box takes in the words beside it if need be."""
        exhibit, name = self.exhibit(element), element.get("data-exhibit", "")
        if exhibit is None:
            return None, None
        if not isinstance(exhibit, Chart):
            self.fault(element, f'exhibit "{name}" is not a drawing', "write its table or its numbers into their slots")
            return None, None
        for box in filter(None, (frame.box, frame.whole)):
            width, height = box.width / EMU_PER_POINT, box.height / EMU_PER_POINT
            try:
                native = exhibit.native(width, height, self.brand)
                if isinstance(native, NativeChart):
                    native = self.ease_labels(native, exhibit, width, height)
                    native = replace(native, every=plot_chart(native, width, height, self.brand).plot.every)
            except FitError as error:
                refusal = error
                continue
            drawing = Drawing(name, frame.slot, _describe(exhibit, frame.heading), native)
            return drawing, (box if box == frame.whole else frame.moved)
        where, place = self.locate(element, frame), f'slide "{frame.slide}", box "{frame.slot}": '
        self.unfit += [Diagnostic(place + fault.message, where, fault.hint) for fault in refusal.diagnostics]
        return None, None

    def ease_labels(self, chart: NativeChart, exhibit: Chart, width: float, height: float) -> NativeChart:
        """Return a chart whose labels have room.

        They are as they are; or numbers alone where the line above has the unit; or, of columns, an axis in their place.
        """
        if chart.type == "scatter":
            chart = place_point_names(chart, width, height, self.brand)
        remedies = [chart]
        if isinstance(exhibit, UnitChart) and exhibit.has_unit_above:
            remedies.append(drop_units(chart))
            if chart.type == "column":
                remedies.append(draw_axis(chart))
        refusals = []
        for eased in remedies:
            try:
                require_room(eased, width, height, self.brand)
            except FitError as error:
                refusals.append(error)
            else:
                return eased
        raise refusals[min(1, len(refusals) - 1)]

    def table(self, element: etree._Element, frame: _Frame) -> TableContent | None:
        exhibit = self.exhibit(element)
        rows = [tuple(self.cell(cell) for cell in row) for part in element for row in part]
        if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows) or not rows[0]:
            message = "the table has no rows, or rows of different lengths"
            self.fault(element, message, "give each row a cell for each column")
            return None
        width, columns = frame.box.width / EMU_PER_POINT, len(rows[0])
        if columns * NARROWEST > width:
            message = f'slide "{frame.slide}": {columns} columns share {width:.0f} pt'
            hint = f"use fewer columns; each needs at least {NARROWEST:.0f} pt"
            self.unfit.append(Diagnostic(message, self.locate(element, frame), hint))
            return None
        shares = self.shares(element, columns)
        widths, largest = choose_widths(rows, shares, frame.family, frame.steps[-1], width, self.brand)
        alt = load_labels(self.language).deck.table_alt.format(title=frame.heading)
        alt = _describe(exhibit, frame.heading) if exhibit else alt
        return TableContent(rows[0], tuple(rows[1:]), widths, alt, element.get("data-exhibit"), largest=largest)

    def cell(self, cell: etree._Element) -> TableCell:
        mark = cell.get("data-mark", "")
        if mark and mark not in MARKS:
            self.fault(cell, f'no mark "{mark}"', did_you_mean(mark, MARKS))
        is_number = "number" in cell.get("class", "").split()
        return TableCell(read_runs(cell), cast(Mark, mark), cell.tag == "th", is_number)

    def shares(self, element: etree._Element, columns: int) -> tuple[float, ...]:
        """Return each column's share of the width from data-widths; equal shares without it."""
        value = element.get("data-widths", " ".join("1" * columns))
        try:
            shares = [float(word) for word in value.split()]
        except ValueError:
            shares = []
        if len(shares) != columns or not all(0 < share <= 1000 for share in shares):
            message = f'data-widths="{value}" does not match {columns} column{"s" if columns > 1 else ""}'
            self.fault(element, message, "give one number above 0 for each column")
            shares = [1.0] * columns
        return tuple(share / sum(shares) for share in shares)


def _group_versions(root: etree._Element) -> Iterator[list[etree._Element]]:
    """Yield each slide's section, or the sections in a row that are versions of it."""
    for choice, sections in groupby(root, lambda section: section.get("data-choice")):
        if choice:
            yield list(sections)
        else:
            yield from ([section] for section in sections)


def _join(box: Box, words: Box) -> Box:
    """Return a drawing's box together with that of the words beside or below it."""
    joined = Box.around((box, words))
    return joined if box.x == words.x else Box(joined.x, box.y, joined.width, joined.bottom - box.y)


def _slant(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph of a block quote: in italics."""
    return replace(paragraph, runs=tuple(replace(run, italic=True) for run in paragraph.runs))


def _slot_name(element: etree._Element) -> str | None:
    return "title" if element.tag == "h2" else element.get("data-slot")


def _describe(exhibit: Exhibit, heading: str) -> str:
    """Return the exhibit's alt text: its own, else the slide's finding and the numbers."""
    if exhibit.alt:
        return exhibit.alt
    finding = heading if heading.endswith((".", "!", "?")) else f"{heading}."
    return f"{finding} {exhibit.describe()}"
