"""Resolves a finished deck: the bytes of a .pptx file become a `view_values.Deck`."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.deck.package import MC, PRESENTATION, A, C, P, R
from reportgen.deck.reading.deck_reader import damage_error, require_package
from reportgen.deck.theme.placeholders import TITLES
from reportgen.deck.theme.theme_file import read_faces
from reportgen.deck.view import chart_view, table_view
from reportgen.deck.view.inheritance import (
    LevelStyle,
    PlaceholderShape,
    TextStyle,
    find_ancestors,
    read_font_scale,
    read_placeholder,
    read_placeholders,
    resolve_fill,
    resolve_frame,
)
from reportgen.deck.view.open_package import Package
from reportgen.deck.view.placement import Coordinates, find_box, is_rotated
from reportgen.deck.view.resolved_colors import Fill, read_theme_colors
from reportgen.deck.view.shape_text import TextReader
from reportgen.deck.view.slide_scene import SlideScene, read_background, read_color_map
from reportgen.deck.view.view_values import FURNITURE, Cell, Deck, Kind, Section, Shape, Slide
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_flag, get_int, iter_children

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"
SECTION_SLIDE = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"
SHAPES = ("sp", "pic", "cxnSp", "graphicFrame", "grpSp", "contentPart")
KINDS: dict[str, Kind] = {"pic": "picture", "cxnSp": "line", "sp": "shape"}
FRAME_KINDS: dict[str, Kind] = {"table": "table", "chart": "chart", "chartex": "chart", "diagram": "diagram"}
OFTEN = 3  # slides at least that have the same words, for these to count as repeated


def resolve_deck(data: bytes, name: str) -> Deck:
    """Return a deck as its reader sees it; `name` is the file's, for messages.

    Raises
    ------
    FileError
        when the file is not a deck, is encrypted or damaged.
    """
    require_package(data, name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _DeckResolver(Package(archive)).resolve()
    except (etree.XMLSyntaxError, zipfile.BadZipFile, LookupError, ValueError, RecursionError) as error:
        raise damage_error(error, name) from None


class _Group(Struct, frozen=True):
    """What the members of a group, or a slide's own shapes, take from around them."""

    coordinates: Coordinates = Coordinates()
    numbers: tuple[int, ...] = ()
    fill: Fill = "none"
    described: bool = False


class _DeckResolver(Struct):
    package: Package
    unread: list[str] = field(default_factory=list)
    placeholders: dict[str, tuple[PlaceholderShape, ...]] = field(default_factory=dict)
    levels: dict[tuple[object, ...], dict[int, LevelStyle]] = field(default_factory=dict)
    """The levels of texts that inherit the same and have no list style of their own."""

    def resolve(self) -> Deck:
        presentation = self.package.parse(PRESENTATION)
        size = presentation.find(f"{P}sldSz")
        relations = self.package.read_relations(PRESENTATION)
        slides: list[Slide] = []
        for each in presentation.iterfind(f"{P}sldIdLst/{P}sldId"):
            relation = relations.get(each.get(f"{R}id", ""))
            if relation and relation.target in self.package.archive.NameToInfo:
                slides.append(self._resolve_slide(relation.target, len(slides) + 1, each.get("id", "")))
        sections = tuple(
            Section(each.get("name", ""), tuple(one.get("id", "") for one in each.iter(SECTION_SLIDE)))
            for each in presentation.iter(SECTIONS)
        )
        width, height = get_int(size, "cx", 9_144_000), get_int(size, "cy", 6_858_000)
        return Deck(width, height, tuple(_mark_repeated(slides)), sections, tuple(dict.fromkeys(self.unread)))

    def _resolve_slide(self, name: str, number: int, identity: str) -> Slide:
        layout_name = self.package.find_related(name, "slideLayout")
        master_name = self.package.find_related(layout_name, "slideMaster")
        slide, layout, master = (self.package.parse(each) for each in (name, layout_name, master_name))
        theme = self.package.parse(self.package.find_related(master_name, "theme"))
        colors = read_theme_colors(theme, read_color_map(slide, layout, master))
        scene = SlideScene(
            number, name, layout, master, colors, read_faces(theme, default="").by_reference, read_background((slide, layout, master), colors),
            layout_placeholders=self._read_placeholders(layout_name),
            master_placeholders=self._read_placeholders(master_name),
        )  # fmt: skip
        if get_flag(slide, "showMasterSp", True):
            for part in (master, layout) if get_flag(layout, "showMasterSp", True) else (layout,):
                self._paint_backdrop(part, scene)
        shapes = tuple(self._resolve_shapes(slide.find(f"{P}cSld/{P}spTree"), scene, _Group()))
        offered = frozenset(each.type for each in scene.layout_placeholders)
        layout_label = get_attribute(layout.find(f"{P}cSld"), "name")
        return Slide(number, identity, name, shapes, layout_label, layout.get("type", ""), offered)

    def _paint_backdrop(self, part: Element, scene: SlideScene) -> None:
        """Paint what master and layout show below the slide's own shapes; their placeholders print nothing."""
        for element in _list_shapes(part.find(f"{P}cSld/{P}spTree"), open_groups=True):
            if read_placeholder(element) is None:
                fill = "unread" if element.tag == f"{P}pic" else resolve_fill((element,), scene.colors, "none")
                scene.paint(find_box(element, Coordinates()), fill, element)

    def _resolve_shapes(self, tree: Element | None, scene: SlideScene, group: _Group) -> Iterator[Shape]:
        for element in _list_shapes(tree):
            if get_flag(_find_identity(element), "hidden"):
                continue
            shape = self._start_shape(element, group)
            if element.tag != f"{P}grpSp":
                yield self._resolve_shape(element, shape, scene, group)
                continue
            scene.groups += 1
            numbers = (*group.numbers, scene.groups)
            yield replace(shape, box=find_box(element, group.coordinates), member_groups=numbers)
            own = scene.colors.find_fill(element.find(f"{P}grpSpPr"))
            inherits = own is None or element.find(f"{P}grpSpPr/{A}grpFill") is not None
            described = group.described or bool(shape.alt) or shape.decorative
            fill = group.fill if inherits or own is None else own
            inner = _Group(group.coordinates.enter(element), numbers, fill, described)
            yield from self._resolve_shapes(element, scene, inner)

    def _start_shape(self, element: Element, group: _Group) -> Shape:
        """Return a shape with its name, kind and alternative text."""
        identity = _find_identity(element)
        alt = " ".join(text for name in ("title", "descr") if (text := get_attribute(identity, name).strip()))
        flags = identity.iter(DECORATIVE) if identity is not None else ()
        decorative = any(get_flag(flag, "val") for flag in flags)
        return Shape(
            get_attribute(identity, "name"), _find_kind(element), None, alt=alt, decorative=decorative,
            groups=group.numbers, in_described_group=group.described,
        )  # fmt: skip

    def _resolve_shape(self, element: Element, shape: Shape, scene: SlideScene, group: _Group) -> Shape:
        placeholder = read_placeholder(element)
        ancestors: tuple[Element, ...] = (element,)
        if placeholder:
            ancestors = find_ancestors(placeholder, scene.layout_placeholders, scene.master_placeholders)
        boxes = ((each, find_box(each, group.coordinates)) for each in ancestors)
        placed, box = next(((each, box) for each, box in boxes if box is not None), (element, None))
        shape = replace(shape, box=box, placeholder=placeholder.type if placeholder else "")
        if element.tag == f"{P}graphicFrame":
            return self._resolve_frame(element, shape, scene)
        if element.tag == f"{P}pic":
            scene.paint(box, "unread", element)
            return shape
        fill = resolve_fill(ancestors, scene.colors, group.fill) if element.tag == f"{P}sp" else "none"
        background = scene.find_background(box, fill)
        bodies = [each.find(f"{P}txBody/{A}bodyPr") for each in ancestors]
        style = self._resolve_style(ancestors, shape.placeholder, scene)
        reader = TextReader(style, self._link_finder(scene), scene.number, background)
        paragraphs = reader.read(element.find(f"{P}txBody"))
        has_words = any(paragraph.text.strip() for paragraph in paragraphs)
        if has_words and background is None:
            self._note_unread(scene, shape, "the contrast of words on a picture or a gradient")
        scene.paint(box, fill, element)
        return replace(
            shape,
            kind="text" if has_words else shape.kind,
            paragraphs=paragraphs,
            frame=resolve_frame(bodies, is_rotated(placed)),
            background=background,
        )

    def _resolve_frame(self, element: Element, shape: Shape, scene: SlideScene) -> Shape:
        data = next(element.iter(f"{A}graphicData"), None)
        background = scene.find_background(shape.box, "none")
        if (inner := find(data, f"{A}tbl")) is not None:
            styles = self.package.parse(self.package.find_related(PRESENTATION, "tableStyles"))
            style = self._resolve_style((element,), "", scene)
            reader = TextReader(style, self._link_finder(scene), scene.number, background)
            table = table_view.resolve_table(inner, table_view.TableContext(reader, styles))
            if table.unknown_style:
                self._note_unread(scene, shape, "a table's style that the file does not hold")
                table = replace(table, rows=tuple(tuple(_drop_colors(cell) for cell in row) for row in table.rows))
            return replace(shape, kind="table", table=table, background=background)
        if get_attribute(data, "uri") == CHART and data is not None:
            identity = get_attribute(data.find(f"{C}chart"), f"{R}id")
            relation = self.package.read_relations(scene.name).get(identity)
            root = self.package.parse(relation.target if relation and not relation.is_external else "")
            chart = chart_view.resolve_chart(root, scene.colors, background)
            if any(text.background is None or text.color is None for text in chart.texts):
                self._note_unread(scene, shape, "the contrast of some of a chart's words")
            return replace(shape, kind="chart", chart=chart, background=background)
        return shape

    def _resolve_style(self, ancestors: Sequence[Element], placeholder: str, scene: SlideScene) -> TextStyle:
        kind = "titleStyle" if placeholder in TITLES else "bodyStyle"
        if placeholder in FURNITURE or not placeholder:
            kind = "otherStyle"
        default = self.package.parse(PRESENTATION).find(f"{P}defaultTextStyle")
        master = scene.master.find(f"{P}txStyles/{P}{kind}")
        sheets = [each.find(f"{P}txBody/{A}lstStyle") for each in ancestors]
        style = TextStyle(
            scene.colors,
            scene.faces,
            (*sheets, master, default) if placeholder else (*sheets, default, master),
            1 if placeholder and len(ancestors) > 1 else 0,
            None if placeholder else scene.colors.find_color(ancestors[0].find(f"{P}style/{A}fontRef")),
            scale=read_font_scale(ancestors[0].find(f"{P}txBody/{A}bodyPr")),
        )
        if (sheets[0] is None or not len(sheets[0])) and style.color is None and style.scale == 1:
            key = (scene.layout, tuple(scene.colors.names.items()), kind, placeholder == "", *ancestors[1:])
            style.levels = self.levels.setdefault(key, style.levels)
        return style

    def _read_placeholders(self, name: str) -> tuple[PlaceholderShape, ...]:
        if name not in self.placeholders:
            self.placeholders[name] = read_placeholders(self.package.parse(name))
        return self.placeholders[name]

    def _link_finder(self, scene: SlideScene) -> Callable[[str], str]:
        def find_link(identity: str) -> str:
            relation = self.package.read_relations(scene.name).get(identity)
            return relation.target if relation else ""

        return find_link

    def _note_unread(self, scene: SlideScene, shape: Shape, what: str) -> None:
        self.unread.append(f"slide {scene.number}, {shape.label}: {what}")


def _mark_repeated(slides: Sequence[Slide]) -> Iterator[Slide]:
    """Yield the slides, with the shapes marked whose words are on most of them."""
    counts = Counter(text for slide in slides for text in {shape.text for shape in slide.shapes if not shape.is_title})
    often = {text for text, count in counts.items() if text and count >= max(OFTEN, len(slides) / 2)}
    for slide in slides:
        same = often & {shape.text for shape in slide.shapes}
        shapes = (
            replace(each, repeated=True) if each.text in same and not each.is_title else each for each in slide.shapes
        )
        yield replace(slide, shapes=tuple(shapes)) if same else slide


def _drop_colors(cell: Cell) -> Cell:
    """Return a cell whose colours are unknown."""
    paragraphs = tuple(
        replace(each, runs=tuple(replace(run, color=None) for run in each.runs)) for each in cell.paragraphs
    )
    return replace(cell, paragraphs=paragraphs, background=None)


def _list_shapes(tree: Element | None, open_groups: bool = False) -> Iterator[Element]:
    """Yield the shapes in an element, of alternatives the one that PowerPoint takes; of groups, if asked, the members."""
    for element in iter_children(tree):
        if element.tag == f"{MC}AlternateContent":
            chosen = element.find(f"{MC}Choice")
            yield from _list_shapes(chosen if chosen is not None else element.find(f"{MC}Fallback"), open_groups)
        elif element.tag == f"{P}grpSp" and open_groups:
            yield from _list_shapes(element, open_groups)
        elif element.tag.removeprefix(P) in SHAPES:
            yield element


def _find_identity(element: Element) -> Element | None:
    """Return the p:cNvPr element, which holds a shape's name and alternative text."""
    return next((each.find(f"{P}cNvPr") for each in iter_children(element) if each.tag.startswith(f"{P}nv")), None)


def _find_kind(element: Element) -> Kind:
    tag = element.tag.removeprefix(P)
    if tag == "graphicFrame":
        uri = get_attribute(next(element.iter(f"{A}graphicData"), None), "uri")
        return FRAME_KINDS.get(uri.rpartition("/")[2], "object")
    return "group" if tag == "grpSp" else KINDS.get(tag, "object")
