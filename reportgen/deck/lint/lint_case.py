"""A finished deck under lint: its passages of text and the helpers that all rules share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brand.contrast import RGB
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view import text_extent
from reportgen.deck.view.view_values import Deck, Paragraph, Shape, Slide


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

    def make_key(self, message: str, from_theme: bool = False) -> str:
        """Return the key for `merge_repeats`; faults of the theme are the same whatever the slide."""
        place = self.shape.placeholder or self.shape.text if from_theme else f"{self.slide.number} {id(self.shape)}"
        return f"{place}: {message}"

    def make_finding(self, rule: str, severity: Severity, message: str, hint: str) -> LintFinding:
        return make_finding(rule, severity, message, self.slide, self.shape, hint, self.part)


class LintCase(Struct):
    """One deck; the text of each shape is measured once."""

    deck: Deck
    text_boxes: dict[int, Box | None] = field(default_factory=dict)

    def shapes(self) -> Iterator[tuple[Slide, Shape]]:
        return ((slide, shape) for slide in self.deck.slides for shape in slide.shapes)

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


def make_finding(
    rule: str, severity: Severity, message: str, slide: Slide, shape: Shape | None, hint: str | None = None, part: str = ""
) -> LintFinding:  # fmt: skip
    return LintFinding(rule, severity, message, slide.number, f"{shape.label}{part}" if shape else "", hint)


def merge_repeats(found: Iterable[tuple[str, LintFinding]]) -> Iterator[LintFinding]:
    """Yield the first finding of each key, with the number of other slides that have the same."""
    same: dict[str, list[LintFinding]] = {}
    for key, each in found:
        same.setdefault(key, []).append(each)
    for first, *others in same.values():
        slides = len({each.slide for each in others} - {first.slide})
        more = f", here and on {count(slides, 'more slide')}" if slides else ""
        yield replace(first, message=first.message + more)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, which ends in s unless the number is 1."""
    return f"{number} {noun}{'s' * (number != 1)}"
