"""Type and measures of a drawing in one medium: everything that is laid out is measured with these faces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reportgen import fonts
from reportgen.charts.scene import Role, SceneText
from reportgen.fonts import overhang

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brand.fontfile import FontFile

SLACK = 1.5  # points added to a box, so that PowerPoint's slightly other widths never break a line more
DRIFT = 0.006  # the same on a slide, as a share of the line: LibreOffice rounds every letter's place


class Block(Struct, frozen=True):
    """A text set at `size` in lines no wider than `width`, all in points."""

    text: str
    width: float
    height: float
    size: float
    bold: bool = False

    def at(
        self,
        x: float,
        y: float,
        role: Role = "ink",
        align: Literal["left", "center", "right"] = "left",
        anchor: Literal["top", "middle", "bottom"] = "top",
    ) -> SceneText:
        """The text at (x, y), which is its left, middle or right side and its top, middle or bottom."""
        left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * self.width
        top = y - {"top": 0.0, "middle": 0.5, "bottom": 1.0}[anchor] * self.height
        return SceneText(left, top, self.width, self.height, self.text, self.size, role, self.bold, align, anchor)


class Style(Struct, frozen=True):
    """The faces and sizes (points) of one medium. Spaces grow with the type: they are told in `em`."""

    regular: FontFile
    bold: FontFile
    size: float
    small: float
    drift: float = 0.0

    @classmethod
    def memo(cls, brand: Brand) -> Style:
        """One size, told apart by weight and tone."""
        return cls(
            fonts.find_paper_face(brand, brand.sans), fonts.find_paper_face(brand, brand.sans, weight=600), 8.5, 8.5
        )

    @classmethod
    def deck(cls, brand: Brand, size: float = 14) -> Style:
        base = brand.deck_base
        return cls(
            fonts.find_face(brand, base), fonts.find_face(brand, base, bold=True), size, max(12.0, size - 2), DRIFT
        )

    def em(self, count: float) -> float:
        return self.size * count

    def face(self, bold: bool) -> FontFile:
        return self.bold if bold else self.regular

    def points(self, small: bool) -> float:
        return self.small if small else self.size

    def line(self, small: bool = False) -> float:
        """The height of one line."""
        return fonts.measure_line_height(self.regular, self.points(small))

    def width(self, text: str, bold: bool = False, small: bool = False) -> float:
        return fonts.measure_width(self.face(bold), text, self.points(small))

    def longest_word(self, text: str, bold: bool = False, small: bool = False) -> float:
        """The narrowest box that breaks no word between letters."""
        widest = fonts.measure_longest_word(self.face(bold), text, self.points(small))
        return widest * (1 + self.drift) + self._beside(text, small)

    def block(self, text: str, max_width: float, bold: bool = False, small: bool = False) -> Block:
        """The text in as few lines as fit `max_width`, all about equally long: no last line of one word."""
        face, size, beside = self.face(bold), self.points(small), self._beside(text, small)
        room = max((max_width - beside) / (1 + self.drift), 1)
        lines = fonts.wrap(face, text, size, room)
        if len(lines) > 1:
            lines = _balanced(face, text, size, lines, room)
        widest = max(fonts.measure_width(face, line, size) for line in lines) * (1 + self.drift)
        return Block(text, widest + beside, len(lines) * self.line(small), size, bold)

    def _beside(self, text: str, small: bool) -> float:
        return SLACK + overhang.measure_right(text, rtl=True) * self.points(small)


def _balanced(face: FontFile, text: str, size: float, lines: tuple[str, ...], high: float) -> tuple[str, ...]:
    """The same number of lines in the narrowest box that holds them without breaking a word."""
    low = fonts.measure_longest_word(face, text, size) - 1
    while high - low > 1:
        middle = (low + high) / 2
        tried = fonts.wrap(face, text, size, middle)
        if len(tried) > len(lines):
            low = middle
        else:
            high, lines = middle, tried
    return lines
