"""A theme as values: the box of each layout's slots and the style of their text. Boxes are EMU, type is points."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.deck.palette import OUR_PALETTE, Palette, Shade
from reportgen.deck.values import EMU_PER_POINT, Box

HANGING = 18.0  # points between a bullet and its text
NUMBERED = 8.0  # points more, for a number
LINE = 1.2  # of the size: the line height that a paragraph's percentage spacing counts in


class Level(Struct, frozen=True):
    """The style of one level of a slot's paragraphs; lengths are points. A size of 0 is one that the theme leaves open.

    `spacing` is a share of the line's height, or `leading` gives it in points; `before` and `after` are the space between
    paragraphs, plus `before_share` and `after_share` of a line.
    """

    family: str
    size: float = 0.0
    bold: bool = False
    capitals: bool = False
    indent: float = 0.0
    before: float = 0.0
    spacing: float = 1.0
    bullet: bool = False
    hanging: float = 0.0
    before_share: float = 0.0
    after: float = 0.0
    after_share: float = 0.0
    leading: float = 0.0
    align: str = "l"

    def list_indent(self, depth: int, numbered: bool = False) -> float:
        """Return the indent of a list item's text: the theme's own, or a quarter of an inch for each level.

        Numbers take more room than bullets.
        """
        indent = self.indent if self.bullet and self.indent else HANGING * (depth + 1)
        return indent + NUMBERED if numbered else indent

    def line_height(self, natural: float) -> float:
        """Return the distance between two baselines for a face whose own line height is `natural` points."""
        return self.leading or natural * self.spacing

    def space_before(self, size: float) -> float:
        """Return the space before a paragraph that is not the first."""
        return self.before + self.before_share * size * LINE

    def space_after(self, size: float) -> float:
        """Return the space after a paragraph that is not the last."""
        return self.after + self.after_share * size * LINE


class Placeholder(Struct, frozen=True):
    """A slot's placeholder in a layout. `insets` are left, top, right, bottom in EMU.

    `key` is its name in a map: its idx, or its shape's name if the idx is not unique. `index` and `share` are its idx and
    sz, which a slide's shape repeats. `steps` are the sizes of type to try, largest first; if empty, those of the
    layout's row hold. `words` is the text that the theme itself prints there. `ink` is the colour that the
    layout itself gives its words.
    """

    slot: str
    type: str
    box: Box
    insets: tuple[int, int, int, int]
    levels: tuple[Level, ...]
    key: str = ""
    upright: bool = True
    index: str | None = None
    share: str | None = None
    steps: tuple[float, ...] = ()
    words: str = ""
    ink: Shade | None = None

    def text_area(self, box: Box | None = None) -> tuple[float, float]:
        """Return the width and height that text has in the box, in points."""
        box = box or self.box
        left, top, right, bottom = self.insets
        return (box.width - left - right) / EMU_PER_POINT, (box.height - top - bottom) / EMU_PER_POINT


class Faces(Struct, frozen=True):
    """A theme's typefaces for headings (major) and text (minor), and those that its master writes titles and text in."""

    major: str
    minor: str
    titles: str = ""
    text: str = ""

    @property
    def by_reference(self) -> dict[str, str]:
        return {"+mj-lt": self.major, "+mn-lt": self.minor}

    def refer(self, family: str) -> str:
        """Return the theme's reference to a typeface, or the typeface itself if the theme does not name it."""
        return {self.major: "+mj-lt", self.minor: "+mn-lt"}.get(family, family)


class Theme(Struct, frozen=True):
    """A theme's package and the deck's layouts in it: their placeholders by layout and slot, and the names of their parts.

    `palettes` are those of a custom theme's layouts, whose backgrounds differ. `faces` is None if the theme takes the brand's
    typefaces. `added_parts` are layouts that were added to a custom theme;
    those that no slide uses are not written. `programs` are the kinds that a custom theme's file held, which are left out.
    """

    parts: Mapping[str, bytes]
    width: int
    height: int
    layouts: Mapping[str, Mapping[str, Placeholder]]
    layout_parts: Mapping[str, str]
    palette: Palette = field(default_factory=lambda: OUR_PALETTE)
    palettes: Mapping[str, Palette] = field(default_factory=dict)
    faces: Faces | None = None
    added_parts: frozenset[str] = frozenset()
    programs: tuple[str, ...] = ()

    def boxes(self, layout: str) -> dict[str, Box]:
        return {slot: placeholder.box for slot, placeholder in self.layouts[layout].items()}

    def find_palette(self, layout: str) -> Palette:
        """Return the palette for what is drawn on a layout."""
        return self.palettes.get(layout, self.palette)

    def adapt_brand(self, brand: Brand) -> Brand:
        """Return the brand with the theme's typefaces, by which all text is measured."""
        if self.faces is None:
            return brand
        return replace(brand, deck_headings=self.faces.titles, deck_base=self.faces.text)

    def find_substitutes(self, brand: Brand) -> dict[str, str]:
        """Return the theme's typefaces that this machine lacks, and the files that text is measured with instead."""
        used = {level.family for slots in self.layouts.values() for each in slots.values() for level in each.levels}
        faces = ((family, fonts.find_face(brand, family)) for family in sorted(used))
        return {family: face.path.stem for family, face in faces if face.substitute}
