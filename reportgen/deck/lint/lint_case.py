"""The deck that rules examine, with its passages of text; the faults that they yield, and the findings that become of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brand.contrast import RGB
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view import text_extent
from reportgen.deck.view.view_values import ChartText, Deck, Paragraph, Shape, Slide

Severity = Literal["error", "warning"]


class LintFinding(Struct, frozen=True):
    """A fault of the file itself: the rule that it breaks, and its place. `slide` is 0 for the file as a whole."""

    rule: str
    severity: Severity
    message: str
    slide: int = 0
    shape: str = ""
    hint: str | None = None


class LintReport(Struct, frozen=True):
    """All findings in the order of the slides, and what no rule could judge."""

    findings: tuple[LintFinding, ...]
    unread: tuple[str, ...] = ()


class Fault(Struct, frozen=True):
    """A fault that a rule yields: without a `shape` of the slide, without a `slide` of the file.

    `severity` is None for the rule's own. Faults with the same `key` are reported once, with the number of slides.
    """

    message: str
    slide: Slide | None = None
    shape: Shape | None = None
    hint: str | None = None
    part: str = ""
    severity: Severity | None = None
    key: str = ""


class Passage(Struct, frozen=True):
    """A paragraph with its place and background; `part` names the cell if it is in a table."""

    slide: Slide
    shape: Shape
    paragraph: Paragraph
    background: RGB | None
    part: str = ""

    @property
    def size(self) -> float:
        """The size of its smallest words."""
        return min(run.size for run in self.paragraph.runs if run.text.strip())

    @property
    def shape_key(self) -> str:
        """The key of a fault that is reported once for the shape."""
        return f"{self.slide.number} {id(self.shape)}"

    @property
    def theme_key(self) -> str:
        """The key of a fault of the theme, which is the same on all slides."""
        return self.shape.placeholder or self.shape.text

    def fault(self, message: str, hint: str, severity: Severity | None = None, key: str = "") -> Fault:
        return Fault(message, self.slide, self.shape, hint, self.part, severity, key)


class LintCase(Struct):
    """One deck; the text of each shape is measured once."""

    deck: Deck
    text_boxes: dict[int, Box | None] = field(default_factory=dict)

    def shapes(self) -> Iterator[tuple[Slide, Shape]]:
        return ((slide, shape) for slide in self.deck.slides for shape in slide.shapes)

    def chart_texts(self) -> Iterator[tuple[Slide, Shape, ChartText]]:
        for slide, shape in self.shapes():
            for text in shape.chart.texts if shape.chart else ():
                yield slide, shape, text

    def find_text_box(self, shape: Shape) -> Box | None:
        """Return the box of a shape's words; a table's rows are as high as their words make them."""
        if id(shape) not in self.text_boxes:
            box = text_extent.find_text_box(shape)
            if shape.table and shape.box:
                height = round(text_extent.measure_table(shape.table) * EMU_PER_POINT)
                box = replace(shape.box, height=max(height, shape.box.height))
            self.text_boxes[id(shape)] = box
        return self.text_boxes[id(shape)]

    def passages(self) -> Iterator[Passage]:
        """Yield every paragraph with words, of shapes and of cells."""
        for slide, shape in self.shapes():
            texts = [("", shape.paragraphs, shape.background)]
            for row, cells in enumerate(shape.table.rows if shape.table else (), 1):
                for column, cell in enumerate(cells, 1):
                    texts.append((f", row {row}, column {column}", cell.paragraphs, cell.background))
            for part, paragraphs, background in texts:
                for paragraph in paragraphs:
                    if paragraph.text.strip():
                        yield Passage(slide, shape, paragraph, background, part)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, which ends in s unless the number is 1."""
    return f"{number} {noun}{'s' * (number != 1)}"
