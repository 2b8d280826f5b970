"""What one layout says of its placeholders, completed from its master: read straight from the XML.

What a layout leaves out is taken from the master's placeholder of the same type and the master's text styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from lxml import etree
from msgspec import Struct

from reportgen.deck.package import A, P, parsed
from reportgen.deck.theme.theme_values import Level, Placeholder
from reportgen.deck.values import EMU_PER_POINT, Box

MASTER_OF = {"ctrTitle": "title", "subTitle": "body", "chart": "body", "tbl": "body", "obj": "body", "pic": "body"}
TITLES = ("title", "ctrTitle")
FURNITURE_TYPES = ("dt", "ftr", "sldNum")
LEVELS = 2
PROMPT = re.compile(
    r"\W*((click|tap) to )?(add |edit |insert |enter |your )*(the )?(footers?|presentation title)?( text| here| placeholder)*\W*",
    re.I,
)
BULLETS = {f"{A}buNone": False, f"{A}buChar": True, f"{A}buAutoNum": True, f"{A}buBlip": True}
SPACINGS = (f"{A}lnSpc", f"{A}spcBef", f"{A}spcAft")
RUNS = f"{A}defRPr"
DEFAULT_INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}


class Sheet(Struct, frozen=True, dict=True):
    """A layout with its master; `faces` says which typefaces +mj-lt and +mn-lt are."""

    layout: etree._Element
    master: etree._Element
    faces: Mapping[str, str]

    @property
    def name(self) -> str:
        common = self.layout.find(f"{P}cSld")
        return str(common.get("name", "")) if common is not None else ""

    def placeholders(self) -> tuple[Placeholder, ...]:
        """All placeholders, called as the layout calls them."""
        return tuple(self.placeholder(key, shape) for key, shape in keyed(self.layout))

    def placeholder(self, key: str, shape: etree._Element) -> Placeholder:
        held = mark(shape)
        chain = self.chain(shape)
        styles = self._styles(shape, chain)
        return Placeholder(
            slot=name(shape),
            key=key,
            upright=_upright(shape, chain),
            type=held.get("type", "obj"),
            box=box_of(chain),
            insets=_insets(chain),
            levels=tuple(_level(number, styles, self.faces) for number in range(1, LEVELS + 1)),
            index=held.get("idx"),
            share=held.get("sz"),
            words=_words(shape) if held.get("type") == "ftr" else "",
        )

    def chain(self, shape: etree._Element) -> tuple[etree._Element, ...]:
        """The shape, and the master's that it completes itself from."""
        kind = mark(shape).get("type", "obj")
        wanted = MASTER_OF.get(kind, kind)
        parent = self._parents.get(wanted)
        return (shape,) if parent is None else (shape, parent)

    @cached_property
    def _parents(self) -> dict[str, etree._Element]:
        """The master's placeholders by type, the first of each."""
        return {mark(each).get("type", "obj"): each for each in reversed(shapes(self.master))}

    def styles(self, shape: etree._Element) -> list[etree._Element]:
        """The lists of styles that hold for a shape's text, the nearest first."""
        return self._styles(shape, self.chain(shape))

    def _styles(self, shape: etree._Element, chain: Sequence[etree._Element]) -> list[etree._Element]:
        kind = mark(shape).get("type", "obj")
        style = "titleStyle" if kind in TITLES else "otherStyle" if kind in FURNITURE_TYPES else "bodyStyle"
        found = [each.find(f"{P}txBody/{A}lstStyle") for each in chain]
        found.append(self.master.find(f"{P}txStyles/{P}{style}"))
        return [each for each in found if each is not None]


def shapes(part: etree._Element) -> list[etree._Element]:
    """The placeholders of a layout or master."""
    return [shape for shape in part.iter(f"{P}sp") if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None]


def keyed(part: etree._Element) -> list[tuple[str, etree._Element]]:
    """The placeholders by their idx, as a map names them; by their name where that says nothing, as some programs write."""
    found = shapes(part)
    indices = [mark(shape).get("idx", "0") for shape in found]
    return [
        (index if indices.count(index) == 1 else name(shape), shape)
        for index, shape in zip(indices, found, strict=True)
    ]


def _upright(shape: etree._Element, chain: Sequence[etree._Element]) -> bool:
    """Whether its text stands upright."""
    frame = shape.find(f"{P}spPr/{A}xfrm")
    bodies = [each.find(f"{P}txBody/{A}bodyPr") for each in chain]
    way = next((way for each in bodies if each is not None and (way := each.get("vert"))), "horz")
    return way == "horz" and (frame is None or frame.get("rot", "0") == "0")


def name(shape: etree._Element) -> str:
    properties = shape.find(f"{P}nvSpPr/{P}cNvPr")
    return str(properties.get("name", "")) if properties is not None else ""


def mark(shape: etree._Element) -> etree._Element:
    """The element that makes a shape a placeholder."""
    found = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    assert found is not None
    return found


def _words(shape: etree._Element) -> str:
    """What the theme prints there itself; a mere prompt is nothing."""
    words = " ".join("".join(str(text.text or "") for text in shape.iter(f"{A}t")).split())
    return "" if PROMPT.fullmatch(words) else words


def box_of(chain: Sequence[etree._Element]) -> Box:
    """Where the first of several shapes stands that says it; pictures, groups and lines too."""
    for shape in chain:
        frames = (shape.find(f"{P}{kind}/{A}xfrm") for kind in ("spPr", "grpSpPr"))
        frame = next((each for each in frames if each is not None), None)
        offset, extent = (None, None) if frame is None else (frame.find(f"{A}off"), frame.find(f"{A}ext"))
        if offset is not None and extent is not None:
            return Box(*(_whole(each, key) for each, key in (
                (offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy"))))  # fmt: skip
    return Box(0, 0, 0, 0)


def _whole(element: etree._Element, key: str, default: int = 0) -> int:
    try:
        return int(element.get(key, default))
    except ValueError:
        return default


def _insets(chain: Sequence[etree._Element]) -> tuple[int, int, int, int]:
    bodies = [body for shape in chain if (body := shape.find(f"{P}txBody/{A}bodyPr")) is not None]
    left, top, right, bottom = (
        next((_whole(body, key, default) for body in bodies if body.get(key) is not None), default)
        for key, default in DEFAULT_INSETS.items()
    )
    return left, top, right, bottom


def _level(number: int, sheets: Sequence[etree._Element], faces: Mapping[str, str]) -> Level:
    """One level's style, each property from the first sheet that sets it."""
    says: dict[str, str] = {}
    for sheet in reversed(sheets):
        if (level := sheet.find(f"{A}lvl{number}pPr")) is not None:
            _lay_on(says, level)

    def amount(key: str, unit: float) -> float:
        try:
            return float(says.get(key, "").removesuffix("%")) / unit
        except ValueError:
            return 0.0

    family = says.get("latin") or "+mn-lt"
    return Level(
        family=faces.get(family, family),
        size=amount("sz", 100),
        bold=says.get("b") in ("1", "true"),
        capitals=says.get("cap") == "all",
        indent=amount("marL", EMU_PER_POINT),
        hanging=-amount("indent", EMU_PER_POINT),
        before=amount("spcBef spcPts", 100),
        before_share=amount("spcBef spcPct", 100_000),
        after=amount("spcAft spcPts", 100),
        after_share=amount("spcAft spcPct", 100_000),
        spacing=amount("lnSpc spcPct", 100_000) or 1.0,
        leading=amount("lnSpc spcPts", 100),
        align=says.get("algn") or "l",
        bullet=BULLETS.get(says.get("bullet", ""), False),
    )


def _lay_on(says: dict[str, str], level: etree._Element) -> None:
    """What a level says in place of what was said before: its attributes and its runs', and a word for each child's kind."""
    says.update(_named(level))
    own = ""
    for child in level:
        tag = str(child.tag)
        if tag in BULLETS:
            own = own or tag
        elif tag in SPACINGS:
            spacing = tag.removeprefix(A)
            for unit in ("spcPts", "spcPct"):  # one of them
                found = child.find(f"{A}{unit}")
                says[f"{spacing} {unit}"] = "" if found is None else str(found.get("val", ""))
        elif tag == RUNS:
            says.update(_named(child))
            latin = child.find(f"{A}latin")
            if latin is not None and (family := latin.get("typeface")) is not None:
                says["latin"] = str(family)
    if own:
        says["bullet"] = own


def _named(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}


def merged(number: int, sheets: Sequence[etree._Element]) -> etree._Element:
    """A level's style in one element, so that it looks the same below another master."""
    target = etree.Element(f"{A}lvl{number}pPr")
    for sheet in reversed(sheets):
        if (level := sheet.find(f"{A}lvl{number}pPr")) is not None:
            _lay_over(target, level)
    for element in (target, *target.iterfind(f"{A}defRPr")):
        element[:] = sorted(element, key=lambda each: ORDER.get(etree.QName(each).localname, len(ORDER)))
    return target


PROPERTIES = (
    "lnSpc", "spcBef", "spcAft", "buClrTx", "buClr", "buSzTx", "buSzPct", "buSzPts", "buFontTx", "buFont",
    "buNone", "buAutoNum", "buChar", "buBlip", "tabLst", "defRPr",
    "ln", "noFill", "solidFill", "gradFill", "blipFill", "pattFill", "effectLst", "highlight", "latin", "ea", "cs", "sym",
)  # fmt: skip
"""The order that the standard asks for, of a level's children and of its runs'."""
ORDER = {tag: place for place, tag in enumerate(PROPERTIES)}
ALTERNATIVES = (
    ("buNone", "buAutoNum", "buChar", "buBlip"),
    ("buClrTx", "buClr"),
    ("buFontTx", "buFont"),
    ("noFill", "solidFill", "gradFill", "blipFill", "pattFill"),
)


def _lay_over(below: etree._Element, above: etree._Element) -> None:
    """What `above` says in place of what `below` says, of attributes and of children; runs' styles likewise."""
    for key, value in above.attrib.items():
        below.set(key, value)
    for child in above:
        local = etree.QName(child).localname
        alternatives = next((group for group in ALTERNATIVES if local in group), (local,))
        for old in [each for each in below if etree.QName(each).localname in alternatives]:
            if local == "defRPr":
                _lay_over(old, child)
                break
            below.remove(old)
        else:
            below.append(_copy(child))


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element))


class LayoutPart(Struct, frozen=True, dict=True):
    """A layout by the name of its part, with its master's."""

    part: str
    master: str
    sheet: Sheet

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        return self.sheet.placeholders()

    @cached_property
    def decoration(self) -> tuple[Box, ...]:
        """The boxes of logos, bands and rules, the layout's and the master's."""
        trees = [part.find(f"{P}cSld/{P}spTree") for part in (self.sheet.layout, self.sheet.master)]
        drawn = [shape for tree in trees if tree is not None for shape in tree]
        boxes = [box_of([shape]) for shape in drawn if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is None]
        return tuple(box for box in boxes if box.width and box.height)


def layouts(parts: Mapping[str, bytes], faces: Mapping[str, Mapping[str, str]]) -> Iterator[LayoutPart]:
    """Every layout of every master, in their order; `faces` is by master."""
    from reportgen.deck.package import related

    for master in related(parts, "ppt/presentation.xml", "slideMaster"):
        for part in related(parts, master, "slideLayout"):
            yield LayoutPart(part, master, Sheet(_shared(parts[part]), _shared(parts[master]), faces[master]))


@lru_cache(maxsize=128)
def _shared(data: bytes) -> etree._Element:
    """Parsed once; nobody may change it."""
    return parsed(data)
