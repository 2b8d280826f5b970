"""Finds where a program puts the ink of each text: every text gets a colour of its own, is drawn, and its pixels are found.

A copy of the deck is made in which each placeholder, table cell, chart label and label of a drawing has its own colour, what
masters and layouts draw of themselves is gone, and the slide has a margin all around, so that ink beyond its edge
shows. LibreOffice draws the copy, poppler paints it without smoothing, and the pixels of each colour are bounded.

Seen: text outside its box on any side, rows that grow, text beyond the slide, text that is not drawn at all, and chart
labels on top of one another. Not seen: ink that other ink hides, bullets in a colour of their own, ink more than the
margin beyond the slide, and what PowerPoint would do otherwise than LibreOffice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, count, pairwise
from pathlib import Path
from typing import Any

import numpy
import pptx
from lxml import etree

from reportgen.deck.values import EMU_PER_POINT, Box

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MARGIN = 685_800  # EMU around the slide: three quarters of an inch
DPI = 120
BLUE = 0xA7  # every colour of ours has it
FILLS = [f"{A}{name}" for name in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")]
LABELS = ("dLbl", "dLbls", "catAx", "dateAx", "valAx", "legend", "title")


@dataclass(frozen=True, slots=True)
class Mark:
    """A text with a colour of its own: on which slide, of which shape and part, in which box (EMU of the slide itself)."""

    slide: int
    shape: str
    part: str
    box: Box
    text: str
    size: float = 0.0
    """The largest of its sizes of type, in points, where it says so."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The extent of a mark's pixels, in points of the slide: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Marked:
    """The copy, and its marks by slide and colour (red and green in one number)."""

    data: bytes
    width: float
    height: float
    marks: Mapping[int, Mapping[int, Mark]]


def marked(data: bytes) -> Marked:
    file = pptx.Presentation(BytesIO(data))
    width, height = file.slide_width, file.slide_height
    assert width
    assert height
    for master in file.slide_masters:
        for above in (master, *master.slide_layouts):
            _bare(above._element)
    marks: dict[int, dict[int, Mark]] = {}
    for number, slide in enumerate(file.slides, 1):
        colors = count(1)
        found = marks[number] = {}
        for shape in slide.shapes:
            box = _box(shape)
            for color, mark in _color(shape, number, box, colors):
                found[color] = mark
            _move(shape, box)
    file.slide_width, file.slide_height = width + 2 * MARGIN, height + 2 * MARGIN
    target = BytesIO()
    file.save(target)
    return Marked(target.getvalue(), width / EMU_PER_POINT, height / EMU_PER_POINT, marks)


def _bare(sheet: Any) -> None:
    """A master or layout without what it draws of itself: only placeholders stay."""
    common = sheet.find(f"{P}cSld")
    for ground in common.findall(f"{P}bg"):
        common.remove(ground)
    tree = common.find(f"{P}spTree")
    for shape in list(tree)[2:]:
        if next(shape.iter(f"{P}ph"), None) is None:
            tree.remove(shape)


def _move(shape: Any, box: Box) -> None:
    """The shape with its margin; a placeholder gets its layout's box, moved."""
    left, top, width, height = box.x, box.y, box.width, box.height
    shape.left, shape.top, shape.width, shape.height = left + MARGIN, top + MARGIN, width, height


def _box(shape: Any) -> Box:
    return Box(shape.left, shape.top, shape.width, shape.height)


def _color(shape: Any, slide: int, box: Box, colors: count[int]) -> Iterator[tuple[int, Mark]]:
    """Colour a shape's texts, telling each colour's mark."""
    if shape.shape_type == 6:  # a group, whose members stand where they say
        for member in shape.shapes:
            yield from _color(member, slide, _box(member), colors)
    elif getattr(shape, "has_table", False):
        yield from _cells(shape, slide, box, colors)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape, slide, box, colors)
    elif shape.has_text_frame and _text(shape._element).strip():
        color = next(colors)
        _paint(shape._element, color)
        yield color, Mark(slide, shape.name, "", box, _text(shape._element), _size(shape._element))


def _cells(shape: Any, slide: int, box: Box, colors: count[int]) -> Iterator[tuple[int, Mark]]:
    lefts = list(accumulate((column.width for column in shape.table.columns), initial=box.x))
    tops = list(accumulate((row.height for row in shape.table.rows), initial=box.y))
    for row, (top, bottom) in enumerate(pairwise(tops)):
        for column, (left, right) in enumerate(pairwise(lefts)):
            cell = shape.table.cell(row, column)._tc
            if _text(cell).strip():
                color = next(colors)
                _paint(cell, color)
                inside = Box(left, top, right - left, bottom - top)
                yield (
                    color,
                    Mark(slide, shape.name, f"row {row}, column {column + 1}", inside, _text(cell), _size(cell)),
                )


def _chart(shape: Any, slide: int, box: Box, colors: count[int]) -> Iterator[tuple[int, Mark]]:
    """A chart's labels by what they belong to; each that is written for one value alone has its own colour."""
    space = shape.chart._chartSpace
    known: dict[Any, int] = {}
    for look in [*space.iter(f"{A}defRPr"), *space.iter(f"{A}rPr"), *space.iter(f"{A}endParaRPr")]:
        owner = next((each for each in look.iterancestors() if etree.QName(each).localname in LABELS), space)
        if owner not in known:
            known[owner] = next(colors)
            name = etree.QName(owner).localname
            index = owner.find(f"{C}idx")
            series = next((str(each.find(f"{C}idx").get("val")) for each in owner.iterancestors(f"{C}ser")), "")
            part = f"{name} {series}/{index.get('val')}" if index is not None and name == "dLbl" else f"{name} {series}"
            yield known[owner], Mark(slide, shape.name, part.strip(), box, "")
        _fill(look, known[owner])


def _paint(element: Any, color: int) -> None:
    for run in [*element.iter(f"{A}r"), *element.iter(f"{A}fld"), *element.iter(f"{A}br")]:
        look = run.find(f"{A}rPr")
        if look is None:
            look = etree.SubElement(run, f"{A}rPr")
            run.insert(0, look)
        _fill(look, color)
    for end in element.iter(f"{A}endParaRPr"):
        _fill(end, color)


def _fill(look: Any, color: int) -> None:
    for old in [child for child in look if child.tag in FILLS]:
        look.remove(old)
    fill = etree.Element(f"{A}solidFill")
    etree.SubElement(fill, f"{A}srgbClr", val=f"{color >> 8:02X}{color & 255:02X}{BLUE:02X}")
    look.insert(1 if len(look) and look[0].tag == f"{A}ln" else 0, fill)
    for link in look.findall(f"{A}hlinkClick"):
        _keep_color(link)


def _keep_color(link: Any) -> None:
    """A link is drawn in the theme's colour for links unless it says that it takes its text's."""
    for old in list(link):
        link.remove(old)
    ahyp = "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"
    listing = etree.SubElement(link, f"{A}extLst")
    entry = etree.SubElement(listing, f"{A}ext", uri="{A12FA001-AC4F-418D-AE19-62706E023703}")
    etree.SubElement(entry, f"{{{ahyp}}}hlinkClr", {"val": "tx"}, {"ahyp": ahyp})


def _size(element: Any) -> float:
    return max((int(look.get("sz", "0")) / 100 for look in element.iter(f"{A}rPr")), default=0.0)


def _text(element: Any) -> str:
    return "".join("\n" if piece.tag == f"{A}br" else piece.text or "" for piece in element.iter(f"{A}t", f"{A}br"))


def inks(picture: Path) -> dict[int, Ink]:
    """Return our colours in a picture of a page (PPM) with the extents of their pixels."""
    pixels = _ppm(picture)
    ys, xs = numpy.nonzero((pixels[:, :, 2] == BLUE) & (pixels[:, :, 0] < 16))
    if not len(ys):
        return {}
    colors = pixels[ys, xs, 0].astype(numpy.int32) * 256 + pixels[ys, xs, 1]
    order = numpy.argsort(colors, kind="stable")
    colors, xs, ys = colors[order], xs[order], ys[order]
    starts = numpy.flatnonzero(numpy.r_[True, colors[1:] != colors[:-1]])
    left, right = numpy.minimum.reduceat(xs, starts), numpy.maximum.reduceat(xs, starts) + 1
    top, bottom = numpy.minimum.reduceat(ys, starts), numpy.maximum.reduceat(ys, starts) + 1
    margin, point = MARGIN / EMU_PER_POINT, 72 / DPI
    return {
        int(color): Ink(*(float(edge) * point - margin for edge in edges))
        for color, *edges in zip(colors[starts], left, top, right, bottom, strict=True)
    }


def _ppm(path: Path) -> Any:
    data = path.read_bytes()
    magic, width, height, most = data[:40].split(maxsplit=4)[:4]
    assert (magic, most) == (b"P6", b"255"), path
    wide, high = int(width), int(height)
    body = numpy.frombuffer(data, numpy.uint8, offset=len(data) - wide * high * 3)
    return body.reshape(high, wide, 3)
