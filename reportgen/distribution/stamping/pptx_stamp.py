"""Stamp a finished deck: each copy has one line in the footer of every slide, and of notes pages that have a footer.

The line follows what the footer says already. For a copy, only the parts with footers are written, and of each only the
words of its footer are compressed: the text around them, and all other parts, are compressed once for all copies.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand.contrast import MIN_RATIO, RGB, contrast_ratio
from reportgen.deck import package
from reportgen.deck.oxml import escape_text
from reportgen.deck.oxml.shape_xml import Place
from reportgen.deck.shape_tree import Coordinates, find_box
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view import deck_view, text_extent
from reportgen.deck.view.view_values import Frame, Paragraph, Shape, Slide
from reportgen.deck.write import footers
from reportgen.distribution.stamping.pieces import Content
from reportgen.distribution.stamping.shared_zip import Archive, PartTemplate, compress_words
from reportgen.system.errors import BriefError, FileError, FitError
from reportgen.text.stamp_text import SEPARATOR, mark_stamp, split_stamp

SIZES = (10.0, 9.0, 8.0)
TEXT, SIZE, MARK = "\ue000stamp\ue000", "\ue000size\ue000", "\ue000mark\ue000"
"""The tokens in a part's template for the line, for its size in hundredths of a point, and for its hidden mark."""
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FOOTER_BOX = Box(548_640, 6_400_800, 7_680_960, 228_600)
"""The footer of a deck whose master has none: the box that it has in our theme."""
NOTES_SIZE = 10.0


class _Room(Struct, frozen=True):
    """The room for a footer's text. Footers with equal text in equal boxes have equal rooms."""

    paragraphs: tuple[Paragraph, ...]
    frame: Frame
    width: int
    height: int

    def choose_size(self, text: str) -> float | None:
        """Return the largest size (pt) at which the footer fits its box with this line, or None."""
        own = max((run.size for paragraph in self.paragraphs for run in paragraph.runs), default=SIZES[0])
        return next((size for size in (own, *SIZES) if size <= own and self._fits(text, size)), None)

    def _fits(self, text: str, size: float) -> bool:
        filled = []
        for each in self.paragraphs:
            runs = tuple(replace(run, text=run.text.replace(TEXT, text), size=size) for run in each.runs)
            filled.append(replace(each, runs=runs, size=size))
        extent = text_extent.measure_text(filled, self.frame, self.width / EMU_PER_POINT)
        height = self.height / EMU_PER_POINT
        return size <= height if extent.lines == 1 else extent.height <= height


class _Footer(Struct, frozen=True):
    """A part with a footer: the part without the footer's words, a template for these, and the room that they have."""

    place: str
    part: PartTemplate
    template: str
    room: _Room | None

    def choose_size(self, text: str) -> float:
        size = self.room.choose_size(text) if self.room else NOTES_SIZE
        if size is None:
            message = f'{self.place}: the footer has no room for "{text}", not even at {SIZES[-1]:g} pt'
            raise FitError(message, hint="shorten the name, or choose a theme with a wider footer")
        return size

    def fill(self, text: str, size: float, mark: str) -> bytes:
        filled = self.template.replace(SIZE, str(round(size * 100))).replace(MARK, mark)
        return filled.replace(TEXT, text).encode()


class PptxStamper:
    """Stamps copies of one deck.

    Raises FileError for a file that is not a deck, is encrypted, damaged or already stamped.
    """

    def __init__(self, data: bytes) -> None:
        slides = deck_view.resolve_deck(data, "deck").slides
        with ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        marked = dict(_add_tokens(parts, slides))
        with_tokens = {name: package.serialize(root) for name, (_, root) in marked.items()}
        resolved = deck_view.resolve_deck(package.write_package({**parts, **with_tokens}, compress=False), "deck")
        rooms = {slide.part: _find_room(slide.all_shapes) for slide in resolved.slides}
        rooms |= {slide.notes_part: _find_room(slide.notes) for slide in resolved.slides}
        by_room: dict[_Room | None, list[_Footer]] = {}
        for name, (place, root) in marked.items():
            part = _read_footer(place, name, root, rooms[name])
            by_room.setdefault(part.room, []).append(part)
        self._footers = list(by_room.values())  # a line has the same size in all footers of equal rooms
        others = {name: part for name, part in parts.items() if name not in marked}
        self._archive = Archive(package.write_package(others))

    def copy(self, text: str) -> Content:
        """Return the deck with this line: equal bytes for equal lines. Raises FitError where a footer has no room for it."""
        if illegal := ILLEGAL.search(text):
            raise BriefError(
                f"a stamp cannot have the character U+{ord(illegal[0]):04X}", hint="remove it from the name"
            )
        escaped, mark = escape_text(text), format_guid(mark_stamp(text))
        filled = [
            (each.part, each.fill(escaped, size, mark))
            for group, size in zip(self._footers, self.fit(text), strict=True)
            for each in group
        ]
        compressed = {words: compress_words(words) for words in {words for _, words in filled}}
        entries = [part.fill(words, compressed[words]) for part, words in filled]
        return Content((self._archive.entries, self._archive.add(entries)))

    def fit(self, text: str) -> list[float]:
        """Return the size (pt) of a line in the footers of each room. Raises FitError where one has no room for it."""
        return [group[0].choose_size(text) for group in self._footers]


def format_guid(mark: str) -> str:
    """Return a hidden mark as PowerPoint writes identifiers."""
    return f"{{{uuid.UUID(mark)}}}".upper()


def _add_tokens(parts: package.Parts, slides: Sequence[Slide]) -> Iterator[tuple[str, tuple[str, etree._Element]]]:
    """Yield each part with a footer, its place, and its XML with the line's token; a slide without a footer gets one."""
    for slide in slides:
        root, place = package.parse(parts[slide.part], slide.part), f"slide {slide.number}"
        shapes = footers.find_footers(root) or [_add_footer(root, parts, slide)]
        _add_token(shapes[0], place)
        yield slide.part, (place, root)
        if slide.notes_part:
            root = package.parse(parts[slide.notes_part], slide.notes_part)
            if shapes := footers.find_footers(root):
                _add_token(shapes[0], f"{place}, notes")
                yield slide.notes_part, (f"{place}, notes", root)


def _add_token(shape: etree._Element, place: str) -> None:
    text = footers.read_text(shape)
    if split_stamp(text)[1]:
        raise FileError(f"this deck is already stamped, on {place}", hint="stamp the file that was built, not a copy")
    footers.append_text(shape, (SEPARATOR if text else "") + TEXT)


def _add_footer(root: etree._Element, parts: package.Parts, slide: Slide) -> etree._Element:
    """Add a footer in the layout's placeholder; without one, where the master has its own or in the free room above that."""
    layout = next(iter(package.related_parts(parts, slide.part, "slideLayout")), "")
    placeholders = footers.find_footers(package.parse(parts[layout], layout)) if layout else []
    if placeholders:
        return footers.add_footer(root, footers.read_place(placeholders[0]), None, SIZES[0])
    master = next(iter(package.related_parts(parts, layout, "slideMaster")), "")
    above = footers.find_footers(package.parse(parts[master], master)) if master else []
    box = next((found for each in above if (found := find_box(each, Coordinates()))), FOOTER_BOX)
    return footers.add_footer(
        root, Place("ftr", "11", "quarter"), _find_free_box(box, slide), SIZES[0], _choose_color(slide)
    )


def _choose_color(slide: Slide) -> RGB | None:
    """Return the color of the lowest text with enough contrast: a cover may be dark, and a theme's date faint."""
    placed = [(shape.box.y, shape) for shape in slide.shapes if shape.text and shape.box]
    for _, shape in sorted(placed, key=lambda pair: pair[0], reverse=True):
        for run in (run for paragraph in shape.paragraphs for run in paragraph.runs if run.text.strip()):
            if run.color and shape.background and contrast_ratio(run.color, shape.background) >= MIN_RATIO:
                return run.color
    return None


def _find_free_box(box: Box, slide: Slide) -> Box:
    """Return the box, moved up until it overlaps nothing on the slide."""
    taken = [
        place for shape in slide.shapes if (place := text_extent.find_text_box(shape) if shape.text else shape.box)
    ]
    for step in range(40):
        moved = replace(box, y=box.y - step * box.height // 4)
        if not any(min(moved.common(each)) > 0 for each in taken):
            return moved
    raise FitError(f"slide {slide.number} has no room for a stamp at its foot", hint="choose a theme with a footer")


def _find_room(shapes: Iterable[Shape]) -> _Room | None:
    """Return the room of the footer with the token; None if it has no box."""
    shape = next((each for each in shapes if TEXT in each.text), None)
    if shape is None or shape.box is None:
        return None
    last = max(at for at, each in enumerate(shape.paragraphs) if TEXT in each.text)
    return _Room(shape.paragraphs[: last + 1], shape.frame, shape.box.width, shape.box.height)


def _read_footer(place: str, name: str, root: etree._Element, room: _Room | None) -> _Footer:
    shape = next(each for each in footers.find_footers(root) if TEXT in footers.read_text(each))
    for look in footers.run_properties(shape):
        look.set("sz", SIZE)
    footers.add_creation_id(shape, MARK)
    text = package.serialize(root).decode()
    start, end = text.index(MARK), max(text.rindex(token) + len(token) for token in (SIZE, TEXT))
    part = PartTemplate.compress(name, text[:start].encode(), text[end:].encode())
    return _Footer(place, part, text[start:end], room)
