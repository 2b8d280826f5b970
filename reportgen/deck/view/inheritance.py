"""What a shape takes over from its layout, its master and the theme: box, fill, and how its text is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from reportgen.deck.values import EMU_PER_POINT
from reportgen.deck.view.part_xml import A, Element, P, at, children, first, share, whole, word
from reportgen.deck.view.resolved_colors import Fill, Paint, Palette
from reportgen.deck.view.view_values import FURNITURE, TITLES, Frame, Lines

MASTER_OF = {"ctrTitle": "title", "subTitle": "body"} | dict.fromkeys(
    ("obj", "chart", "tbl", "pic", "clipArt", "dgm", "media"), "body"
)
ROLES = {"ctrTitle": "title", "subTitle": "body", "obj": "body"}


class Holder(Struct, frozen=True):
    """A placeholder of a layout or a master."""

    type: str
    index: str
    element: Element


def holder_of(element: Element) -> Holder | None:
    """Which placeholder a shape is, if it is one."""
    for child in children(element):
        if child.tag.startswith(f"{P}nv"):
            mark = child.find(f"{P}nvPr/{P}ph")
            return None if mark is None else Holder(mark.get("type", "obj"), mark.get("idx", "0"), element)
    return None


def holders(part: Element) -> tuple[Holder, ...]:
    return tuple(each for shape in part.iter(f"{P}sp", f"{P}pic") if (each := holder_of(shape)) is not None)


def chain(mine: Holder, layout: Sequence[Holder], master: Sequence[Holder]) -> tuple[Element, ...]:
    """The shape itself, and the placeholders of layout and master that it stands in for."""
    above = next((each for each in layout if each.index == mine.index and _alike(each, mine)), None) or next(
        (each for each in layout if ROLES.get(each.type, each.type) == ROLES.get(mine.type, mine.type)), None
    )
    kind = above.type if above else mine.type
    top = next((each for each in master if each.type == MASTER_OF.get(kind, kind)), None)
    return tuple(each.element for each in (mine, above, top) if each is not None)


def _alike(one: Holder, other: Holder) -> bool:
    """Whether two may be the same placeholder: title and furniture are never anything else."""
    fixed = (*TITLES, *FURNITURE)
    return ROLES.get(one.type, one.type) == ROLES.get(other.type, other.type) or not (
        one.type in fixed or other.type in fixed
    )


class Style(Struct):
    """How the text of a shape, or of a cell, is set: sheets of levels, nearest first.

    `color` and `bold` come from the shape's or the table's style, after the shape's own sheet and before all others.
    """

    palette: Palette
    faces: Mapping[str, str]
    sheets: tuple[Element | None, ...]
    above: int = 0
    """Where among the sheets those of the layout begin; 0 where there is no layout."""
    color: Paint | None = None
    bold: bool | None = None
    scale: float = 1.0
    levels: dict[int, Level] = field(default_factory=dict)

    def level(self, depth: int) -> Level:
        if depth not in self.levels:
            self.levels[depth] = self._level(depth)
        return self.levels[depth]

    def _level(self, depth: int) -> Level:
        found = [at(sheet, f"{A}lvl{depth + 1}pPr") for sheet in self.sheets]
        runs = [at(each, f"{A}defRPr") for each in found]
        paint: Paint | None = None
        for place, look in enumerate(runs):
            if place == 1 and self.color:
                break
            fill = self.palette.fill(look)
            if fill is not None:
                paint = fill if isinstance(fill, Paint) else None
                break
        else:
            paint = None if self.color else self.palette.named("tx1")
        if paint is None and self.color and not any(self.palette.fill(look) for look in runs[:1]):
            paint = self.color
        given = whole(first(runs[self.above : -1], "", "sz")) / 100 if self.above else 0.0
        bold = self.bold if self.bold is not None else on_first(runs, "b")
        face = first(runs, f"{A}latin", "typeface", "+mn-lt")
        size = whole(first(runs, "", "sz", "1800"), 1800) / 100
        lines = self.lines(found)
        return Level(
            tuple(found), size * self.scale, given or None, bold, on_first(runs, "i"), self.face(face), paint, lines
        )

    def lines(self, sheets: Sequence[Element | None]) -> Lines:
        """How paragraphs stand, each property from the first sheet that has it."""
        return Lines(
            first(sheets, "", "algn", "l"),
            whole(first(sheets, "", "marL", "0")) / EMU_PER_POINT,
            whole(first(sheets, "", "marR", "0")) / EMU_PER_POINT,
            whole(first(sheets, "", "indent", "0")) / EMU_PER_POINT,
            whole(first(sheets, f"{A}spcBef/{A}spcPts", "val", "0")) / 100,
            whole(first(sheets, f"{A}spcAft/{A}spcPts", "val", "0")) / 100,
            share(first(sheets, f"{A}lnSpc/{A}spcPct", "val", "100000")),
            whole(word(at(sheets[0] if sheets else None, f"{A}lnSpc/{A}spcPts"), "val")) / 100,
            first(sheets, "", "rtl", "0") not in ("1", "true"),
        )

    def face(self, name: str) -> str:
        return self.faces.get(name, name)


class Level(Struct, frozen=True):
    """One level of paragraphs. A paragraph that has properties of its own looks through the sheets again."""

    sheets: tuple[Element | None, ...]
    size: float
    given: float | None
    bold: bool
    italic: bool
    family: str
    paint: Paint | None
    lines: Lines


def on_first(elements: Sequence[Element | None], name: str) -> bool:
    return first(elements, "", name) in ("1", "true", "on")


def frame(bodies: Sequence[Element | None], turned: bool) -> Frame:
    """How text stands in its box, from the bodyPr of the shape and of what it inherits from."""
    defaults = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
    left, top, right, bottom = (
        whole(first(bodies, "", name), default) / EMU_PER_POINT for name, default in defaults.items()
    )
    fits = next((each for body in bodies for each in children(body) if each.tag.endswith("utofit") or each.tag.endswith("utoFit")), None)  # fmt: skip
    return Frame(
        (left, top, right, bottom),
        first(bodies, "", "anchor", "t"),
        first(bodies, "", "wrap", "square") != "none",
        fits is not None and fits.tag == f"{A}spAutoFit",
        turned or first(bodies, "", "vert", "horz") != "horz",
        max(1, whole(first(bodies, "", "numCol", "1"), 1)),
    )


def shrunk(bodies: Sequence[Element | None]) -> float:
    """The scale at which a program's own shrinking shows the text."""
    return share(word(at(bodies[0] if bodies else None, f"{A}normAutofit"), "fontScale"), 1.0)


def fill_of(elements: Sequence[Element], palette: Palette, group: Fill) -> Fill:
    """The shape's own fill, or that of the placeholder that it inherits from, or that of its style."""
    for element in elements:
        properties = element.find(f"{P}spPr")
        if at(properties, f"{A}grpFill") is not None:
            return group
        if (fill := palette.fill(properties)) is not None:
            return fill
    return palette.referred(at(elements[0], f"{P}style/{A}fillRef")) or "none"
