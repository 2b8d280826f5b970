"""A layout's placeholders, read from the XML.

What a layout leaves open comes from the master's placeholder of the same type and from the master's text styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from lxml import etree
from msgspec import Struct

from reportgen.deck.package import PRESENTATION, A, P, parse, related_parts
from reportgen.deck.palette import Shade
from reportgen.deck.theme.theme_values import Level, Placeholder
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.xml_lookup import (
    Element,
    copy_element,
    get_attribute,
    get_first,
    get_int,
    iter_children,
    parse_int,
    require_child,
)

MASTER_OF = {"ctrTitle": "title"} | dict.fromkeys(
    ("subTitle", "obj", "chart", "tbl", "pic", "clipArt", "dgm", "media"), "body"
)
"""The type of the master's placeholder that a layout's inherits from, where it is another."""
TITLES = ("title", "ctrTitle")
FURNITURE_TYPES = ("dt", "ftr", "sldNum")
LEVELS = 3  # of lists: a point, its list, and what stands below an item of that
PROMPT = re.compile(
    r"\W*((click|tap) to )?(add |edit |insert |enter |your )*(the )?(footers?|presentation title)?( text| here| placeholder)*\W*",
    re.I,
)
BULLETS = {f"{A}buNone": False, f"{A}buChar": True, f"{A}buAutoNum": True, f"{A}buBlip": True}
SPACINGS = (f"{A}lnSpc", f"{A}spcBef", f"{A}spcAft")
RUNS = f"{A}defRPr"
BODY = f"{P}txBody/{A}bodyPr"
INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}


class Sheet(Struct, frozen=True, dict=True):
    """A layout with its master; `faces` are the typefaces that +mj-lt and +mn-lt refer to."""

    layout: Element
    master: Element
    faces: Mapping[str, str]

    @property
    def name(self) -> str:
        return get_attribute(self.layout.find(f"{P}cSld"), "name")

    def read_placeholders(self) -> tuple[Placeholder, ...]:
        return tuple(self._read(key, shape) for key, shape in list_keys(self.layout))

    def _read(self, key: str, shape: Element) -> Placeholder:
        mark = find_mark(shape)
        chain = self.inheritance(shape)
        styles = self.text_styles(shape)
        left, top, right, bottom = (parse_int(get_first(chain, BODY, key), default) for key, default in INSETS.items())
        is_level = get_attribute(shape.find(f"{P}spPr/{A}xfrm"), "rot", "0") == "0"
        return Placeholder(
            slot=shape_name(shape),
            key=key,
            upright=is_level and get_first(chain, BODY, "vert", "horz") == "horz",
            type=placeholder_type(shape),
            box=find_box(chain),
            insets=(left, top, right, bottom),
            levels=tuple(_read_level(number, styles, self.faces) for number in range(1, LEVELS + 1)),
            index=mark.get("idx"),
            share=mark.get("sz"),
            words=_printed_words(shape) if mark.get("type") == "ftr" else "",
            ink=_read_ink(shape.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr/{RUNS}/{A}solidFill")),
        )

    def inheritance(self, shape: Element) -> tuple[Element, ...]:
        """Return the shape and the master's placeholder that it inherits from, if there is one."""
        kind = placeholder_type(shape)
        parent = self._parents.get(MASTER_OF.get(kind, kind))
        return (shape,) if parent is None else (shape, parent)

    @cached_property
    def _parents(self) -> dict[str, Element]:
        """The master's placeholders by type, the first of each."""
        return {placeholder_type(each): each for each in reversed(find_placeholders(self.master))}

    def text_styles(self, shape: Element) -> list[Element]:
        """Return the style lists that hold for a shape's text, the nearest first."""
        kind = placeholder_type(shape)
        style = "titleStyle" if kind in TITLES else "otherStyle" if kind in FURNITURE_TYPES else "bodyStyle"
        found = [each.find(f"{P}txBody/{A}lstStyle") for each in self.inheritance(shape)]
        found.append(self.master.find(f"{P}txStyles/{P}{style}"))
        return [each for each in found if each is not None]


def find_placeholders(part: Element) -> list[Element]:
    """Return the placeholder shapes of a layout or master."""
    return [shape for shape in part.iter(f"{P}sp") if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None]


def list_keys(part: Element) -> list[tuple[str, Element]]:
    """Return the placeholder shapes with their keys in a map: the idx, or the name if programs gave several the same idx."""
    found = find_placeholders(part)
    indices = [find_mark(shape).get("idx", "0") for shape in found]
    return [
        (index if indices.count(index) == 1 else shape_name(shape), shape)
        for index, shape in zip(indices, found, strict=True)
    ]


def shape_name(shape: Element) -> str:
    return get_attribute(shape.find(f"{P}nvSpPr/{P}cNvPr"), "name")


def find_mark(shape: Element) -> Element:
    """Return the p:ph element, which makes a shape a placeholder."""
    return require_child(shape, f"{P}nvSpPr/{P}nvPr/{P}ph")


def placeholder_type(shape: Element) -> str:
    return str(find_mark(shape).get("type", "obj"))


def _printed_words(shape: Element) -> str:
    """Return the text that the theme itself prints there; a mere prompt does not count."""
    words = " ".join("".join(str(text.text or "") for text in shape.iter(f"{A}t")).split())
    return "" if PROMPT.fullmatch(words) else words


def _read_ink(fill: Element | None) -> Shade | None:
    """Return the colour of a fill, if it is one that a layout of ours may have: a slot, or a colour, in a shade."""
    color = next(iter_children(fill), None)
    if color is None or color.tag not in (f"{A}schemeClr", f"{A}srgbClr"):
        return None
    mod, off = (
        get_int(color.find(f"{A}{tag}"), "val", usual) // 1000 for tag, usual in (("lumMod", 100_000), ("lumOff", 0))
    )
    value = get_attribute(color, "val")
    return Shade(value if color.tag == f"{A}schemeClr" else f"#{value}", mod, off)


def find_box(chain: Sequence[Element]) -> Box:
    """Return the box of the first shape that states one; pictures, groups and lines count too."""
    for shape in chain:
        for kind in ("spPr", "grpSpPr"):
            offset, extent = (shape.find(f"{P}{kind}/{A}xfrm/{A}{part}") for part in ("off", "ext"))
            if offset is not None and extent is not None:
                return Box(*(get_int(offset, key) for key in "xy"), *(get_int(extent, key) for key in ("cx", "cy")))
    return Box(0, 0, 0, 0)


def _read_level(number: int, sheets: Sequence[Element], faces: Mapping[str, str]) -> Level:
    """Return one level's style, each property from the first sheet that sets it."""
    levels = [level for sheet in sheets if (level := sheet.find(f"{A}lvl{number}pPr")) is not None]

    def amount(found: Sequence[Element], path: str, name: str, unit: float) -> float:
        try:
            return float(get_first(found, path, name).removesuffix("%")) / unit
        except ValueError:
            return 0.0

    def space(tag: str) -> tuple[float, float]:
        """Return a space in points and as a share of the line; the level that sets it has one of them."""
        found = [level for level in levels if level.find(tag) is not None][:1]
        return amount(found, f"{tag}/{A}spcPts", "val", 100), amount(found, f"{tag}/{A}spcPct", "val", 100_000)

    (leading, spacing), (before, before_share), (after, after_share) = map(space, SPACINGS)
    family = get_first(levels, f"{RUNS}/{A}latin", "typeface") or "+mn-lt"
    return Level(
        family=faces.get(family, family),
        size=amount(levels, RUNS, "sz", 100),
        bold=get_first(levels, RUNS, "b") in ("1", "true"),
        capitals=get_first(levels, RUNS, "cap") == "all",
        indent=amount(levels, "", "marL", EMU_PER_POINT),
        hanging=-amount(levels, "", "indent", EMU_PER_POINT),
        before=before,
        before_share=before_share,
        after=after,
        after_share=after_share,
        spacing=spacing or 1.0,
        leading=leading,
        align=get_first(levels, "", "algn") or "l",
        bullet=next((BULLETS[str(child.tag)] for level in levels for child in level if child.tag in BULLETS), False),
    )


def merge_level(number: int, sheets: Sequence[Element]) -> Element:
    """Return a level's whole style in one element, so that it looks the same under another master."""
    target = etree.Element(f"{A}lvl{number}pPr")
    for sheet in reversed(sheets):
        if (level := sheet.find(f"{A}lvl{number}pPr")) is not None:
            _override(target, level)
    for element in (target, *target.iterfind(f"{A}defRPr")):
        sort_children(element)
    return target


def list_run_styles(number: int, sheets: Sequence[Element]) -> list[Element]:
    """Return the styles that the runs of a level take from the sheets, the nearest first."""
    found = (sheet.find(f"{A}lvl{number}pPr/{RUNS}") for sheet in sheets)
    return [each for each in found if each is not None]


def sort_children(element: Element) -> None:
    """Bring the children of a level, or of its runs' style, in the order that the schema asks for."""
    element[:] = sorted(element, key=lambda each: ORDER.get(etree.QName(each).localname, len(ORDER)))


def has_fill(shape: Element) -> bool:
    """Return True if a shape states its own fill."""
    properties = require_child(shape, f"{P}spPr")
    return any(etree.QName(each).localname.endswith("Fill") for each in properties)


def set_fill(shape: Element, fill: Element) -> None:
    """Set a shape's fill, and no outline unless it has its own."""
    properties = require_child(shape, f"{P}spPr")
    for old in [each for each in properties if etree.QName(each).localname.endswith("Fill")]:
        properties.remove(old)
    forms = [each for each in properties if etree.QName(each).localname in ("xfrm", "prstGeom", "custGeom")]
    properties.insert(len(forms), fill)
    if properties.find(f"{A}ln") is None:
        line = etree.Element(f"{A}ln")
        etree.SubElement(line, f"{A}noFill")
        properties.insert(len(forms) + 1, line)


def restyle_level(body: Element, number: int, *styles: Element) -> None:
    """Set properties of a level's runs (a fill, a typeface) in a text body's own list style."""
    listed = body.find(f"{A}lstStyle")
    if listed is None:
        listed = etree.Element(f"{A}lstStyle")
        body.insert(1, listed)
    level = listed.find(f"{A}lvl{number}pPr")
    if level is None:
        level = etree.SubElement(listed, f"{A}lvl{number}pPr")
        listed[:] = sorted(listed, key=lambda each: etree.QName(each).localname)
    above = etree.Element(f"{A}lvl{number}pPr")
    etree.SubElement(above, RUNS).extend(styles)
    _override(level, above)
    for element in (level, *level.iterfind(RUNS)):
        sort_children(element)


PROPERTIES = (
    "lnSpc", "spcBef", "spcAft", "buClrTx", "buClr", "buSzTx", "buSzPct", "buSzPts", "buFontTx", "buFont",
    "buNone", "buAutoNum", "buChar", "buBlip", "tabLst", "defRPr",
    "ln", "noFill", "solidFill", "gradFill", "blipFill", "pattFill", "effectLst", "highlight", "latin", "ea", "cs", "sym",
)  # fmt: skip
"""The order that the schema asks for, of a level's children and of its runs'."""
ORDER = {tag: place for place, tag in enumerate(PROPERTIES)}
ALTERNATIVES = (
    ("buNone", "buAutoNum", "buChar", "buBlip"),
    ("buClrTx", "buClr"),
    ("buFontTx", "buFont"),
    ("noFill", "solidFill", "gradFill", "blipFill", "pattFill"),
)


def _override(below: Element, above: Element) -> None:
    """Replace attributes and children of `below` with those of `above`; likewise in the runs' styles."""
    for key, value in above.attrib.items():
        below.set(key, value)
    for child in above:
        local = etree.QName(child).localname
        alternatives = next((group for group in ALTERNATIVES if local in group), (local,))
        for old in [each for each in below if etree.QName(each).localname in alternatives]:
            if local == "defRPr":
                _override(old, child)
                break
            below.remove(old)
        else:
            below.append(copy_element(child))


class LayoutPart(Struct, frozen=True, dict=True):
    """A layout with the names of its part and of its master's."""

    part: str
    master: str
    sheet: Sheet

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        return self.sheet.read_placeholders()

    @cached_property
    def upright(self) -> tuple[Placeholder, ...]:
        """The placeholders whose text is not rotated."""
        return tuple(each for each in self.placeholders if each.upright)

    @property
    def title(self) -> Placeholder | None:
        """The title, unless its text is rotated."""
        return next((each for each in self.upright if each.type in TITLES and each.box.width), None)

    @cached_property
    def decoration(self) -> tuple[Box, ...]:
        """The boxes of logos, bands and rules of the layout and its master."""
        trees = [part.find(f"{P}cSld/{P}spTree") for part in (self.sheet.layout, self.sheet.master)]
        drawn = [shape for tree in trees if tree is not None for shape in tree]
        boxes = [find_box([shape]) for shape in drawn if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is None]
        return tuple(box for box in boxes if box.width and box.height)


def read_layouts(parts: Mapping[str, bytes], faces: Mapping[str, Mapping[str, str]]) -> Iterator[LayoutPart]:
    """Yield every layout of every master, in the file's order; `faces` is by master."""
    for master in related_parts(parts, PRESENTATION, "slideMaster"):
        for part in related_parts(parts, master, "slideLayout"):
            yield LayoutPart(part, master, Sheet(_parse(parts[part]), _parse(parts[master]), faces[master]))


@lru_cache(maxsize=128)
def _parse(data: bytes) -> Element:
    """Parse a part once; callers share the tree and must not change it."""
    return parse(data)
