"""Placeholders, graphic frames and groups as PresentationML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from reportgen import fonts
from reportgen.charts.scene import Scene, SceneDot, SceneItem, SceneLine, SceneRect, SceneText
from reportgen.deck.oxml import NO_LINE, Paint, attribute, chars, document, identity, position, run_faces, tag
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.fonts import overhang
from reportgen.text.languages import find_direction

TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NUMBER_FIELD = "{6D3A9B1E-52F7-4C0A-9A62-7B1D0E5F4C11}"


TREE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
COLORS = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"  # those of its master


def slide(shapes: Iterable[str]) -> bytes:
    """The part of a slide with these shapes."""
    return document("p:sld", f"<p:cSld><p:spTree>{TREE}{''.join(shapes)}</p:spTree></p:cSld>{COLORS}")


class Place(Struct, frozen=True):
    """Which of the layout's placeholders a shape fills: the attributes of its p:ph."""

    type: str | None
    index: str | None
    size: str | None

    @property
    def xml(self) -> str:
        pairs = (("type", self.type), ("sz", self.size), ("idx", self.index))
        return "<p:ph" + "".join(f" {name}={attribute(value)}" for name, value in pairs if value) + "/>"


def placeholder(number: int, name: str, place: Place, text: str, box: Box | None) -> str:
    """A filled placeholder; a box is written only where it departs from the layout's."""
    where = position(box) if box else ""
    return (
        f'<p:sp><p:nvSpPr>{identity(number, name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{place.xml}</p:nvPr></p:nvSpPr>{tag('p:spPr', inner=where)}{text}</p:sp>"
    )


def number_field(slide: int, language: str, size: float) -> str:
    """The text of a slide-number placeholder: a field, with the number that it shows now."""
    look = f'<a:rPr lang={attribute(language)} sz="{round(size * 100)}"/>'
    inner = f'<a:fld id="{NUMBER_FIELD}" type="slidenum">{look}<a:t>{slide}</a:t></a:fld>'
    return f"<p:txBody><a:bodyPr><a:noAutofit/></a:bodyPr><a:lstStyle/><a:p>{inner}</a:p></p:txBody>"


def frame(number: int, name: str, alt: str, place: Place, box: Box, uri: str, inner: str) -> str:
    """A table or chart in its placeholder."""
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{identity(number, name, alt)}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        f"<p:nvPr>{place.xml}</p:nvPr></p:nvGraphicFramePr>{position(box, 'p:xfrm')}"
        f'<a:graphic><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def chart_reference(relation: str) -> str:
    return f'<c:chart xmlns:c="{CHART_URI}" r:id="{relation}"/>'


def group(number: int, name: str, alt: str, scene: Scene, box: Box, language: str, paint: Paint) -> str:
    """A drawing as one group of native shapes, its members numbered on from the group's own id."""
    placed = [_box(item, box) for item in scene.items]
    left, top = min(each.x for each in placed), min(each.y for each in placed)
    right, bottom = max(each.x + each.width for each in placed), max(each.y + each.height for each in placed)
    whole = Box(left, top, right - left, bottom - top)
    inside = f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{whole.width}" cy="{whole.height}"/></a:xfrm>'
    names = _names(scene.items)
    members = "".join(
        _member(number + 1 + index, names[index], item, placed[index], language, paint)
        for index, item in enumerate(scene.items)
    )
    return (
        f"<p:grpSp><p:nvGrpSpPr>{identity(number, name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr>{position(whole).removesuffix('</a:xfrm>')}{inside}</p:grpSpPr>{members}</p:grpSp>"
    )


def _box(item: SceneItem, area: Box) -> Box:
    def emu(x: float, y: float, width: float, height: float) -> Box:
        return Box(
            area.x + round(x * EMU_PER_POINT), area.y + round(y * EMU_PER_POINT),
            round(width * EMU_PER_POINT), round(height * EMU_PER_POINT),
        )  # fmt: skip

    match item:
        case SceneLine():
            x, y = min(item.x1, item.x2), min(item.y1, item.y2)
            return emu(x, y, abs(item.x2 - item.x1), abs(item.y2 - item.y1))
        case SceneDot():
            return emu(item.x - item.diameter / 2, item.y - item.diameter / 2, item.diameter, item.diameter)
    return emu(item.x, item.y, item.width, item.height)


def _names(items: Sequence[SceneItem]) -> list[str]:
    """Names for the selection pane: what the text says, what the bar is, else the kind and a number."""
    found = []
    for index, item in enumerate(items, 1):
        match item:
            case SceneText():
                found.append(f"label: {' '.join(item.text.split())[:40]}")
            case SceneRect(name=str(name)) if name:
                found.append(name)
            case _:
                found.append(f"{type(item).__name__.removeprefix('Scene').lower()} {index}")
    return found


def _member(number: int, name: str, item: SceneItem, box: Box, language: str, paint: Paint) -> str:
    match item:
        case SceneText():
            return _text_box(number, name, item, box, language, paint)
        case SceneLine():
            return _rule(number, name, item, box, paint)
        case SceneRect():
            return _form(
                number,
                name,
                box,
                "rect",
                paint.fill(item.role, item.texture) + paint.outline(item.role, item.texture),
                not item.name,
            )
    return _form(number, name, box, "ellipse", paint.fill(item.role, item.texture) + paint.line(item.role, 1.25), True)


def _form(number: int, name: str, box: Box, shape: str, look: str, decorative: bool) -> str:
    return (
        f"<p:sp><p:nvSpPr>{identity(number, name, decorative=decorative)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f'<p:spPr>{position(box)}<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>{look}</p:spPr></p:sp>'
    )


def _rule(number: int, name: str, item: SceneLine, box: Box, paint: Paint) -> str:
    flip = ' flipV="1"' if (item.x2 - item.x1) * (item.y2 - item.y1) < 0 else ""
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{identity(number, name, decorative=True)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
        f'<p:spPr>{position(box, flip=flip)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f"{paint.line(item.role, item.weight, item.dashed)}</p:spPr></p:cxnSp>"
    )


def _text_box(number: int, name: str, item: SceneText, box: Box, language: str, paint: Paint) -> str:
    align = {"left": "l", "center": "ctr", "right": "r"}[item.align]
    anchor = {"top": "t", "middle": "ctr", "bottom": "b"}[item.anchor]
    bold = ' b="1"' if item.bold else ""
    turned = find_direction(language) == "rtl"
    emoji = bool(fonts.EMOJI.search(item.text))
    kept = round(overhang.measure_right(item.text, turned) * item.size * EMU_PER_POINT)
    rtl = (f' mar{"L" if turned else "R"}="{kept}"' if kept else "") + (' rtl="1"' if turned else "")
    opening, color = (
        f'<a:r><a:rPr lang={attribute(language)} sz="{round(item.size * 100)}"{bold}>',
        paint.solid(item.role),
    )
    lines = (
        "".join(
            f"{opening}{color}{run_faces.named(part, '+mn-lt', turned, bool(fonts.RTL.search(line)), emoji)}</a:rPr><a:t>{chars(part)}</a:t></a:r>"
            for part in fonts.split_emoji(line)
        )
        for line in item.text.split("\n")
    )
    paragraphs = "".join(f'<a:p><a:pPr algn="{align}"{rtl}/>{line}</a:p>' for line in lines)
    return (
        f'<p:sp><p:nvSpPr>{identity(number, name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{position(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>{NO_LINE}</p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    )
