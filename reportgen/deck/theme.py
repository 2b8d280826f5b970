"""A theme read as values: where each layout's slots stand and how their text is set.

Read straight from the theme's XML, so that compiling and fitting need no python-pptx. Boxes are EMU, type is points.
What a layout leaves out is taken from the master's placeholder of the same type and the master's text styles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import join, normpath

from lxml import etree

from reportgen.brand import Brand
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.model import EMU_PER_POINT, Box
from reportgen.errors import Diagnostic, FileError, Location, TemplateError

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MASTER_OF = {"ctrTitle": "title", "subTitle": "body", "chart": "body", "tbl": "body", "obj": "body", "pic": "body"}
FURNITURE_TYPES = ("dt", "ftr", "sldNum")
LEVELS = 2
HANGING = 18.0  # points between a bullet and its text
NUMBERED = 8.0  # points more, for a number
BULLETS = {f"{A}buNone": False, f"{A}buChar": True, f"{A}buAutoNum": True, f"{A}buBlip": True}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a slot's paragraphs is set; lengths are points, `spacing` is a share of the line's height."""

    family: str
    size: float = 18.0
    bold: bool = False
    capitals: bool = False
    indent: float = 0.0
    before: float = 0.0
    spacing: float = 1.0
    bullet: bool = False

    def list_indent(self, depth: int, numbered: bool = False) -> float:
        """Where a list item's text begins: the theme's own place, or a quarter of an inch for each level.

        Numbers take more room than bullets.
        """
        indent = self.indent if self.bullet and self.indent else HANGING * (depth + 1)
        return indent + NUMBERED if numbered else indent


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A slot's place in a layout. `insets` are left, top, right, bottom in EMU."""

    slot: str
    type: str
    box: Box
    insets: tuple[int, int, int, int]
    levels: tuple[Level, ...]

    def room(self, box: Box | None = None) -> tuple[float, float]:
        """The width and height that text has, in points."""
        box = box or self.box
        left, top, right, bottom = self.insets
        return (box.width - left - right) / EMU_PER_POINT, (box.height - top - bottom) / EMU_PER_POINT


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's folder and its layouts' placeholders, by layout and slot."""

    folder: Path
    width: int
    height: int
    layouts: Mapping[str, Mapping[str, Placeholder]]

    def boxes(self, layout: str) -> dict[str, Box]:
        return {slot: placeholder.box for slot, placeholder in self.layouts[layout].items()}


def read(folder: Path, brand: Brand) -> Theme:
    """The theme in an unpacked folder; TemplateError tells every layout and slot that it lacks."""
    presentation = _xml(folder, "ppt/presentation.xml")
    size = presentation.find(f"{P}sldSz")
    if size is None:
        raise TemplateError("the theme names no slide size", Location(str(folder / "ppt/presentation.xml")))
    faces = {"+mj-lt": brand.deck_headings, "+mn-lt": brand.deck_base}
    layouts: dict[str, Mapping[str, Placeholder]] = {}
    for master_name in _related(folder, "ppt/presentation.xml", "slideMaster"):
        master = _xml(folder, master_name)
        for layout_name in _related(folder, master_name, "slideLayout"):
            layout = _xml(folder, layout_name)
            common = layout.find(f"{P}cSld")
            name = common.get("name", "") if common is not None else ""
            layouts[name] = _placeholders(layout, master, faces)
    _require_all(folder, layouts)
    return Theme(folder, int(size.get("cx", 0)), int(size.get("cy", 0)), layouts)


def _require_all(folder: Path, layouts: Mapping[str, Mapping[str, Placeholder]]) -> None:
    where = Location(str(folder))
    faults = [Diagnostic(f'the theme has no layout "{name}"', where) for name in LAYOUTS if name not in layouts]
    faults += [
        Diagnostic(f'the theme\'s layout "{name}" has no placeholder "{row.name}"', where)
        for name, layout in LAYOUTS.items()
        for row in layout.slots
        if name in layouts and row.name not in layouts[name]
    ]
    if faults:
        raise TemplateError(faults)


def _placeholders(layout: etree._Element, master: etree._Element, faces: Mapping[str, str]) -> dict[str, Placeholder]:
    parents = {_type(shape): shape for shape in _shapes(master)}
    found = {}
    for shape in _shapes(layout):
        kind = _type(shape)
        parent = parents.get(MASTER_OF.get(kind, kind))
        chain = [shape] if parent is None else [shape, parent]
        style = {"title": "titleStyle", "ctrTitle": "titleStyle"}.get(kind, "bodyStyle")
        style = "otherStyle" if kind in FURNITURE_TYPES else style
        sheets = [*(each.find(f"{P}txBody/{A}lstStyle") for each in chain), master.find(f"{P}txStyles/{P}{style}")]
        levels = tuple(_level(number, sheets, faces) for number in range(1, LEVELS + 1))
        properties = shape.find(f"{P}nvSpPr/{P}cNvPr")
        assert properties is not None
        name = str(properties.get("name"))
        found[name] = Placeholder(name, kind, _box(chain), _insets(chain), levels)
    return found


def _shapes(part: etree._Element) -> list[etree._Element]:
    return [shape for shape in part.iter(f"{P}sp") if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None]


def _type(shape: etree._Element) -> str:
    placeholder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    assert placeholder is not None
    return placeholder.get("type", "obj")


def _box(chain: Sequence[etree._Element]) -> Box:
    for shape in chain:
        offset, extent = shape.find(f"{P}spPr/{A}xfrm/{A}off"), shape.find(f"{P}spPr/{A}xfrm/{A}ext")
        if offset is not None and extent is not None:
            return Box(
                int(offset.get("x", 0)), int(offset.get("y", 0)), int(extent.get("cx", 0)), int(extent.get("cy", 0))
            )
    return Box(0, 0, 0, 0)


def _insets(chain: Sequence[etree._Element]) -> tuple[int, int, int, int]:
    bodies = [body for shape in chain if (body := shape.find(f"{P}txBody/{A}bodyPr")) is not None]
    defaults = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
    left, top, right, bottom = (
        next((int(value) for body in bodies if (value := body.get(name)) is not None), default)
        for name, default in defaults.items()
    )
    return left, top, right, bottom


def _level(number: int, sheets: Sequence[etree._Element | None], faces: Mapping[str, str]) -> Level:
    """One level's style, each property from the first sheet that sets it."""
    levels = [
        level for sheet in sheets if sheet is not None and (level := sheet.find(f"{A}lvl{number}pPr")) is not None
    ]
    runs = [run for level in levels if (run := level.find(f"{A}defRPr")) is not None]

    def first(elements: Sequence[etree._Element], path: str, attribute: str, default: str) -> str:
        for element in elements:
            target = element.find(path) if path else element
            if target is not None and (value := target.get(attribute)) is not None:
                return value
        return default

    family = first(runs, f"{A}latin", "typeface", "+mn-lt")
    return Level(
        family=faces.get(family, family),
        size=int(first(runs, "", "sz", "1800")) / 100,
        bold=first(runs, "", "b", "0") in ("1", "true"),
        capitals=first(runs, "", "cap", "none") == "all",
        indent=int(first(levels, "", "marL", "0")) / EMU_PER_POINT,
        before=int(first(levels, f"{A}spcBef/{A}spcPts", "val", "0")) / 100,
        spacing=int(first(levels, f"{A}lnSpc/{A}spcPct", "val", "100000")) / 100_000,
        bullet=next((BULLETS[str(each.tag)] for level in levels for each in level if each.tag in BULLETS), False),
    )


def _related(folder: Path, part: str, kind: str) -> list[str]:
    """The names of the parts of one kind that a part refers to, in the order of the relations."""
    base, _, file = part.rpartition("/")
    relations = _xml(folder, f"{base}/_rels/{file}.rels")
    return [
        normpath(join(base, str(relation.get("Target"))))
        for relation in relations
        if str(relation.get("Type")).endswith(f"/{kind}")
    ]


@lru_cache(maxsize=64)
def _xml(folder: Path, part: str) -> etree._Element:
    path = folder / part
    try:
        return etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except OSError as error:
        raise FileError(f"the theme cannot be read: {error.strerror}", Location(str(path))) from None
    except etree.XMLSyntaxError as error:
        raise TemplateError(error.msg or "not well-formed", Location(str(path), *error.position)) from None
