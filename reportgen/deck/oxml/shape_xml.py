"""Placeholders, graphic frames and groups as PresentationML."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from reportgen import fonts
from reportgen.charts.scene import Scene, SceneDot, SceneItem, SceneLine, ScenePolygon, SceneRect, SceneText
from reportgen.deck.oxml import (
    NO_LINE,
    Paint,
    build_identity,
    build_part,
    build_tag,
    build_tight_body,
    build_transform,
    escape_text,
    quote_attribute,
    run_faces,
)
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.fonts import overhang
from reportgen.text.languages import find_direction

TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NUMBER_FIELD = "{6D3A9B1E-52F7-4C0A-9A62-7B1D0E5F4C11}"
TREE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
COLORS = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"


def build_slide(shapes: Iterable[str]) -> bytes:
    """Build a slide's part from the XML of its shapes."""
    return build_part("p:sld", f"<p:cSld><p:spTree>{TREE}{''.join(shapes)}</p:spTree></p:cSld>{COLORS}")


class Place(Struct, frozen=True):
    """The placeholder of the layout that a shape fills: the attributes of its p:ph."""

    type: str | None
    index: str | None
    size: str | None

    @property
    def xml(self) -> str:
        pairs = (("type", self.type), ("sz", self.size), ("idx", self.index))
        return "<p:ph" + "".join(f" {name}={quote_attribute(value)}" for name, value in pairs if value) + "/>"


def build_placeholder(number: int, name: str, place: Place, text: str, box: Box | None) -> str:
    """Build a filled placeholder; `box` is None if the layout's box holds."""
    where = build_transform(box) if box else ""
    return (
        f'<p:sp><p:nvSpPr>{build_identity(number, name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{place.xml}</p:nvPr></p:nvSpPr>{build_tag('p:spPr', inner=where)}{text}</p:sp>"
    )


def build_number_field(slide: int, language: str, size: float | None = None, fill: str = "") -> str:
    """Build the text of a slide-number placeholder: a field with its current value, in a size and colour or in the layout's own."""
    body, points = ("<a:noAutofit/>", f' sz="{round(size * 100)}"') if size else ("", "")
    look = build_tag("a:rPr", f" lang={quote_attribute(language)}{points}", fill)
    inner = f'<a:fld id="{NUMBER_FIELD}" type="slidenum">{look}<a:t>{slide}</a:t></a:fld>'
    return f"<p:txBody>{build_tag('a:bodyPr', inner=body)}<a:lstStyle/><a:p>{inner}</a:p></p:txBody>"


def build_graphic_frame(number: int, name: str, alt: str, place: Place, box: Box, uri: str, inner: str) -> str:
    """Build the frame of a table or chart in its placeholder."""
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{build_identity(number, name, alt)}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        f"<p:nvPr>{place.xml}</p:nvPr></p:nvGraphicFramePr>{build_transform(box, 'p:xfrm')}"
        f'<a:graphic><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def build_chart_reference(relation: str) -> str:
    return f'<c:chart xmlns:c="{CHART_URI}" r:id="{relation}"/>'


def build_group(number: int, name: str, alt: str, scene: Scene, box: Box, language: str, paint: Paint) -> str:
    """Build a drawing as one group of native shapes, numbered on from the group's id."""
    placed = [place_item(item, box) for item in scene.items]
    whole = Box.around(placed)
    inside = f'<a:chOff x="{whole.x}" y="{whole.y}"/><a:chExt cx="{whole.width}" cy="{whole.height}"/></a:xfrm>'
    members = "".join(
        _member(number + place, _name(item, place), item, item_box, language, paint)
        for place, (item, item_box) in enumerate(zip(scene.items, placed, strict=True), 1)
    )
    return (
        f"<p:grpSp><p:nvGrpSpPr>{build_identity(number, name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr>{build_transform(whole).removesuffix('</a:xfrm>')}{inside}</p:grpSpPr>{members}</p:grpSp>"
    )


def place_item(item: SceneItem, area: Box) -> Box:
    """Return the box of an item of a drawing that lies in an area of the slide."""
    match item:
        case SceneLine(x1, y1, x2, y2):
            points = (min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        case SceneDot(x, y, diameter):
            points = (x - diameter / 2, y - diameter / 2, diameter, diameter)
        case ScenePolygon(corners):
            xs, ys = zip(*corners, strict=True)
            points = (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        case _:
            points = (item.x, item.y, item.width, item.height)
    left, top, width, height = (round(each * EMU_PER_POINT) for each in points)
    return Box(area.x + left, area.y + top, width, height)


def _name(item: SceneItem, place: int) -> str:
    """Return the name for the selection pane: a text's words, a bar's name, else the kind and a number."""
    match item:
        case SceneText():
            return f"label: {' '.join(item.text.split())[:40]}"
        case SceneRect(name=str(name)) if name:
            return name
    return f"{type(item).__name__.removeprefix('Scene').lower()} {place}"


def _member(number: int, name: str, item: SceneItem, box: Box, language: str, paint: Paint) -> str:
    match item:
        case SceneText():
            return _text_box(number, name, item, box, language, paint)
        case SceneLine():
            return _line(number, name, item, box, paint)
    if isinstance(item, ScenePolygon):
        raise TypeError("areas are native charts on slides, never shapes")
    fill = paint.fill(item.role, item.texture)
    if isinstance(item, SceneRect):
        look = fill + paint.outline(item.role, item.texture)
        return build_shape(number, name, box, look, decorative=not item.name)
    look = fill + paint.line(item.role, 1.25)
    return build_shape(number, name, box, look, geometry="ellipse", decorative=True)


def build_shape(
    number: int, name: str, box: Box, look: str, text: str = "", geometry: str = "rect", decorative: bool = False
) -> str:
    """Build a shape with its fill and line; with a `text` it is a text box."""
    kind = build_tag("p:cNvSpPr", ' txBox="1"' if text else "")
    return (
        f"<p:sp><p:nvSpPr>{build_identity(number, name, decorative=decorative)}{kind}<p:nvPr/></p:nvSpPr>"
        f'<p:spPr>{build_transform(box)}<a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom>{look}</p:spPr>{text}</p:sp>'
    )


def _line(number: int, name: str, item: SceneLine, box: Box, paint: Paint) -> str:
    flip = ' flipV="1"' if (item.x2 - item.x1) * (item.y2 - item.y1) < 0 else ""
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{build_identity(number, name, decorative=True)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
        f'<p:spPr>{build_transform(box, flip=flip)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f"{paint.line(item.role, item.weight, item.dashed)}</p:spPr></p:cxnSp>"
    )


def _text_box(number: int, name: str, item: SceneText, box: Box, language: str, paint: Paint) -> str:
    align = {"left": "l", "center": "ctr", "right": "r"}[item.align]
    anchor = {"top": "t", "middle": "ctr", "bottom": "b"}[item.anchor]
    bold = ' b="1"' if item.bold else ""
    rtl = find_direction(language) == "rtl"
    emoji = bool(fonts.EMOJI.search(item.text))
    margin = round(overhang.measure_right(item.text, rtl) * item.size * EMU_PER_POINT)
    attributes = (f' mar{"L" if rtl else "R"}="{margin}"' if margin else "") + (' rtl="1"' if rtl else "")
    look = f' lang={quote_attribute(language)} sz="{round(item.size * 100)}"{bold}>{paint.solid(item.role)}'
    paragraphs = ""
    for line in item.text.split("\n"):
        arabic = bool(fonts.RTL.search(line))
        runs = "".join(
            f"<a:r><a:rPr{look}{run_faces.build_typefaces(part, paint.face, rtl, arabic, emoji, paint.named)}</a:rPr>"
            f"<a:t>{escape_text(part)}</a:t></a:r>"
            for part in fonts.split_emoji(line)
        )
        paragraphs += f'<a:p><a:pPr algn="{align}"{attributes}/>{runs}</a:p>'
    text = f"<p:txBody>{build_tight_body(anchor)}<a:lstStyle/>{paragraphs}</p:txBody>"
    return build_shape(number, name, box, f"<a:noFill/>{NO_LINE}", text)
