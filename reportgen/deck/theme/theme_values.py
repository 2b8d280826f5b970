"""A theme as values: where each layout's slots stand and how their text is set. Boxes are EMU, type is points."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.deck.palette import OUR_PALETTE, Palette
from reportgen.deck.values import EMU_PER_POINT, Box

HANGING = 18.0  # points between a bullet and its text
NUMBERED = 8.0  # points more, for a number
LINE = 1.2  # of the size: what a share of a line means in a paragraph's spacing


class Level(Struct, frozen=True):
    """How one level of a slot's paragraphs is set; lengths are points. A size of 0 is one that the theme does not say.

    `spacing` is a share of the line's height, or `leading` says it in points; `before` and `after` stand between
    paragraphs, with `before_share` and `after_share` of a line more.
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
        """Where a list item's text begins: the theme's own place, or a quarter of an inch for each level.

        Numbers take more room than bullets.
        """
        indent = self.indent if self.bullet and self.indent else HANGING * (depth + 1)
        return indent + NUMBERED if numbered else indent

    def line(self, natural: float) -> float:
        """The distance between two baselines, for a face that takes `natural` points of itself."""
        return self.leading or natural * self.spacing

    def above(self, size: float) -> float:
        """What is free before a paragraph that is not the first."""
        return self.before + self.before_share * size * LINE

    def below(self, size: float) -> float:
        """What is free after a paragraph that is not the last."""
        return self.after + self.after_share * size * LINE


class Placeholder(Struct, frozen=True):
    """A slot's place in a layout. `insets` are left, top, right, bottom in EMU.

    `key` is what a map calls it: its idx, or its name where the idx says nothing. `index` and `share` are its own idx
    and sz, by which a slide's shape names it. `steps` are the sizes
    of type that a theme asks for, largest first; none leaves them to the layout's row. `words` is the text that the
    theme itself prints there.
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

    def room(self, box: Box | None = None) -> tuple[float, float]:
        """The width and height that text has, in points."""
        box = box or self.box
        left, top, right, bottom = self.insets
        return (box.width - left - right) / EMU_PER_POINT, (box.height - top - bottom) / EMU_PER_POINT


class Faces(Struct, frozen=True):
    """The theme's two typefaces."""

    major: str
    minor: str

    @property
    def by_reference(self) -> dict[str, str]:
        return {"+mj-lt": self.major, "+mn-lt": self.minor}


class Theme(Struct, frozen=True):
    """A theme's package, and our layouts in it: their placeholders by layout and slot, and the parts they are.

    `faces` is None for our own theme, whose faces are the brand's. `made` are parts that were added to a house's own
    theme; those that no slide uses are not written.
    """

    name: str
    parts: Mapping[str, bytes]
    width: int
    height: int
    layouts: Mapping[str, Mapping[str, Placeholder]]
    layout_parts: Mapping[str, str]
    palette: Palette = field(default_factory=lambda: OUR_PALETTE)
    faces: Faces | None = None
    made: frozenset[str] = frozenset()

    def boxes(self, layout: str) -> dict[str, Box]:
        return {slot: placeholder.box for slot, placeholder in self.layouts[layout].items()}

    def dressed(self, brand: Brand) -> Brand:
        """The brand with the theme's own typefaces, for everything that is measured."""
        if self.faces is None:
            return brand
        return replace(brand, deck_headings=self.faces.major, deck_base=self.faces.minor)

    def stand_ins(self, brand: Brand) -> dict[str, str]:
        """The theme's faces that are not on this machine, and the files that stand in for them."""
        held = {level.family for slots in self.layouts.values() for each in slots.values() for level in each.levels}
        faces = ((family, fonts.find_face(brand, family)) for family in sorted(held))
        return {family: face.path.stem for family, face in faces if face.substitute}
