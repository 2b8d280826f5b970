"""Adds the deck's layouts to a custom theme: each is a copy of one of its own, with all placeholders that the deck needs.

Masters, backgrounds, logos, typefaces, colours and footers stay the theme's. A copy keeps the theme's placeholders for the
slots that they are matched with; for the other slots it gets placeholders in the style of the default theme, but in the
custom theme's typefaces and colours. The theme's own layouts stay in the file unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reportgen.deck import package
from reportgen.deck.layouts import LAYOUTS, Layout
from reportgen.deck.package import CONTENT_TYPES, PRESENTATION, RELATIONS, TYPES, A, P, Parts, R
from reportgen.deck.palette import OUR_PALETTE, Palette, Shade
from reportgen.deck.theme import placeholders, slot_placement
from reportgen.deck.theme.colors.layout_colors import LayoutColors, build_color, build_fill
from reportgen.deck.theme.copy_boxes import LEAST_TEXT, LEAST_TITLE, CopyBoxes
from reportgen.deck.theme.layout_matching import OPENINGS, Target
from reportgen.deck.theme.theme_values import Faces, Placeholder
from reportgen.deck.values import Box
from reportgen.deck.xml_lookup import Element, copy_element, get_int, parse_int, remove_element, require_child

SLIDE_LAYOUT = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideLayout"
FURNITURE = {"dt": "date", "ftr": "footer", "sldNum": "slide-number"}
FIRST_INDEX = 900  # of the placeholders that a copy gets besides the theme's
FIRST_ID = 2_147_483_648  # the standard's least id of a layout
SCALES = {
    "title": (60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 26.0, 24.0, 22.0, LEAST_TITLE),
    "text": (32.0, 28.0, 26.0, 24.0, 22.0, 20.0, LEAST_TEXT),
    "furniture": (12.0, 11.0, 10.0, 9.0, 8.0),
}
"""The sizes to try below a theme's own, in points; none is smaller than the last."""
ROLES_BY_SLOT = {shade.slot: role for role, shade in OUR_PALETTE.items()}


class ExtendedTheme(Struct, frozen=True):
    """The theme's parts with the deck's layouts added, and the placeholders, part name and palette of each."""

    parts: Parts
    layouts: Mapping[str, Mapping[str, Placeholder]]
    layout_parts: Mapping[str, str]
    palettes: Mapping[str, Palette]


def add_layouts(
    parts: Parts,
    targets: Mapping[str, Target],
    defaults: Mapping[str, placeholders.Sheet],
    colors: Mapping[str, LayoutColors],
    faces: Faces,
    slide: Box,
) -> ExtendedTheme:
    """Add a copy of each target to a theme's parts; `defaults` are the default theme's layouts, `colors` the targets', by name."""
    changed = dict(parts)
    masters: dict[str, Element] = {}
    types = package.parse(changed[CONTENT_TYPES], CONTENT_TYPES)
    layouts, names, palettes = {}, {}, {}
    free = (part for number in count(1) if (part := f"ppt/slideLayouts/slideLayout{number}.xml") not in parts)
    identities = _unused_ids(parts)
    for (name, target), part in zip(targets.items(), free, strict=False):
        copy = _Copy(LAYOUTS[name], target, defaults[name], colors[name], faces, slide)
        element = copy.build()
        changed[part] = package.serialize(element)
        changed[package.relations_part(part)] = _copy_relations(parts, target.layout.part, part)
        etree.SubElement(types, f"{TYPES}Override", PartName=f"/{part}", ContentType=SLIDE_LAYOUT)
        master = target.layout.master
        masters.setdefault(master, package.parse(parts[master], master))
        _list_layout(changed, masters[master], master, part, next(identities))
        layouts[name], names[name], palettes[name] = copy.read_placeholders(element), part, copy.palette
    for master, element in masters.items():
        changed[master] = package.serialize(element)
    changed[CONTENT_TYPES] = package.serialize(types)
    return ExtendedTheme(changed, layouts, names, palettes)


class _Copy:
    """A layout of the deck, built from a copy of one of the theme's."""

    def __init__(
        self,
        layout: Layout,
        target: Target,
        default: placeholders.Sheet,
        colors: LayoutColors,
        faces: Faces,
        slide: Box,
    ) -> None:
        self.layout, self.target, self.default, self.slide = layout, target, default, slide
        self.colors, self.faces = colors, faces
        self.palette: Palette = OUR_PALETTE
        self.patterns = {
            placeholders.shape_name(shape): shape for shape in placeholders.find_placeholders(default.layout)
        }
        self.sheet = target.layout.sheet
        self.slots = {key: slot for slot, key in target.slots.items()}

    def build(self) -> Element:
        element = copy_element(self.sheet.layout)
        require_child(element, f"{P}cSld").set("name", self.layout.file_name)
        for key in ("type", "matchingName"):
            element.attrib.pop(key, "")
        element.attrib.update({"preserve": "1", "userDrawn": "1"})
        kept = self._keep_placeholders(element)
        own = {slot: placeholders.find_box(self.sheet.inheritance(shape)) for slot, shape in kept.items()}
        defaults = {name: placeholders.find_box([shape]) for name, shape in self.patterns.items()}
        boxes = CopyBoxes(self.layout, self.target, defaults, own, self.slide).place()
        for slot, shape in kept.items():
            if slot in boxes:
                _set_box(shape, boxes[slot])
        standing = own | boxes
        tree = require_child(element, f"{P}cSld/{P}spTree")
        last = max((get_int(each, "id") for each in element.iter(f"{P}cNvPr")), default=1)
        if sheet := self._find_sheet(standing):
            last += 1
            is_drawn = [each.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is None for each in tree]
            tree.insert((*is_drawn, False).index(False), _build_sheet(last, *sheet))
            self.colors = self.colors.cover(*sheet)
        self.palette = self.colors.choose_palette(self.layout, standing)
        missing = [row.name for row in self.layout.slots if row.name not in kept and row.name in boxes]
        for number, slot in enumerate(missing, 1):
            tree.append(self._add_placeholder(slot, boxes[slot], last + number, FIRST_INDEX + number))
        copy = placeholders.Sheet(element, self.sheet.master, self.sheet.faces)
        for shape in placeholders.find_placeholders(element):
            self.colors.make_readable(shape, copy, placeholders.find_box(copy.inheritance(shape)))
            self._name_faces(shape, copy)
        return element

    def _keep_placeholders(self, element: Element) -> dict[str, Element]:
        """Return the theme's placeholders by slot; remove the others, as no slide would fill them."""
        found: dict[str, Element] = {}
        for key, shape in placeholders.list_keys(element):
            kind = placeholders.placeholder_type(shape)
            slot = FURNITURE.get(kind) or self.slots.get(key, "")
            row = self.layout.slot(slot)
            if row is None or slot in found:
                remove_element(shape)
                continue
            if row.kind in ("drawing", "table") and kind == "body":
                placeholders.find_mark(shape).attrib.pop("type")
            require_child(shape, f"{P}nvSpPr/{P}cNvPr").set("name", slot)
            found[slot] = shape
        for number, (slot, shape) in enumerate(found.items()):
            if slot != "title" and not self.target.slots.get(slot, "0").isdigit():  # it has no idx, or shares one
                placeholders.find_mark(shape).set("idx", str(FIRST_INDEX - 1 - number))
        return found

    def _add_placeholder(self, slot: str, box: Box, identity: int, index: int) -> Element:
        """Build a placeholder with the default theme's whole style, in the custom theme's typefaces and colours."""
        pattern = self.patterns[slot]
        shape = copy_element(pattern)
        styles = require_child(shape, f"{P}txBody/{A}lstStyle")
        styles[:] = [
            placeholders.merge_level(number, self.default.text_styles(pattern))
            for number in range(1, placeholders.LEVELS + 1)
        ]
        require_child(shape, f"{P}nvSpPr/{P}cNvPr").set("id", str(identity))
        mark = placeholders.find_mark(shape)
        if mark.get("type") in FURNITURE:
            mark.set("type", "body")
        mark.set("idx", str(index))
        _set_box(shape, box)
        if not placeholders.has_fill(shape):  # it would take that of the master's
            placeholders.set_fill(shape, etree.Element(f"{A}noFill"))
        if self.layout.name in OPENINGS:
            self._copy_title_color(styles)
        for color in list(shape.iter(f"{A}schemeClr")):
            self._recolor(color)
        usual = {"+mj-lt": self.faces.titles, "+mn-lt": self.faces.text}
        for face in shape.iter(f"{A}latin"):
            name = face.get("typeface", "")
            face.set("typeface", self.faces.refer(usual.get(name, name)))
        return shape

    def _copy_title_color(self, styles: Element) -> None:
        """Take the colour of the theme's own title, which is legible on its cover whatever the background is."""
        title = next(
            shape for key, shape in placeholders.list_keys(self.sheet.layout) if key == self.target.slots["title"]
        )
        look = placeholders.merge_level(1, self.sheet.text_styles(title)).find(f"{A}defRPr/{A}solidFill")
        for fill in styles.iter(f"{A}solidFill"):
            ink = etree.Element(f"{A}schemeClr", val=OUR_PALETTE["ink"].slot)
            fill[:] = [ink] if look is None else copy_element(look)

    def _find_sheet(self, boxes: Mapping[str, Box]) -> tuple[Box, Shade] | None:
        """Return the box and colour of a sheet below the content, where no words can be read on the theme's background."""
        content = [boxes[slot] for slot in slot_placement.content_slots(self.layout) if slot in boxes]
        if self.layout.name in OPENINGS or not content:
            return None
        shade, box, edge = self.colors.find_sheet(content), Box.around(content), slot_placement.EDGE
        if shade is None:
            return None
        left, top = max(0, box.x - edge), max(0, box.y - edge)
        right, bottom = min(self.slide.width, box.right + edge), min(self.slide.height, box.bottom + edge)
        return Box(left, top, right - left, bottom - top), shade

    def _name_faces(self, shape: Element, sheet: placeholders.Sheet) -> None:
        """Name the typeface of a placeholder's words where no style of the theme does: each program would take another."""
        body, styles = shape.find(f"{P}txBody"), sheet.text_styles(shape)
        for number in range(1, placeholders.LEVELS + 1) if body is not None else ():
            looks = placeholders.list_run_styles(number, styles)
            if body is not None and all(look.find(f"{A}latin") is None for look in looks):
                face = etree.Element(f"{A}latin", typeface="+mn-lt")
                placeholders.restyle_level(body, number, face)

    def _recolor(self, color: Element) -> None:
        role, parent = ROLES_BY_SLOT.get(color.get("val", "")), color.getparent()
        if role and parent is not None:
            parent.replace(color, build_color(self.palette[role]))

    def read_placeholders(self, element: Element) -> dict[str, Placeholder]:
        """Read back the placeholders of the finished layout, with the sizes to try."""
        sheet = placeholders.Sheet(element, self.sheet.master, self.sheet.faces)
        return {each.slot: set_steps(self.layout, each) for each in sheet.read_placeholders()}


def is_added(placeholder: Placeholder) -> bool:
    """Return True if the placeholder was added to a custom theme's layout."""
    return parse_int(placeholder.index or "") > FIRST_INDEX


def set_steps(layout: Layout, placeholder: Placeholder) -> Placeholder:
    """Set the sizes to try, from the theme's own down; an added placeholder keeps those of the deck's layout."""
    row = layout.slot(placeholder.slot)
    if row is None or is_added(placeholder) or row.kind not in SCALES:
        return placeholder
    scale, size = sorted({*SCALES[row.kind], *row.steps}, reverse=True), placeholder.levels[0].size or row.steps[0]
    return replace(placeholder, steps=(max(size, scale[-1]), *(each for each in scale if each < size)))


def _set_box(shape: Element, box: Box) -> None:
    properties = require_child(shape, f"{P}spPr")
    for old in properties.findall(f"{A}xfrm"):
        properties.remove(old)
    frame = etree.Element(f"{A}xfrm")
    etree.SubElement(frame, f"{A}off", x=str(box.x), y=str(box.y))
    etree.SubElement(frame, f"{A}ext", cx=str(box.width), cy=str(box.height))
    properties.insert(0, frame)


def _build_sheet(identity: int, box: Box, shade: Shade) -> Element:
    """Build a plain rectangle."""
    shape = etree.Element(f"{P}sp")
    head = etree.SubElement(shape, f"{P}nvSpPr")
    etree.SubElement(head, f"{P}cNvPr", id=str(identity), name="sheet")
    etree.SubElement(head, f"{P}cNvSpPr")
    etree.SubElement(head, f"{P}nvPr")
    properties = etree.SubElement(shape, f"{P}spPr")
    form = etree.SubElement(properties, f"{A}prstGeom", prst="rect")
    etree.SubElement(form, f"{A}avLst")
    _set_box(shape, box)
    placeholders.set_fill(shape, build_fill(shade))
    return shape


def _unused_ids(parts: Parts) -> Iterator[int]:
    """Return ids that neither a master nor a layout has: they share one series."""
    used = [FIRST_ID - 1]
    for name, data in parts.items():
        if name == PRESENTATION or name.startswith("ppt/slideMasters/slideMaster"):
            tags = (f"{P}sldMasterId", f"{P}sldLayoutId")
            used += [get_int(each, "id") for each in package.parse(data, name).iter(*tags)]
    return count(max(used) + 1)


def _copy_relations(parts: Parts, source: str, copy: str) -> bytes:
    """Return a layout's relations for its copy, which may be in another folder."""
    root = package.new_relations()
    for relation in package.read_relations(parts, source):
        if relation.get("TargetMode") != "External":
            relation.set("Target", package.relative_target(copy, package.target_part(source, relation)))
        root.append(relation)
    return package.serialize(root)


def _list_layout(parts: dict[str, bytes], master: Element, name: str, layout: str, identity: int) -> None:
    """Add a layout to its master's relations and list."""
    relations = package.parse(parts[package.relations_part(name)], package.relations_part(name))
    taken = {each.get("Id") for each in relations}
    relation = next(key for number in count(1) if (key := f"rId{number}") not in taken)
    etree.SubElement(
        relations, f"{RELATIONS}Relationship", Id=relation, Type=RELATION, Target=package.relative_target(name, layout)
    )
    parts[package.relations_part(name)] = package.serialize(relations)
    entry = etree.SubElement(require_child(master, f"{P}sldLayoutIdLst"), f"{P}sldLayoutId", id=str(identity))
    entry.set(f"{R}id", relation)
