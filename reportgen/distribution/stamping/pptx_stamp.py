"""A finished deck -> its copies, each with one line in the footer of every slide, and of notes pages that have one.

What stands in a footer stays; the line comes behind it. Only the parts with footers are written anew for a copy, and of each
the words of its footer alone: what stands around them is packed once for all copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand.contrast import MIN_RATIO, RGB, contrast_ratio
from reportgen.deck import package
from reportgen.deck.oxml import escape_text
from reportgen.deck.oxml.shape_xml import Place
from reportgen.deck.package import A, P, R
from reportgen.deck.reading.deck_reader import require_package
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view import deck_view, text_extent
from reportgen.deck.view.view_values import Frame, Paragraph, Run, Shape, Slide
from reportgen.deck.write import footers
from reportgen.distribution.stamping.pieces import Copied
from reportgen.distribution.stamping.shared_zip import Archive, Split
from reportgen.system.errors import BriefError, FileError, FitError
from reportgen.text.stamp_text import SEPARATOR, split_stamp

SIZES = (10.0, 9.0, 8.0)
TEXT, SIZE = "\ue000stamp\ue000", "\ue000size\ue000"
"""What stands in a part's template for the line and for its size in hundredths of a point."""
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FOOT = Box(548_640, 6_400_800, 7_680_960, 228_600)
"""Where a footer stands in a deck whose master has none: as in our theme."""
NOTES_SIZE = 10.0


class _Room(Struct, frozen=True):
    """Where a footer's text stands: equal for footers that say the same in the same box."""

    paragraphs: tuple[Paragraph, ...]
    frame: Frame
    width: int
    height: int

    def size(self, text: str) -> float | None:
        """The largest step at which the footer with this text behind it fits its box."""
        own = max((run.size for paragraph in self.paragraphs for run in paragraph.runs), default=SIZES[0])
        return next((size for size in (own, *SIZES) if size <= own and self._fits(text, size)), None)

    def _fits(self, text: str, size: float) -> bool:
        *before, last = self.paragraphs
        runs = (*last.runs[:-1], replace(last.runs[-1], text=last.runs[-1].text.replace(TEXT, text)))
        resized = tuple(
            replace(each, size=size, runs=tuple(replace(run, size=size) for run in each.runs))
            for each in (*before, replace(last, runs=runs))
        )
        found = text_extent.measure_text(resized, self.frame, self.width / EMU_PER_POINT)
        height = self.height / EMU_PER_POINT
        return size <= height if found.lines == 1 else found.height <= height


class _Foot(Struct, frozen=True):
    """A part with a footer: the template of what a copy changes of it, what is around that, and where the line stands."""

    called: str
    part: Split
    template: str
    room: _Room | None

    def words(self, text: str, size: float) -> bytes:
        return self.template.replace(SIZE, str(round(size * 100))).replace(TEXT, text).encode()


class PptxStamper:
    """Stamps copies of one deck. FileError for what is no deck, is encrypted, damaged or stamped already."""

    def __init__(self, data: bytes) -> None:
        require_package(data, "deck")
        with ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        roots = dict(_stamped_roots(parts, deck_view.resolve_deck(data, "deck").slides))
        made = {name: package.serialized(root) for name, root in roots.items()}
        slides = deck_view.resolve_deck(package.packed({**parts, **made}).getvalue(), "deck").slides
        rooms = {f"slide {slide.number}": _room(slide) for slide in slides}
        order = _slide_parts(parts)
        calls = {name: f"slide {number}" for number, (_, name) in enumerate(order, 1)}
        notes = {
            note: f"{calls[name]}, notes" for _, name in order for note in package.related(parts, name, "notesSlide")
        }
        feet: dict[_Room | None, list[_Foot]] = {}
        for name, root in roots.items():
            foot = _foot((calls | notes)[name], name, root, rooms.get(calls.get(name, "")))
            feet.setdefault(foot.room, []).append(foot)
        self._feet = list(feet.values())  # those of equal rooms hold a line in equal size
        self._archive = Archive(data, frozenset(roots))

    def copy(self, text: str) -> Copied:
        """The deck with this line; the same bytes for the same line. FitError where a footer cannot hold it."""
        if found := ILLEGAL.search(text):
            raise BriefError(f"a stamp cannot have the character U+{ord(found[0]):04X}", hint="take it out of the name")
        escaped = escape_text(text)
        said = [
            (foot.part, foot.words(escaped, size))
            for feet, size in zip(self._feet, self.fit(text), strict=True)
            for foot in feet
        ]
        return self._archive.with_parts(said)

    def fit(self, text: str) -> list[float]:
        """The sizes (points) in which the footers hold a line, room by room. FitError where one cannot."""
        return [_fitted(feet[0], text) for feet in self._feet]


def _fitted(foot: _Foot, text: str) -> float:
    size = foot.room.size(text) if foot.room else NOTES_SIZE
    if size is None:
        message = f'{foot.called}: the footer has no room for "{text}", not even at {SIZES[-1]:g} pt'
        raise FitError(message, hint="shorten the name, or take a theme with a wider footer")
    return size


def _slide_parts(parts: package.Parts) -> list[tuple[str, str]]:
    """The slides' ids and parts, in the order of the presentation."""
    root = package.parsed(parts[package.PRESENTATION])
    targets = {
        each.get("Id"): package.target(package.PRESENTATION, each)
        for each in package.relations(parts, package.PRESENTATION)
    }
    listed = root.iterfind(f"{P}sldIdLst/{P}sldId")
    return [(str(each.get("id")), targets[each.get(f"{R}id")]) for each in listed]


def _stamped_roots(parts: package.Parts, slides: Sequence[Slide]) -> Iterator[tuple[str, etree._Element]]:
    """Each part with a footer, the line's token in it; slides without one get one."""
    shown = {slide.id: slide for slide in slides}
    for identity, name in _slide_parts(parts):
        root = package.parsed(parts[name], name)
        feet = footers.find_footers(root)
        if not feet:
            feet = [_new_foot(root, parts, name, shown[identity])]
        _lengthen(feet, f"slide {shown[identity].number}")
        yield name, root
        for notes in package.related(parts, name, "notesSlide"):
            root = package.parsed(parts[notes], notes)
            if feet := footers.find_footers(root):
                _lengthen(feet, "notes")
                yield notes, root


def _lengthen(feet: Sequence[etree._Element], called: str) -> None:
    for shape in feet[:1]:
        before = footers.read_text(shape)
        if split_stamp(before)[1]:
            raise FileError(
                f"this deck is stamped already, on {called}", hint="stamp the file that was built, not a copy"
            )
        footers.append_text(shape, (SEPARATOR if before else "") + TEXT)


def _new_foot(root: etree._Element, parts: package.Parts, name: str, slide: Slide) -> etree._Element:
    """In the layout's own placeholder; where that has none, where the master has one, or above it what is free."""
    layout = next(iter(package.related(parts, name, "slideLayout")), "")
    held = footers.find_footers(package.parsed(parts[layout], layout)) if layout else []
    if held:
        return footers.add_footer(root, footers.read_place(held[0]), None, SIZES[0])
    master = next(iter(package.related(parts, layout, "slideMaster")), "")
    above = footers.find_footers(package.parsed(parts[master], master)) if master else []
    box = next((found for each in above if (found := footers.read_box(each))), FOOT)
    return footers.add_footer(root, Place("ftr", "11", "quarter"), _free(box, slide), SIZES[0], _ink(slide))


def _ink(slide: Slide) -> RGB | None:
    """The colour of the lowest words that read well on their ground: a cover's may be dark, and a house's date faint."""
    placed = [(shape.box.y, shape) for shape in slide.shapes if shape.text and shape.box]
    for _, shape in sorted(placed, key=lambda pair: pair[0], reverse=True):
        for run in (run for paragraph in shape.paragraphs for run in paragraph.runs if run.text.strip()):
            if run.color and shape.background and contrast_ratio(run.color, shape.background) >= MIN_RATIO:
                return run.color
    return None


def _free(box: Box, slide: Slide) -> Box:
    """The box, or the nearest one above it that none of the slide's words reach."""
    taken = [
        where for shape in slide.shapes if (where := text_extent.find_text_box(shape) if shape.text else shape.box)
    ]
    for step in range(40):
        moved = replace(box, y=box.y - step * box.height // 4)
        if not any(_meet(moved, each) for each in taken):
            return moved
    raise FitError(f"slide {slide.number} has no room for a stamp at its foot", hint="take a theme with a footer there")


def _meet(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _room(slide: Slide) -> _Room | None:
    shape: Shape | None = next((each for each in slide.shapes if TEXT in each.text), None)
    if shape is None or shape.box is None:
        return None
    last = max(at for at, each in enumerate(shape.paragraphs) if TEXT in each.text)
    return _Room(shape.paragraphs[: last + 1], shape.frame, shape.box.width, shape.box.height)


def _foot(called: str, name: str, root: etree._Element, room: _Room | None) -> _Foot:
    shape = next(each for each in footers.find_footers(root) if TEXT in footers.read_text(each))
    if room is None and (box := footers.read_box(shape)):
        room = _notes_room(shape, box)
    for look in footers.run_properties(shape):
        look.set("sz", SIZE)
    text = package.serialized(root).decode()
    start, end = text.index(SIZE), max(text.rindex(token) + len(token) for token in (SIZE, TEXT))
    part = Split.of(name, text[:start].encode(), text[end:].encode())
    return _Foot(called, part, text[start:end], room)


def _notes_room(shape: etree._Element, box: Box) -> _Room:
    """A notes page's foot, as `deck.oxml.presentation` writes it: without insets, each run with its size."""
    runs = tuple(
        Run(
            each.findtext(f"{A}t") or "",
            NOTES_SIZE,
            bold=(look := each.find(f"{A}rPr")) is not None and look.get("b") == "1",
        )
        for each in shape.iter(f"{A}r")
    )
    return _Room((Paragraph(runs, NOTES_SIZE),), Frame((0, 0, 0, 0)), box.width, box.height)
