"""A deck before its rules: what they all look at, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brand.contrast import RGB
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view import text_room
from reportgen.deck.view.view_values import Deck, Paragraph, Shape, Slide


class Passage(Struct, frozen=True):
    """A paragraph with its place and what lies behind it; for one of a table, `part` says which cell."""

    slide: Slide
    shape: Shape
    paragraph: Paragraph
    behind: RGB | None
    part: str = ""

    @property
    def size(self) -> float:
        """That of its smallest words."""
        return min(run.size for run in self.paragraph.runs if run.text.strip())

    def key(self, message: str, everywhere: bool = False) -> str:
        """What makes a finding the same: of what the theme decides, the message alone, whatever the slide."""
        place = self.shape.holds or self.shape.text if everywhere else f"{self.slide.number} {id(self.shape)}"
        return f"{place}: {message}"

    def finding(self, rule: str, severity: Severity, message: str, hint: str) -> LintFinding:
        return finding(rule, severity, message, self.slide, self.shape, hint, self.part)


class LintCase(Struct):
    """One deck. The room that words take is measured once for each shape."""

    deck: Deck
    placed: dict[int, Box | None] = field(default_factory=dict)

    def shapes(self) -> Iterator[tuple[Slide, Shape]]:
        for slide in self.deck.slides:
            for shape in slide.shapes:
                yield slide, shape

    def words(self, shape: Shape) -> Box | None:
        """Where a shape's words stand; a table's rows as high as their words make them."""
        if id(shape) not in self.placed:
            box = text_room.words(shape)
            if shape.table and shape.box:
                height = round(text_room.table_height(shape.table) * EMU_PER_POINT)
                box = Box(shape.box.x, shape.box.y, shape.box.width, max(height, shape.box.height))
            self.placed[id(shape)] = box
        return self.placed[id(shape)]

    def passages(self) -> Iterator[Passage]:
        """Every paragraph with words, of shapes and of cells."""
        for slide, shape in self.shapes():
            for paragraph in shape.paragraphs:
                if paragraph.text.strip():
                    yield Passage(slide, shape, paragraph, shape.behind)
            for row, cells in enumerate(shape.table.rows if shape.table else (), 1):
                for column, cell in enumerate(cells, 1):
                    for paragraph in cell.paragraphs:
                        if paragraph.text.strip():
                            yield Passage(slide, shape, paragraph, cell.behind, f", row {row}, column {column}")


def finding(
    rule: str, severity: Severity, message: str, slide: Slide, shape: Shape | None, hint: str | None = None, part: str = ""
) -> LintFinding:  # fmt: skip
    return LintFinding(rule, severity, message, slide.number, f"{shape.called}{part}" if shape else "", hint)


def once(found: Iterable[tuple[str, LintFinding]]) -> Iterator[LintFinding]:
    """What is the same (by the key before it) told for the first place, with how many more slides have it."""
    same: dict[str, list[LintFinding]] = {}
    for key, each in found:
        same.setdefault(key, []).append(each)
    for first, *others in same.values():
        slides = len({each.slide for each in others} - {first.slide})
        more = f", here and on {slides} more slide{'s' * (slides > 1)}" if slides else ""
        yield replace(first, message=first.message + more)


def points(emu: float) -> str:
    """A length as it is told."""
    return f"{emu / EMU_PER_POINT:.0f} pt"
