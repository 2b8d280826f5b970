"""The walk over a finished deck: bytes in, a `view.Deck` out."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.deck.reading.deck_reader import require_package
from reportgen.deck.view import chart_view, table_view
from reportgen.deck.view.inheritance import Holder, Level, Style, chain, fill_of, frame, holder_of, holders, shrunk
from reportgen.deck.view.part_xml import MC, A, C, Element, P, Parts, R, at, children, number, on, word
from reportgen.deck.view.placement import Space, box_of, turned
from reportgen.deck.view.resolved_colors import Fill, palette
from reportgen.deck.view.shape_text import Reader
from reportgen.deck.view.slide_scene import Scene, faces, ground_of, names
from reportgen.deck.view.view_values import FURNITURE, TITLES, Cell, Deck, Kind, Section, Shape, Slide
from reportgen.system.errors import FileError, Location

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"
SECTION_SLIDE = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"
OFTEN = 3  # slides at least, for words to count as standing on every slide


def resolve_deck(data: bytes, name: str) -> Deck:
    """Read a deck for linting. FileError for what is none, is encrypted or damaged."""
    require_package(data, name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _Walk(Parts(archive)).deck()
    except (etree.XMLSyntaxError, zipfile.BadZipFile, LookupError, ValueError, RecursionError) as error:
        message = f"a damaged deck: {error or type(error).__name__}"
        raise FileError(message, Location(name), "make it again, or let PowerPoint repair it") from None


class _Walk(Struct):
    parts: Parts
    unread: list[str] = field(default_factory=list)
    known: dict[str, tuple[Holder, ...]] = field(default_factory=dict)
    levels: dict[tuple[object, ...], dict[int, Level]] = field(default_factory=dict)
    """Levels of texts that inherit the same and have no sheet of their own."""
    root: str = ""

    def deck(self) -> Deck:
        self.root = self.parts.one("", "officeDocument") or "ppt/presentation.xml"
        presentation = self.parts.xml(self.root)
        size = presentation.find(f"{P}sldSz")
        relations = self.parts.related(self.root)
        slides: list[Slide] = []
        for each in presentation.iterfind(f"{P}sldIdLst/{P}sldId"):
            relation = relations.get(each.get(f"{R}id", ""))
            if relation and relation.target in self.parts.archive.NameToInfo:
                slides.append(self._slide(relation.target, len(slides) + 1, each.get("id", "")))
        sections = tuple(
            Section(each.get("name", ""), tuple(one.get("id", "") for one in each.iter(SECTION_SLIDE)))
            for each in presentation.iter(SECTIONS)
        )
        width, height = number(size, "cx", 9_144_000), number(size, "cy", 6_858_000)
        return Deck(width, height, tuple(_standing(slides)), sections, tuple(dict.fromkeys(self.unread)))

    def _slide(self, name: str, count: int, identity: str) -> Slide:
        layout_name = self.parts.one(name, "slideLayout")
        master_name = self.parts.one(layout_name, "slideMaster")
        slide, layout, master = (self.parts.xml(each) for each in (name, layout_name, master_name))
        theme = self.parts.xml(self.parts.one(master_name, "theme"))
        colors = palette(theme, names(slide, layout, master))
        scene = Scene(count, name, layout, master, colors, faces(theme), ground_of((slide, layout, master), colors))
        scene.above = self._holders(layout_name), self._holders(master_name)
        if on(slide, "showMasterSp", True):
            for part in (master, layout) if on(layout, "showMasterSp", True) else (layout,):
                self._backdrop(part, scene)
        tree = slide.find(f"{P}cSld/{P}spTree")
        shapes = tuple(self._shapes(tree, scene, Space(), (), "none", False))
        offers = frozenset(each.type for each in scene.above[0])
        common = layout.find(f"{P}cSld")
        return Slide(count, identity, shapes, word(common, "name"), layout.get("type", ""), offers)

    def _backdrop(self, part: Element, scene: Scene) -> None:
        """What master and layout paint below the slide's own shapes; their placeholders print nothing."""
        for element in _opened(part.find(f"{P}cSld/{P}spTree")):
            if holder_of(element) is None:
                fill = "unread" if element.tag == f"{P}pic" else fill_of((element,), scene.palette, "none")
                scene.paint(box_of(element, Space()), fill, element)

    def _shapes(
        self, tree: Element | None, scene: Scene, space: Space, group: tuple[int, ...], fill: Fill, told: bool
    ) -> Iterator[Shape]:
        for element in _opened(tree, groups=False):
            if on(_identity(element), "hidden"):
                continue
            if element.tag != f"{P}grpSp":
                yield self._shape(element, scene, space, group, fill, told)
                continue
            scene.groups += 1
            alt, decorative = _described(element)
            inside = (*group, scene.groups)
            yield Shape(_name(element), "group", box_of(element, space), "", alt, decorative, group, told, inside)
            own = scene.palette.fill(element.find(f"{P}grpSpPr"))
            inner = own if own is not None and at(element, f"{P}grpSpPr/{A}grpFill") is None else fill
            told_here = told or bool(alt) or decorative
            yield from self._shapes(element, scene, space.inside(element), inside, inner, told_here)

    def _shape(
        self, element: Element, scene: Scene, space: Space, group: tuple[int, ...], fill: Fill, told: bool
    ) -> Shape:
        holder = holder_of(element)
        line = chain(holder, *scene.above) if holder else (element,)
        placed = next(((each, box) for each in line if (box := box_of(each, space)) is not None), None)
        box = placed[1] if placed else None
        alt, decorative = _described(element)
        shape = Shape(_name(element), _kind(element), box, holder.type if holder else "", alt, decorative, group, told)
        if element.tag == f"{P}graphicFrame":
            return self._frame(element, shape, scene)
        if element.tag == f"{P}pic":
            scene.paint(box, "unread", element)
            return shape
        own = fill_of(line, scene.palette, fill) if element.tag == f"{P}sp" else "none"
        behind = scene.behind(box, own)
        bodies = [each.find(f"{P}txBody/{A}bodyPr") for each in line]
        style = self._style(line, shape.holds, scene)
        reader = Reader(style, self._links(scene), scene.number, behind)
        texts = reader.paragraphs(element.find(f"{P}txBody"))
        worded = any(text.text.strip() for text in texts)
        if worded and behind is None:
            self._unread(scene, shape, "the contrast of words on a picture or a gradient")
        scene.paint(box, own, element)
        return replace(
            shape,
            kind="text" if worded else shape.kind,
            paragraphs=texts,
            frame=frame(bodies, turned(placed[0] if placed else element)),
            behind=behind,
        )

    def _frame(self, element: Element, shape: Shape, scene: Scene) -> Shape:
        data = next(element.iter(f"{A}graphicData"), None)
        behind = scene.behind(shape.box, "none")
        if (inner := at(data, f"{A}tbl")) is not None:
            styles = self.parts.xml(self.parts.one(self.root, "tableStyles"))
            style = self._style((element,), "", scene)
            setting = table_view.Setting(style, self._links(scene), scene.number, behind, styles)
            found = table_view.table(inner, setting)
            if found.unknown_style:
                self._unread(scene, shape, "a table's style that the file does not hold")
                found = replace(found, rows=tuple(tuple(_blank(cell) for cell in row) for row in found.rows))
            return replace(shape, kind="table", table=found, behind=behind)
        if word(data, "uri") == CHART and data is not None:
            relation = self.parts.related(scene.name).get(word(at(data, f"{C}chart"), f"{R}id"))
            root = self.parts.xml(relation.target if relation and not relation.outside else "")
            found_chart = chart_view.chart(root, scene.palette, behind)
            if any(text.behind is None or text.color is None for text in found_chart.texts):
                self._unread(scene, shape, "the contrast of some of a chart's words")
            return replace(shape, kind="chart", chart=found_chart, behind=behind)
        return shape

    def _style(self, line: Sequence[Element], holds: str, scene: Scene) -> Style:
        presentation = self.parts.xml(self.root)
        kind = "titleStyle" if holds in TITLES else "otherStyle" if holds in FURNITURE or not holds else "bodyStyle"
        last = presentation.find(f"{P}defaultTextStyle")
        master = scene.master.find(f"{P}txStyles/{P}{kind}")
        sheets = [each.find(f"{P}txBody/{A}lstStyle") for each in line]
        reference = line[0].find(f"{P}style/{A}fontRef")
        style = Style(
            scene.palette,
            scene.faces,
            (*sheets, master, last) if holds else (*sheets, last, master),
            1 if holds and len(line) > 1 else 0,
            None if holds else scene.palette.of(reference),
            scale=shrunk([each.find(f"{P}txBody/{A}bodyPr") for each in line[:1]]),
        )
        if (sheets[0] is None or not len(sheets[0])) and style.color is None and style.scale == 1:
            key = (scene.layout, tuple(scene.palette.names.items()), kind, holds == "", *line[1:])
            style.levels = self.levels.setdefault(key, style.levels)
        return style

    def _holders(self, name: str) -> tuple[Holder, ...]:
        if name not in self.known:
            self.known[name] = holders(self.parts.xml(name))
        return self.known[name]

    def _links(self, scene: Scene) -> Callable[[str], str]:
        def target(identity: str) -> str:
            relation = self.parts.related(scene.name).get(identity)
            return relation.target if relation else ""

        return target

    def _unread(self, scene: Scene, shape: Shape, what: str) -> None:
        self.unread.append(f"slide {scene.number}, {shape.called}: {what}")


def _standing(slides: Sequence[Slide]) -> Iterator[Slide]:
    """The slides, with what stands on most of them known as such."""
    counts = Counter(text for slide in slides for text in {shape.text for shape in slide.shapes if not shape.title})
    often = {text for text, count in counts.items() if text and count >= max(OFTEN, len(slides) / 2)}
    for slide in slides:
        same = often & {shape.text for shape in slide.shapes}
        shapes = (
            replace(each, standing=True) if each.text in same and not each.title else each for each in slide.shapes
        )
        yield replace(slide, shapes=tuple(shapes)) if same else slide


def _blank(cell: Cell) -> Cell:
    """A cell whose colours nobody knows."""
    paragraphs = tuple(
        replace(each, runs=tuple(replace(run, color=None) for run in each.runs)) for each in cell.paragraphs
    )
    return replace(cell, paragraphs=paragraphs, behind=None)


def _opened(tree: Element | None, groups: bool = True) -> Iterator[Element]:
    """The shapes below an element, alternatives taken as PowerPoint takes them; of groups, on request, the members."""
    for element in children(tree):
        if element.tag == f"{MC}AlternateContent":
            chosen = element.find(f"{MC}Choice")
            yield from _opened(chosen if chosen is not None else element.find(f"{MC}Fallback"), groups)
        elif element.tag == f"{P}grpSp" and groups:
            yield from _opened(element)
        elif element.tag.removeprefix(P) in ("sp", "pic", "cxnSp", "graphicFrame", "grpSp", "contentPart"):
            yield element


def _identity(element: Element) -> Element | None:
    return next((each.find(f"{P}cNvPr") for each in children(element) if each.tag.startswith(f"{P}nv")), None)


def _name(element: Element) -> str:
    return word(_identity(element), "name")


def _described(element: Element) -> tuple[str, bool]:
    """The alternative text, and whether the shape is said to be decoration."""
    identity = _identity(element)
    alt = " ".join(filter(None, (word(identity, "title").strip(), word(identity, "descr").strip())))
    flags = identity.iter(DECORATIVE) if identity is not None else ()
    return alt, any(on(flag, "val") for flag in flags)


def _kind(element: Element) -> Kind:
    if element.tag == f"{P}pic":
        return "picture"
    if element.tag == f"{P}cxnSp":
        return "line"
    if element.tag == f"{P}graphicFrame":
        uri = word(next(element.iter(f"{A}graphicData"), None), "uri")
        kinds: dict[str, Kind] = {"table": "table", "chart": "chart", "chartex": "chart", "diagram": "diagram"}
        return kinds.get(uri.rpartition("/")[2], "object")
    return "form" if element.tag == f"{P}sp" else "object"
