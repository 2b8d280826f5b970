"""Type and measures of drawings in one medium; layouts measure all texts with these faces."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.charts.scene import SHARES, Align, Anchor, Role, SceneText
from reportgen.fonts import overhang
from reportgen.text.late_pattern import compile_late

SLACK = 1.5  # points added to a box, so that PowerPoint's slightly different widths never add a line
DRIFT = 0.006  # the same on a slide, as a share of the line: LibreOffice rounds every letter's place
_JOINTS = compile_late(r"(?<=[/\\._?&=@:\u00ad])(?=\w)")
SOFT_HYPHEN = "\u00ad"
NARROW = 26  # em: in a chart narrower than this, labels stand above their bars
LABEL_SHARE = 0.36  # of the width, for labels beside the bars,
MOST_LABELS = 0.5  # and at most for their longest word: longer ones stand above the bars
LEAST_BARS = 0.12  # of the width: the longest bar is at least as long


class Block(Struct, frozen=True):
    """A text set at `size` in lines no wider than `width`, all in points."""

    text: str
    width: float
    height: float
    size: float
    bold: bool = False

    def at(self, x: float, y: float, role: Role = "ink", align: Align = "left", anchor: Anchor = "top") -> SceneText:
        """Place the text at (x, y), which is its left, middle or right side and its top, middle or bottom."""
        left, top = x - SHARES[align] * self.width, y - SHARES[anchor] * self.height
        return SceneText(left, top, self.width, self.height, self.text, self.size, role, self.bold, align, anchor)


class Stack(Struct, frozen=True):
    """Texts one under the other, each in its colour."""

    blocks: tuple[tuple[Block, Role], ...]

    @property
    def width(self) -> float:
        return max((block.width for block, _ in self.blocks), default=0.0)

    @property
    def height(self) -> float:
        return sum(block.height for block, _ in self.blocks)

    def at(self, x: float, y: float) -> list[SceneText]:
        items = []
        for block, role in self.blocks:
            items.append(block.at(x, y, role))
            y += block.height
        return items


class Style(Struct, frozen=True):
    """The faces and sizes (points) of one medium. Spaces grow with the type, so they are given in `em`."""

    regular: FontFile
    bold: FontFile
    size: float
    small: float
    drift: float = 0.0
    least: float | None = None
    """The size of a drawing whose labels have no room in the usual one."""

    @classmethod
    def memo(cls, brand: Brand) -> Style:
        """Return the memo's style: one size, with differences of weight and tone."""
        bold = fonts.find_paper_face(brand, brand.sans, weight=600)
        return cls(fonts.find_paper_face(brand, brand.sans), bold, 8.5, 8.5, least=7.5)

    @classmethod
    def deck(cls, brand: Brand, size: float = 14) -> Style:
        regular, bold = (fonts.find_face(brand, brand.deck_base, bold=bold) for bold in (False, True))
        return cls(regular, bold, size, max(12.0, size - 2), DRIFT)

    @property
    def steps(self) -> tuple[Style, ...]:
        """The style in each of its sizes, the usual one first."""
        return (self,) if self.least is None else (self, replace(self, size=self.least, small=self.least))

    def em(self, count: float) -> float:
        return self.size * count

    def face(self, bold: bool) -> FontFile:
        return self.bold if bold else self.regular

    def points(self, small: bool) -> float:
        return self.small if small else self.size

    def line(self, small: bool = False) -> float:
        """Return the height of one line."""
        return fonts.measure_line_height(self.regular, self.points(small))

    def width(self, text: str, bold: bool = False, small: bool = False) -> float:
        return fonts.measure_width(self.face(bold), text, self.points(small))

    def longest_word(self, text: str, bold: bool = False, small: bool = False) -> float:
        """Return the width of the narrowest box that breaks no word between letters."""
        widest = fonts.measure_longest_word(self.face(bold), text, self.points(small))
        return widest * (1 + self.drift) + self._extra_width(text, small)

    def block(self, text: str, max_width: float, bold: bool = False, small: bool = False) -> Block:
        """Set a text in as few lines as fit `max_width`, all about equally long: no last line of one word.

        No word is broken between letters: the text is as wide as its longest word if that is wider than `max_width`.
        """
        face, size, extra = self.face(bold), self.points(small), self._extra_width(text, small)
        room = max((max_width - extra) / (1 + self.drift), 1)
        longest = fonts.measure_longest_word(face, text, size)
        if longest > room:
            text = _split_words(face, text, size, room)
            longest = fonts.measure_longest_word(face, text, size)
            room = max(room, longest)
        lines = fonts.wrap(face, text, size, room)
        if len(lines) > 1:
            lines = _balance(face, text, size, lines, room)
        widest = max(longest, *(fonts.measure_width(face, line, size) for line in lines)) * (1 + self.drift)
        return Block(text, widest + extra, len(lines) * self.line(small), size, bold)

    def label(self, text: str, notes: Iterable[str | None], max_width: float, bold: bool = False) -> Stack:
        """Set a label with its notes, small and secondary, under it."""
        small: list[tuple[Block, Role]] = [
            (self.block(note, max_width, small=True), "secondary") for note in notes if note
        ]
        return Stack(((self.block(text, max_width, bold), "ink"), *small))

    def _extra_width(self, text: str, small: bool) -> float:
        return SLACK + overhang.measure_right(text, rtl=True) * self.points(small)


def _split_words(face: FontFile, text: str, size: float, room: float) -> str:
    """Break words that are wider than the room after a slash, a dot or a soft hyphen inside them, if they have one."""
    words = text.split(" ")
    return " ".join(
        _split_word(face, word, size, room) if fonts.measure_longest_word(face, word, size) > room else word
        for word in words
    )


def _split_word(face: FontFile, word: str, size: float, room: float) -> str:
    line, lines = "", []
    for piece in _JOINTS.split(word):
        hyphen = "-" if line.endswith(SOFT_HYPHEN) else ""
        if line and fonts.measure_width(face, line + piece, size) > room:
            lines.append(line.removesuffix(SOFT_HYPHEN) + hyphen)
            line = ""
        line += piece
    return "\n".join([*lines, line])


def _balance(face: FontFile, text: str, size: float, lines: tuple[str, ...], high: float) -> tuple[str, ...]:
    """Wrap into the same number of lines in the narrowest box that breaks no word."""
    low = fonts.measure_longest_word(face, text, size)
    while high - low > 1:
        middle = (low + high) / 2
        tried = fonts.wrap(face, text, size, middle)
        if len(tried) > len(lines):
            low = middle
        else:
            high, lines = middle, tried
    return lines
