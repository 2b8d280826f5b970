"""A house's theme with our layouts in it: each is a copy of one of theirs, with the places that ours needs.

Masters, backgrounds, logos, faces, colours and footers are theirs. A copy keeps their placeholders for the slots that
they stand for; slots that theirs has no place for are added as placeholders, set as in our own theme but in their faces
and colours. Their own layouts stay in the file as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reportgen.deck.layouts import LAYOUTS, OPENING, Layout
from reportgen.deck.package import (
    CONTENT_TYPES,
    PRESENTATION,
    RELATIONS,
    TYPES,
    A,
    P,
    Parts,
    R,
    no_relations,
    parsed,
    pointer,
    relations,
    relations_of,
    serialized,
    target as target_of,
)  # fmt: skip
from reportgen.deck.palette import OUR_PALETTE, Palette
from reportgen.deck.theme import slot_placement
from reportgen.deck.theme.layout_map import OPENINGS, Target
from reportgen.deck.theme.placeholders import LEVELS, Sheet, box_of, keyed, mark, merged, name as name_of, shapes
from reportgen.deck.theme.theme_values import Placeholder
from reportgen.deck.values import Box

SLIDE_LAYOUT = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideLayout"
FURNITURE = {"dt": "date", "ftr": "footer", "sldNum": "slide-number"}
FIRST_INDEX = 900  # of the placeholders that are added
FIRST_ID = 2_147_483_648  # a layout's id is at least this, says the standard
TITLE_SCALE = (60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 26.0, 24.0, 22.0, 20.0)
TEXT_SCALE = (32.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
LEAST_TITLE = 20.0
SCALES = {
    "title": (TITLE_SCALE, LEAST_TITLE),
    "text": (TEXT_SCALE, 18.0),
    "furniture": ((12.0, 11.0, 10.0, 9.0, 8.0), 8.0),
}
"""The sizes below a theme's own that are tried, and the least, in points."""
ROLES = {shade.slot: role for role, shade in OUR_PALETTE.items()}


class Adopted(Struct, frozen=True):
    """The theme's parts with our layouts among them, and what each of ours has become."""

    parts: Parts
    layouts: Mapping[str, Mapping[str, Placeholder]]
    layout_parts: Mapping[str, str]


def adopt(
    parts: Parts, targets: Mapping[str, Target], ours: Mapping[str, Sheet], palette: Palette, slide: Box
) -> Adopted:
    """`ours` are our own theme's layouts, by name."""
    changed = dict(parts)
    masters: dict[str, etree._Element] = {}
    types = parsed(changed[CONTENT_TYPES], CONTENT_TYPES)
    layouts, names = {}, {}
    numbers = _unused_numbers(parts)
    identities = _unused_ids(parts)
    for name, target in targets.items():
        part = f"ppt/slideLayouts/slideLayout{next(numbers)}.xml"
        copy = _Copy(LAYOUTS[name], target, ours[name], palette, slide)
        element = copy.made()
        changed[part] = serialized(element)
        changed[relations_of(part)] = _moved_relations(parts, target.layout.part, part)
        etree.SubElement(types, f"{TYPES}Override", PartName=f"/{part}", ContentType=SLIDE_LAYOUT)
        master = target.layout.master
        masters.setdefault(master, parsed(parts[master], master))
        _list(changed, masters[master], master, part, next(identities))
        layouts[name], names[name] = copy.placeholders(element), part
    for master, element in masters.items():
        changed[master] = serialized(element)
    changed[CONTENT_TYPES] = serialized(types)
    return Adopted(changed, layouts, names)


class _Copy:
    """One of our layouts made from one of theirs."""

    def __init__(self, layout: Layout, target: Target, ours: Sheet, palette: Palette, slide: Box) -> None:
        self.layout, self.target, self.ours, self.palette, self.slide = layout, target, ours, palette, slide
        self.patterns = {name_of(shape): shape for shape in shapes(ours.layout)}
        self.sheet = target.layout.sheet
        self.slots = {key: slot for slot, key in target.slots.items()}

    def made(self) -> etree._Element:
        element = etree.fromstring(etree.tostring(self.sheet.layout))
        self.named(element)
        kept = self.kept(element)
        boxes = self.boxes(kept)
        for slot, shape in kept.items():
            if slot in boxes:
                _place(shape, boxes[slot])
        tree = element.find(f"{P}cSld/{P}spTree")
        assert tree is not None
        identity = max((int(each.get("id", 0)) for each in element.iter(f"{P}cNvPr")), default=1)
        index = FIRST_INDEX
        for row in self.layout.slots:
            if row.name not in kept and row.name in boxes:
                identity, index = identity + 1, index + 1
                tree.append(self.added(row.name, boxes[row.name], identity, index))
        return element

    def named(self, element: etree._Element) -> None:
        common = element.find(f"{P}cSld")
        assert common is not None
        common.set("name", self.layout.name)
        for key in {"type", "matchingName"} & set(element.attrib):
            del element.attrib[key]
        element.set("preserve", "1")
        element.set("userDrawn", "1")

    def kept(self, element: etree._Element) -> dict[str, etree._Element]:
        """Their placeholders that stand for slots of ours; the others go, as no slide would fill them."""
        found: dict[str, etree._Element] = {}
        for key, shape in keyed(element):
            kind = mark(shape).get("type", "obj")
            slot = FURNITURE.get(kind) if kind in FURNITURE else self.slots.get(key)
            if slot is None or slot in found or self.layout.slot(slot) is None:
                parent = shape.getparent()
                if parent is not None:
                    parent.remove(shape)
                continue
            row = self.layout.slot(slot)
            if row and row.kind in ("drawing", "table") and kind == "body":
                mark(shape).attrib.pop("type")
            properties = shape.find(f"{P}nvSpPr/{P}cNvPr")
            assert properties is not None
            properties.set("name", slot)
            found[slot] = shape
        self.numbered(found)
        return found

    def numbered(self, kept: Mapping[str, etree._Element]) -> None:
        """An idx for each placeholder but the title that has none, or shares one: slides name them by it."""
        for number, (slot, shape) in enumerate(kept.items()):
            if slot != "title" and not self.target.slots.get(slot, "0").isdigit():
                mark(shape).set("idx", str(FIRST_INDEX - 1 - number))

    def boxes(self, kept: Mapping[str, etree._Element]) -> dict[str, Box]:
        """The boxes of all slots that are not where theirs are: our content, the marking, a cover's date."""
        ours = {name: box_of([shape]) for name, shape in self.patterns.items()}
        theirs = {slot: box_of(self.sheet.chain(shape)) for slot, shape in kept.items()}
        contents = {slot: box for slot, box in theirs.items() if slot in slot_placement.content(self.layout)}
        opening = self.layout.name in OPENINGS
        title, area = theirs["title"], self.target.area
        if not opening:
            title, area = slot_placement.two_lines(title, area, LEAST_TITLE)
        kept_boxes = {slot: slot_placement.within(box, area) for slot, box in contents.items()}
        found = slot_placement.fitted_in(self.layout, ours, kept_boxes if len(contents) > 1 or opening else {}, area)
        if self.layout.name == "cover" and "date" not in kept:
            found |= _date_below(found["subtitle"], self.slide)
        others = [box for slot, box in theirs.items() if slot != "title"]
        taken = [*others, *found.values(), *self.target.layout.decoration]
        found["marking"] = slot_placement.for_marking(self.slide, title, taken)
        found["title"] = slot_placement.cleared(title, found["marking"])
        if self.layout.name == "cover":
            standing = {slot: box for slot, box in theirs.items() if slot not in found} | found
            found |= self.opening(kept, standing, {name: ours[name] for name in OPENING})
        return found

    def opening(
        self, kept: Mapping[str, etree._Element], standing: Mapping[str, Box], ours: Mapping[str, Box]
    ) -> dict[str, Box]:
        """What a marking wants on the cover; for want of room it stands lower, or below two lines of the subtitle."""
        decoration = self.target.layout.decoration
        shorter = dict(standing)
        if "subtitle" in kept:
            look = merged(1, self.sheet.styles(kept["subtitle"])).find(f"{A}defRPr")
            size = int(look.get("sz", 0)) / 100 if look is not None else 0.0
            box = standing["subtitle"]
            shorter["subtitle"] = replace(box, height=min(box.height, slot_placement.lines(2, size or LEAST_TITLE)))
        best: dict[str, Box] = {}
        for boxes in (standing, shorter):
            for share in (1.0, slot_placement.LOWER):
                found = slot_placement.for_opening(self.slide, ours, share, [*boxes.values(), *decoration])
                if len(found) > len(best):
                    best = found if boxes is standing else found | {"subtitle": shorter["subtitle"]}
                if len(found) == len(ours):
                    return best
        return best

    def added(self, slot: str, box: Box, identity: int, index: int) -> etree._Element:
        """A placeholder as in our own theme: its style complete, in their faces and colours."""
        pattern = self.patterns[slot]
        shape = etree.fromstring(etree.tostring(pattern))
        styles = shape.find(f"{P}txBody/{A}lstStyle")
        assert styles is not None
        styles[:] = [merged(number, self.ours.styles(pattern)) for number in range(1, LEVELS + 1)]
        properties = shape.find(f"{P}nvSpPr/{P}cNvPr")
        assert properties is not None
        properties.set("id", str(identity))
        if mark(shape).get("type") in FURNITURE:
            mark(shape).set("type", "body")
        mark(shape).set("idx", str(index))
        _place(shape, box)
        if self.layout.name in OPENINGS:
            self.tinted(styles)
        for color in list(shape.iter(f"{A}schemeClr")):
            self.recolored(color)
        return shape

    def tinted(self, styles: etree._Element) -> None:
        """On a cover, whose ground may be any, the colour of their own title, which they have seen to."""
        title = next(shape for key, shape in keyed(self.sheet.layout) if key == self.target.slots["title"])
        look = merged(1, self.sheet.styles(title)).find(f"{A}defRPr/{A}solidFill")
        for fill in list(styles.iter(f"{A}solidFill")):
            parent = fill.getparent()
            assert parent is not None
            if look is None:
                fill[:] = [etree.Element(f"{A}schemeClr", val=OUR_PALETTE["ink"].slot)]
            else:
                parent.replace(fill, etree.fromstring(etree.tostring(look)))

    def recolored(self, color: etree._Element) -> None:
        role = ROLES.get(color.get("val", ""))
        if role is None:
            return
        shade = self.palette[role]
        color.set("val", shade.slot)
        if shade.mod != 100:
            etree.SubElement(color, f"{A}lumMod", val=str(shade.mod * 1000))
        if shade.off:
            etree.SubElement(color, f"{A}lumOff", val=str(shade.off * 1000))

    def placeholders(self, element: etree._Element) -> dict[str, Placeholder]:
        """As read back, with the sizes to try: from theirs down for what was theirs."""
        sheet = Sheet(element, self.sheet.master, self.sheet.faces)
        return {each.slot: stepped(self.layout, each) for each in sheet.placeholders()}


def added(each: Placeholder) -> bool:
    """Whether a placeholder was added to a house's layout."""
    return int(each.index or 0) > FIRST_INDEX


def stepped(layout: Layout, each: Placeholder) -> Placeholder:
    """What is a house's own gets the sizes to try from theirs down; what was added has those of our layout."""
    row = layout.slot(each.slot)
    if row is None or added(each) or row.kind not in SCALES:
        return each
    scale, least = SCALES[row.kind]
    return replace(each, steps=_scale(each.levels[0].size or row.steps[0], scale, least))


def _scale(size: float, scale: Sequence[float], least: float) -> tuple[float, ...]:
    """The theme's own size, then the smaller ones of a scale."""
    return tuple(dict.fromkeys([max(size, least), *(each for each in scale if least <= each < size)]))


def _date_below(subtitle: Box, slide: Box) -> dict[str, Box]:
    """The date under a cover's subtitle, or in its last lines."""
    height = slot_placement.INCH * 2 // 5
    top = subtitle.y + subtitle.height + slot_placement.EDGE
    if top + height <= slide.height - 3 * slot_placement.EDGE:
        return {"date": replace(subtitle, y=top, height=height)}
    shorter = replace(subtitle, height=subtitle.height - height)
    return {"subtitle": shorter, "date": replace(subtitle, y=shorter.y + shorter.height, height=height)}


def _place(shape: etree._Element, box: Box) -> None:
    properties = shape.find(f"{P}spPr")
    assert properties is not None
    for old in properties.findall(f"{A}xfrm"):
        properties.remove(old)
    frame = etree.Element(f"{A}xfrm")
    etree.SubElement(frame, f"{A}off", x=str(box.x), y=str(box.y))
    etree.SubElement(frame, f"{A}ext", cx=str(box.width), cy=str(box.height))
    properties.insert(0, frame)


def _unused_numbers(parts: Parts) -> Iterator[int]:
    number = 1
    while True:
        if f"ppt/slideLayouts/slideLayout{number}.xml" not in parts:
            yield number
        number += 1


def _unused_ids(parts: Parts) -> Iterator[int]:
    """Ids that neither a master nor a layout has: they share one series."""
    used = [FIRST_ID - 1]
    for name, data in parts.items():
        if name == PRESENTATION or name.startswith("ppt/slideMasters/slideMaster"):
            tags = (f"{P}sldMasterId", f"{P}sldLayoutId")
            used += [int(each.get("id", 0)) for each in parsed(data, name).iter(*tags)]
    number = max(used)
    while True:
        number += 1
        yield number


def _moved_relations(parts: Parts, source: str, copy: str) -> bytes:
    """A layout's relations for its copy, which lies in a folder of its own choosing."""
    root = no_relations()
    for relation in relations(parts, source):
        if relation.get("TargetMode") != "External":
            relation.set("Target", pointer(copy, target_of(source, relation)))
        root.append(relation)
    return serialized(root)


def _list(parts: dict[str, bytes], master: etree._Element, name: str, layout: str, identity: int) -> None:
    """The master leads to the layout and lists it."""
    relations = parsed(parts[relations_of(name)], relations_of(name))
    taken = {each.get("Id") for each in relations}
    relation = next(key for number in range(1, 10_000) if (key := f"rId{number}") not in taken)
    etree.SubElement(
        relations, f"{RELATIONS}Relationship", Id=relation, Type=RELATION, Target=pointer(name, layout)
    )  # fmt: skip
    parts[relations_of(name)] = serialized(relations)
    listing = master.find(f"{P}sldLayoutIdLst")
    assert listing is not None
    entry = etree.SubElement(listing, f"{P}sldLayoutId", id=str(identity))
    entry.set(f"{R}id", relation)
