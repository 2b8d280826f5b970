"""Pictures of a finished deck with its boxes drawn over it, so that one sees whether the text stands where it was measured.

The boxes go into a copy of the file, which LibreOffice draws; the deck itself stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.charts.scene import Scene, SceneText
from reportgen.deck.fit.fit_report import BoxFit, measure_boxes
from reportgen.deck.oxml import NO_LINE, build_tight_body, escape_text, parse_shape
from reportgen.deck.oxml.shape_xml import build_shape, place_item
from reportgen.deck.proof import office
from reportgen.deck.theme import Theme
from reportgen.deck.values import EMU_PER_POINT, Box, Deck, Drawing, Slide, Slot, TableContent
from reportgen.system import files
from reportgen.system.work_folder import open_work_folder

DPI = 96
FULL = 95.0  # percent of a box: a fuller one is drawn in the stronger colour and line
QUIET, STRONG = "00857C", "D4006A"  # of the outlines; no theme of ours has them
TAG_SIZE, TAG_HEIGHT = 8.0, 11.0  # points
FIRST_ID = 90_000  # of the outlines' shapes: above every id on a slide of ours


class BoxOutline(Struct, frozen=True):
    """The outline of a box: its tag ("" for none), its line's weight in points, colour and dash."""

    box: Box
    tag: str = ""
    weight: float = 0.75
    color: str = QUIET
    dash: str = "solid"


def draw_proof(
    deck: Deck, theme: Theme, data: bytes, folder: Path, brand: Brand, stem: str = "deck"
) -> tuple[Path, ...]:
    """Draw each slide of a fitted deck with its boxes and write the pictures as `folder`/`stem`-01.png and so on.

    `data` is the deck's file. A dashed box is only estimated, because its font is missing; one that is nearly full has a
    stronger line. All pictures are written or none; pictures of an earlier, longer deck of the same name are removed.
    Raises FileError where LibreOffice or poppler is missing or fails.
    """
    return draw_slides(add_outlines(data, find_outlines(deck, theme, brand)), folder, brand, stem)


def draw_slides(data: bytes, folder: Path, brand: Brand, stem: str = "deck") -> tuple[Path, ...]:
    """Draw each slide of a deck and write the pictures as `folder`/`stem`-01.png and so on."""
    office.require_tools()
    with open_work_folder() as work:
        copy = work / "deck.pptx"
        copy.write_bytes(data)
        pdf = office.convert([copy], work, brand, "pdf")[0]
        drawn = [page.read_bytes() for page in office.draw_pages(pdf, work, DPI, "-png")]
    digits = max(2, len(str(len(drawn))))
    pictures = {folder / f"{stem}-{number:0{digits}}.png": picture for number, picture in enumerate(drawn, 1)}
    files.write_files(pictures)
    for path in folder.glob("*.png"):  # an older picture would be taken for one of this deck
        if path not in pictures and re.fullmatch(rf"{re.escape(stem)}-\d\d+\.png", path.name):
            with suppress(OSError):
                path.unlink()
    return tuple(pictures)


def find_outlines(deck: Deck, theme: Theme, brand: Brand) -> tuple[tuple[BoxOutline, ...], ...]:
    """Return the outlines of each slide: slots with their measured fit, rows of tables, labels of drawings, furniture."""
    found: dict[int, dict[str, BoxFit]] = {number: {} for number in range(1, len(deck.slides) + 1)}
    for fit in measure_boxes(deck, theme, theme.adapt_brand(brand)):
        found[fit.number][fit.box] = fit
    return tuple(tuple(_outlines(slide, theme, fits)) for slide, fits in zip(deck.slides, found.values(), strict=True))


def _outlines(slide: Slide, theme: Theme, fits: Mapping[str, BoxFit]) -> Iterator[BoxOutline]:
    places, slots = theme.layouts[slide.layout], {slot.name: slot for slot in slide.slots}
    for name, slot in slots.items():
        box = slot.box or places[name].box
        yield from _outline_content(slot, box)
        yield _outline_slot(name, box, fits.get(name))
    for name, fit in fits.items():
        if name not in slots:  # the furniture, whose boxes are too small for a tag
            yield replace(_outline_slot(name, places[name].box, fit), tag="")


def _outline_slot(name: str, box: Box, fit: BoxFit | None) -> BoxOutline:
    if fit is None:
        return BoxOutline(box, name)
    size = f"{fit.size:g} pt" if fit.size else ""
    fill = "" if fit.fill is None else f"{fit.fill:.0f} %"
    estimated = fit.status == "estimated"
    tag = " · ".join(filter(None, (name, size, fill, "estimated" if estimated else "")))
    full = fit.fill is not None and fit.fill > FULL
    return BoxOutline(box, tag, 1.5 if full else 0.75, STRONG if full else QUIET, "dash" if estimated else "solid")


def _outline_content(slot: Slot, box: Box) -> Iterator[BoxOutline]:
    """Yield the outlines of a table's rows or a drawing's labels."""
    if isinstance(slot.content, TableContent):
        top = box.y
        for height in slot.content.heights:
            yield BoxOutline(Box(box.x, top, box.width, height), weight=0.25)
            top += height
    elif isinstance(slot.content, Drawing) and isinstance(slot.content.native, Scene):
        for item in slot.content.native.items:
            if isinstance(item, SceneText):
                yield BoxOutline(place_item(item, box), weight=0.25)


def add_outlines(data: bytes, slides: Sequence[Sequence[BoxOutline]]) -> bytes:
    """Return a copy of the deck with outlines over each slide."""
    import pptx

    file = pptx.Presentation(BytesIO(data))
    for slide, found in zip(file.slides, slides, strict=True):
        tree: Any = slide.shapes._spTree
        for number, outline in enumerate(found):
            tree.append(parse_shape(_build_frame(FIRST_ID + 2 * number, outline)))
        for number, outline in enumerate(found):
            if outline.tag:
                tree.append(parse_shape(_build_tag(FIRST_ID + 2 * number + 1, outline)))
    target = BytesIO()
    file.save(target)
    return target.getvalue()


def _build_frame(number: int, outline: BoxOutline) -> str:
    line = f'<a:ln w="{round(outline.weight * EMU_PER_POINT)}">{_build_fill(outline.color)}<a:prstDash val="{outline.dash}"/></a:ln>'
    return build_shape(number, "box", outline.box, f"<a:noFill/>{line}")


def _build_tag(number: int, outline: BoxOutline) -> str:
    """Return the tag above the box's right end, on a ground of its own, and never above the slide's edge."""
    height = round(TAG_HEIGHT * EMU_PER_POINT)
    width = round((len(outline.tag) * TAG_SIZE * 0.55 + 6) * EMU_PER_POINT)
    box = Box(max(0, outline.box.right - width), max(0, outline.box.y - height), width, height)
    look = f'<a:rPr lang="en-US" sz="{round(TAG_SIZE * 100)}">{_build_fill("FFFFFF")}</a:rPr>'
    paragraph = f'<a:p><a:pPr algn="ctr"/><a:r>{look}<a:t>{escape_text(outline.tag)}</a:t></a:r></a:p>'
    text = f"<p:txBody>{build_tight_body('ctr', wrap='none')}<a:lstStyle/>{paragraph}</p:txBody>"
    return build_shape(number, "tag", box, _build_fill(outline.color) + NO_LINE, text)


def _build_fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
