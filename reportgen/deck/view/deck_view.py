"""Resolves a finished deck: the bytes of a .pptx file become a `view_values.Deck`."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brand.contrast import RGB
from reportgen.deck.package import PRESENTATION, A, P, Parts, R
from reportgen.deck.shape_tree import Coordinates, find_box, is_rotated, list_members, list_shapes
from reportgen.deck.theme.colors.resolved_colors import Color, Fill
from reportgen.deck.theme.placeholders import TITLES
from reportgen.deck.view import chart_data, chart_view, table_view
from reportgen.deck.view.forms.chart_form import read_chart_form
from reportgen.deck.view.forms.file_contents import read_contents, read_show
from reportgen.deck.view.forms.fill_names import name_fill
from reportgen.deck.view.forms.slide_form import read_shape_form, read_slide_form
from reportgen.deck.view.inheritance import (
    TextStyle,
    find_ancestors,
    read_font_scale,
    read_placeholder,
    resolve_fill,
    resolve_frame,
)
from reportgen.deck.view.open_package import Package, PartsArchive, require_package
from reportgen.deck.view.shape_text import TextReader
from reportgen.deck.view.slide_scene import SlideScene, open_scene
from reportgen.deck.view.view_values import FURNITURE, Chart, Deck, Kind, Section, Shape, Slide
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_flag, get_int, iter_children
from reportgen.system.errors import FileError, Location

DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"
SECTION_SLIDE = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"
KINDS: dict[str, Kind] = {"pic": "picture", "cxnSp": "line", "sp": "shape", "grpSp": "group"}
FRAME_KINDS: dict[str, Kind] = {"table": "table", "chart": "chart", "chartex": "chart", "diagram": "diagram"}
PROPERTIES = {"title": "title", "creator": "author", "subject": "subject", "keywords": "keywords",
              "description": "comments", "category": "category", "contentStatus": "content_status", "language": "language"}  # fmt: skip
"""The elements of docProps/core.xml, and python-pptx's names for them."""
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
            package = Package(archive)
            package.require_all_parts()
            return _DeckResolver(package, package.require_related("", "officeDocument")).resolve()
    except (etree.XMLSyntaxError, zipfile.BadZipFile, LookupError, ValueError, RecursionError) as error:
        message = f"a damaged deck: {error or type(error).__name__}"
        raise FileError(message, Location(name), "build it again, or let PowerPoint repair it") from None


def resolve_unwritten(parts: Parts, slides: Sequence[str]) -> Deck:
    """Return a package that was never written as its reader would see it: these slides, without notes, and their masters."""
    package = Package(PartsArchive(parts))
    resolver = _DeckResolver(package, PRESENTATION)
    form = read_show(package, PRESENTATION)
    size = package.parse(PRESENTATION).find(f"{P}sldSz")
    return Deck(
        get_int(size, "cx"), get_int(size, "cy"),
        tuple(resolver.resolve_slide(name, number, "") for number, name in enumerate(slides, 1)),
        masters=tuple(resolver.resolve_masters(slides)), form=form, theme=resolver.read_theme(),
    )  # fmt: skip


class _Group(Struct, frozen=True):
    """The surroundings of a group's members, or of a slide's own shapes."""

    coordinates: Coordinates = Coordinates()
    numbers: tuple[int, ...] = ()
    fill: Fill = "none"
    described: bool = False
    hidden: bool = False


class _DeckResolver(Struct):
    package: Package
    main: str
    """The presentation's part."""
    unread: list[str] = field(default_factory=list)
    unjudged: list[str] = field(default_factory=list)

    def resolve(self) -> Deck:
        presentation = self.package.parse(self.main)
        size = presentation.find(f"{P}sldSz")
        names = [
            (self.package.follow(self.main, each.get(f"{R}id", "")), each.get("id", ""))
            for each in presentation.iterfind(f"{P}sldIdLst/{P}sldId")
        ]
        slides = [self.resolve_slide(name, number, identity) for number, (name, identity) in enumerate(names, 1)]
        sections = tuple(
            Section(each.get("name", ""), tuple(one.get("id", "") for one in each.iter(SECTION_SLIDE)))
            for each in presentation.iter(SECTIONS)
        )
        return Deck(
            get_int(size, "cx", 9_144_000), get_int(size, "cy", 6_858_000), tuple(_mark_repeated(slides)), sections,
            masters=tuple(self.resolve_masters([name for name, _ in names])), properties=dict(self._read_properties()),
            unread=tuple(self.unread), unjudged=tuple(dict.fromkeys(self.unjudged)),
            contents=read_contents(self.package), form=read_show(self.package, self.main), program=self._read_program(),
            theme=self.read_theme(),
        )  # fmt: skip

    def read_theme(self) -> tuple[str, str]:
        """Return the name of the first master's theme, and its colours as text."""
        master = self.package.find_related(self.main, "slideMaster")
        theme = self.package.parse(self.package.find_related(master, "theme") if master else "")
        colors = theme.iterfind(f".//{A}clrScheme/*/*")
        return theme.get("name", ""), " ".join(each.get("lastClr", each.get("val", "")).upper() for each in colors)

    def _read_program(self) -> str:
        properties = self.package.parse(self.package.find_related("", "extended-properties"))
        return properties.findtext("{*}Application") or ""

    def resolve_slide(self, name: str, number: int, identity: str) -> Slide:
        layout_name = self.package.require_related(name, "slideLayout")
        master_name = self.package.require_related(layout_name, "slideMaster")
        slide, layout, master = (self.package.parse(each) for each in (name, layout_name, master_name))
        scene = open_scene(self.package, number, f"slide {number}", name, master_name, layout_name)
        if get_flag(slide, "showMasterSp", True):
            for part in (master, layout) if get_flag(layout, "showMasterSp", True) else (layout,):
                self._paint_backdrop(part, scene)
        backdrop = tuple((layer.box, name_fill(layer.fill)) for layer in scene.layers)
        shapes = tuple(self._resolve_shapes(slide.find(f"{P}cSld/{P}spTree"), scene, _Group()))
        self.unjudged += scene.unjudged
        offered = frozenset(each.type for each in scene.layout_placeholders)
        layout_label = get_attribute(layout.find(f"{P}cSld"), "name")
        notes = self.package.find_related(name, "notesSlide")
        return Slide(
            number, identity, name, shapes, notes, tuple(self._resolve_notes(notes, number)), tuple(self._read_comments(name)),
            layout_label, layout.get("type", ""), offered, backdrop, read_slide_form(slide, scene.colors),
        )  # fmt: skip

    def _resolve_notes(self, name: str, number: int) -> Iterator[Shape]:
        """Yield the shapes of a notes page that have words."""
        master = self.package.find_related(name, "notesMaster")
        scene = open_scene(self.package, number, f"slide {number}, notes", name, master)
        shapes = self._resolve_shapes(self.package.parse(name).find(f"{P}cSld/{P}spTree"), scene, _Group())
        yield from (shape for shape in shapes if shape.marked_text)

    def resolve_masters(self, slides: Sequence[str]) -> Iterator[Shape]:
        """Yield the shapes of masters and used layouts that are no placeholders: they print on the slides."""
        layouts = dict.fromkeys(self.package.find_related(name, "slideLayout") for name in slides)
        masters = {layout: self.package.find_related(layout, "slideMaster") for layout in layouts}
        printed = [self.package.find_related(self.main, kind) for kind in ("notesMaster", "handoutMaster")]
        others = {name: name for name in printed if name}
        for kind, pairs in (("master", {name: name for name in masters.values()} | others), ("layout", masters)):
            for name, master in pairs.items():
                content = self.package.parse(name).find(f"{P}cSld")
                label = f"{kind} {get_attribute(content, 'name')}".strip()
                scene = open_scene(self.package, 0, label, name, master)
                for shape in self._resolve_shapes(find(content, f"{P}spTree"), scene, _Group()):
                    if not shape.placeholder and (shape.marked_text or shape.table):
                        yield shape

    def _read_properties(self) -> Iterator[tuple[str, str]]:
        for element in iter_children(self.package.parse(self.package.find_related("", "core-properties"))):
            name = PROPERTIES.get(etree.QName(element).localname)
            if name and element.text:
                yield name, element.text

    def _read_comments(self, name: str) -> Iterator[str]:
        """Yield the comments on the slide, in the old format and the new."""
        for relation in self.package.read_relations(name).values():
            if not relation.is_external and "comment" in relation.kind.lower():
                for element in self.package.parse(relation.target).iter("{*}text", "{*}txBody"):
                    yield " ".join("".join(str(part) for part in element.itertext()).split())

    def _paint_backdrop(self, part: Element, scene: SlideScene) -> None:
        """Paint what master and layout show below the slide's own shapes; their placeholders print nothing."""
        for element, coordinates in list_members(part.find(f"{P}cSld/{P}spTree")):
            if read_placeholder(element) is None:
                fill = "unread" if element.tag == f"{P}pic" else resolve_fill((element,), scene.colors, "none")
                scene.paint(find_box(element, coordinates), fill, element)

    def _resolve_shapes(self, tree: Element | None, scene: SlideScene, group: _Group) -> Iterator[Shape]:
        for element in list_shapes(tree):
            shape = self._start_shape(element, group)
            if element.tag != f"{P}grpSp":
                # A hidden shape is painted on a copy of the scene, so that it changes nothing for the others.
                hides = replace(scene, layers=[*scene.layers], unjudged=[]) if shape.hidden else scene
                yield self._resolve_shape(element, shape, hides, group)
                continue
            scene.groups += 1
            numbers = (*group.numbers, scene.groups)
            form = self._read_form(element, "none", scene)
            yield replace(shape, box=find_box(element, group.coordinates), member_groups=numbers, form=form)
            own = scene.colors.find_fill(element.find(f"{P}grpSpPr"))
            inherits = own is None or element.find(f"{P}grpSpPr/{A}grpFill") is not None
            described = group.described or bool(shape.alt) or shape.decorative
            fill = group.fill if inherits or own is None else own
            inner = _Group(group.coordinates.enter(element), numbers, fill, described, shape.hidden)
            yield from self._resolve_shapes(element, scene, inner)

    def _start_shape(self, element: Element, group: _Group) -> Shape:
        """Return a shape with its name, kind and alternative text."""
        identity = element.find(f"*/{P}cNvPr")
        alt = " ".join(text for name in ("title", "descr") if (text := get_attribute(identity, name).strip()))
        flags = identity.iter(DECORATIVE) if identity is not None else ()
        decorative = any(get_flag(flag, "val") for flag in flags)
        return Shape(
            get_attribute(identity, "name"), _find_kind(element), None, alt=alt, decorative=decorative,
            hidden=group.hidden or get_flag(identity, "hidden"),
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
            form = self._read_form(element, "none", scene)
            return replace(self._resolve_frame(element, shape, scene), form=form)
        if element.tag == f"{P}pic":
            self.unread.append(f"{scene.label}: the picture “{shape.name}”")
            scene.paint(box, "unread", element)
            return replace(shape, opaque=True, form=self._read_form(element, "unread", scene))
        if element.tag == f"{P}contentPart":
            self.unread.append(f"{scene.label}: drawn ink")
        fill = resolve_fill(ancestors, scene.colors, group.fill) if element.tag == f"{P}sp" else "none"
        background = scene.find_background(box, fill)
        bodies = [each.find(f"{P}txBody/{A}bodyPr") for each in ancestors]
        style = self._resolve_style(ancestors, shape.placeholder, scene)
        reader = TextReader(style, self.package.read_relations(scene.name), scene.number, background)
        paragraphs = reader.read(element.find(f"{P}txBody"))
        has_words = any(paragraph.text.strip() for paragraph in paragraphs)
        if has_words and background is None:
            scene.note_unjudged(shape, "the contrast of words on a picture or a gradient")
        scene.paint(box, fill, element)
        return replace(
            shape,
            kind="text" if has_words else shape.kind,
            paragraphs=paragraphs,
            frame=resolve_frame(bodies, is_rotated(placed)),
            background=background,
            opaque=fill == "unread" or (isinstance(fill, Color) and fill.alpha > 0),
            form=self._read_form(element, fill, scene),
        )

    def _read_form(self, element: Element, fill: Fill, scene: SlideScene) -> dict[str, str]:
        return read_shape_form(element, fill, scene.colors, self.package.read_relations(scene.name))

    def _resolve_frame(self, element: Element, shape: Shape, scene: SlideScene) -> Shape:
        data = next(element.iter(f"{A}graphicData"), None)
        background = scene.find_background(shape.box, "none")
        if (inner := find(data, f"{A}tbl")) is not None:
            styles = self.package.parse(self.package.find_related(self.main, "tableStyles"))
            style = self._resolve_style((element,), "", scene)
            reader = TextReader(style, self.package.read_relations(scene.name), scene.number, background)
            table = table_view.resolve_table(inner, table_view.TableContext(reader, styles))
            if table.unknown_style:
                scene.note_unjudged(shape, "a table's style that the file does not hold")
                table = replace(
                    table, rows=tuple(tuple(replace(each, background=None) for each in row) for row in table.rows)
                )
            return replace(shape, kind="table", table=table, background=background)
        kind = get_attribute(data, "uri")
        content = next(iter_children(data), None)
        if kind == CHART and content is not None:
            return replace(shape, chart=self._resolve_chart(content, shape, scene, background), background=background)
        if kind == DIAGRAM and content is not None:
            root = self.package.parse(self.package.follow(scene.name, content.get(f"{R}dm", "")))
            texts = ("".join(piece.text or "" for piece in body.iter(f"{A}t")) for body in root.iter(f"{{{DIAGRAM}}}t"))
            return replace(shape, diagram=tuple(filter(None, texts)))
        self.unread.append(f"{scene.label}: “{shape.name}”, an embedded object of the kind {kind.rpartition('/')[2]}")
        return shape

    def _resolve_chart(self, element: Element, shape: Shape, scene: SlideScene, background: RGB | None) -> Chart:
        part = self.package.follow(scene.name, element.get(f"{R}id", ""))
        root = self.package.parse(part)
        chart = chart_view.resolve_chart(root, scene.colors, background)
        chart = replace(chart, form=read_chart_form(root, scene.colors))
        if any(text.background is None or text.color is None for text in chart.texts):
            scene.note_unjudged(shape, "the contrast of some of a chart's words")
        try:
            messages = dict.fromkeys(chart_data.find_disagreements(root, part, self.package))
        except LookupError as error:
            self.unread.append(f"{scene.label}: “{shape.name}”: {error}")
            return replace(chart, has_workbook=False)
        return replace(chart, disagreements=tuple(messages))

    def _resolve_style(self, ancestors: Sequence[Element], placeholder: str, scene: SlideScene) -> TextStyle:
        kind = "titleStyle" if placeholder in TITLES else "bodyStyle"
        if placeholder in FURNITURE or not placeholder:
            kind = "otherStyle"
        default = self.package.parse(self.main).find(f"{P}defaultTextStyle")
        master = scene.master.find(f"{P}txStyles/{P}{kind}")
        sheets = [each.find(f"{P}txBody/{A}lstStyle") for each in ancestors]
        return TextStyle(
            scene.colors,
            scene.faces,
            (*sheets, master, default) if placeholder else (*sheets, default, master),
            1 if placeholder and len(ancestors) > 1 else 0,
            None if placeholder else scene.colors.find_color(ancestors[0].find(f"{P}style/{A}fontRef")),
            scale=read_font_scale(ancestors[0].find(f"{P}txBody/{A}bodyPr")),
        )


def _mark_repeated(slides: Sequence[Slide]) -> Iterator[Slide]:
    """Yield the slides, with the shapes marked whose words are on most of them."""
    counts = Counter(text for slide in slides for text in {shape.text for shape in slide.shapes if not shape.is_title})
    often = {text for text, count in counts.items() if text and count >= max(OFTEN, len(slides) / 2)}
    for slide in slides:
        shapes = (replace(each, repeated=each.text in often and not each.is_title) for each in slide.all_shapes)
        yield replace(slide, all_shapes=tuple(shapes))


def _find_kind(element: Element) -> Kind:
    if element.tag != f"{P}graphicFrame":
        return KINDS.get(element.tag.removeprefix(P), "object")
    uri = get_attribute(next(element.iter(f"{A}graphicData"), None), "uri")
    return FRAME_KINDS.get(uri.rpartition("/")[2], "object")
