"""The form of a slide and of its shapes: what hides, turns, moves or leads away, and how they are painted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.deck.package import MC, A, P, R
from reportgen.deck.theme.colors.resolved_colors import Fill, ThemeColors
from reportgen.deck.view.forms.fill_names import NONE, name_fill, name_own_fill
from reportgen.deck.view.open_package import Relation
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_flag, get_int, iter_children

LINKS = {"hlinkClick": "", "hlinkHover": "on hover: ", "hlinkMouseOver": "on hover: "}
MOTIONS = ("set", "anim", "animClr", "animEffect", "animMotion", "animRot", "animScale", "cmd", "audio", "video")
EFFECTS = {
    "entr": "entrance",
    "exit": "exit",
    "emph": "emphasis",
    "path": "motion",
    "verb": "action",
    "mediacall": "media",
}
STRAIGHT = {"straightConnector1": "line"}


def read_link(link: Element, relations: Mapping[str, Relation]) -> str:
    """Return where a link leads: an address, a part of the file, or an action of PowerPoint's."""
    relation = relations.get(link.get(f"{R}id", ""))
    tip = f"with the tip “{link.get('tooltip')}”" if link.get("tooltip") else ""
    words = (LINKS.get(link.tag.removeprefix(A), ""), relation.target if relation else "", link.get("action", ""), tip)
    return " ".join(word for each in words if (word := each.strip())) or "nowhere"


def read_shape_form(
    element: Element, fill: Fill, colors: ThemeColors, relations: Mapping[str, Relation]
) -> dict[str, str]:
    """Return what a shape's reader sees of it besides its words and its box."""
    return dict(_read_shape(element, fill, colors, relations))


def _read_shape(
    element: Element, fill: Fill, colors: ThemeColors, relations: Mapping[str, Relation]
) -> Iterator[tuple[str, str]]:
    identity = element.find(f"*/{P}cNvPr")
    links = [read_link(each, relations) for each in iter_children(identity) if each.tag.removeprefix(A) in LINKS]
    yield "link", ", ".join(links) or NONE
    look = element.find(f"{P}spPr")
    transform = find(look, f"{A}xfrm")
    if transform is None:
        transform = element.find(f"{P}grpSpPr/{A}xfrm")
    turn = round(get_int(transform, "rot") / 60_000) % 360
    flips = [name for name in ("flipH", "flipV") if get_flag(transform, name)]
    yield "turn", ", ".join([f"{turn}°", *flips])
    body = element.find(f"{P}txBody/{A}bodyPr")
    direction = get_attribute(body, "vert", "horz")
    yield "direction of the text", f"{direction} {round(get_int(body, 'rot') / 60_000) % 360}°"
    if element.tag == f"{P}sp":
        yield "fill", name_own_fill(look, colors) if find(look, f"{A}pattFill") is not None else name_fill(fill)
    if look is not None and element.tag != f"{P}pic":
        yield "line", name_own_fill(look.find(f"{A}ln"), colors) or NONE
        stroke = look.find(f"{A}ln")
        yield (
            "dashes",
            "solid"
            if get_attribute(find(stroke, f"{A}prstDash"), "val", "solid") == "solid"
            and (stroke is None or stroke.find(f"{A}custDash") is None)
            else "dashed",
        )
        yield "weight", f"{get_int(stroke, 'w', 9525) / 12_700:.2f}"
        form = get_attribute(find(look, f"{A}prstGeom"), "prst", "rect")
        yield "outline", "drawn freely" if look.find(f"{A}custGeom") is not None else STRAIGHT.get(form, form)
    table = next(element.iter(f"{A}tblPr"), None) if element.tag == f"{P}graphicFrame" else None
    yield "order of columns", "right to left" if get_flag(table, "rtl") else "left to right"
    effects = sorted(each.tag.removeprefix(A) for each in iter_children(find(look, f"{A}effectLst")))
    yield "effects", ", ".join(effects) or NONE


def read_slide_form(slide: Element, colors: ThemeColors) -> dict[str, str]:
    """Return what a slide does besides showing its shapes."""
    return dict(_read_slide(slide, colors))


def _read_slide(slide: Element, colors: ThemeColors) -> Iterator[tuple[str, str]]:
    yield "in the show", "yes" if get_flag(slide, "show", True) else "no: it is hidden"
    yield "animations", ", ".join(_read_animations(slide)) or NONE
    transitions = list(slide.iter(f"{P}transition"))
    timed = any(get_attribute(each, "advTm") or not get_flag(each, "advClick", True) for each in transitions)
    yield "advance", "by itself" if timed else "on a click"
    yield "transition", "yes" if any(len(each) for each in transitions) else NONE
    yield "shapes of its master", "shown" if get_flag(slide, "showMasterSp", True) else "hidden"
    # PowerPoint takes the fallback where it does not know what a choice requires; other programs take either.
    alternatives = sum(1 for tree in slide.iter(f"{P}spTree") for _ in tree.iter(f"{MC}AlternateContent"))
    yield "shapes for some programs alone", str(alternatives) if alternatives else NONE
    background = slide.find(f"{P}cSld/{P}bg")
    own = find(background, f"{P}bgPr")
    name = name_own_fill(own, colors) if own is not None else ""
    if background is not None and own is None:
        name = name_fill(colors.find_theme_fill(background.find(f"{P}bgRef")))
    yield "background", name or NONE


def _read_animations(slide: Element) -> Iterator[str]:
    """Yield the animations by their effect; LibreOffice writes an empty time line for every slide."""
    found = []
    for timing in slide.iter(f"{P}timing"):
        found += [EFFECTS.get(name, name) for each in timing.iter(f"{P}cTn") if (name := each.get("presetClass"))]
        if not found:
            found = [tag for tag in MOTIONS if next(timing.iter(f"{P}{tag}"), None) is not None]
    yield from dict.fromkeys(found)
