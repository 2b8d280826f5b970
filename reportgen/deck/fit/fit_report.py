"""What was measured in every box of a fitted deck: how full each is, in which size, and whether that is proven."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, to_builtins

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck.charts.chart_labels import measure_labels, measure_scene_labels
from reportgen.deck.fit import footer_sizes
from reportgen.deck.fit.slot_fit import Space, space
from reportgen.deck.layouts import SlotSpec
from reportgen.deck.text import text_box
from reportgen.deck.theme import Placeholder, Theme
from reportgen.deck.values import EMU_PER_POINT, Deck, Drawing, Slide, TableContent, Text

Status = Literal["proven", "estimated"]


class BoxFit(Struct, frozen=True):
    """One box: sizes are points, `fill` is percent of its room, of the fuller direction.

    `smallest` is the size below which its text would not go. `labels` counts a drawing's words, `rows` a table's rows;
    `estimated` is what another face draws than one that was measured.
    """

    number: int
    slide: str
    part: tuple[int, int] | None
    box: str
    kind: str
    lines: int
    size: float | None
    smallest: float | None
    fill: float | None
    status: Status
    rows: int | None = None
    labels: int | None = None


def measure_boxes(deck: Deck, theme: Theme, brand: Brand) -> tuple[BoxFit, ...]:
    """Every box of a fitted deck, slide by slide in reading order, then what stands on every slide."""
    return tuple(
        fit for number, slide in enumerate(deck.slides, 1) for fit in _slide(deck, slide, number, theme, brand)
    )


def _slide(deck: Deck, slide: Slide, number: int, theme: Theme, brand: Brand) -> Iterator[BoxFit]:
    for slot in slide.slots:
        own = space(slide, slot, theme, brand)
        if isinstance(slot.content, Text):
            yield _text(own, slot.content, number)
        elif isinstance(slot.content, TableContent):
            yield _table(own, slot.content, number)
        else:
            yield _drawing(own, slot.content, number)
    for row, placeholder in footer_sizes.standing(slide.layout, theme):
        words = footer_sizes.words(deck, row.name, placeholder)
        size = deck.furniture_sizes.get((slide.layout, row.name))
        if words and size:
            shown = str(number) if row.name == "slide-number" else words
            yield _furniture(slide, row, placeholder, shown, size, number, brand)


def _text(own: Space, content: Text, number: int) -> BoxFit:
    size = content.size or 0.0
    width, height = own.room
    found = text_box.measure_text(content.paragraphs, own.placeholder.levels, size, width, own.brand)
    fill = found.height / height if height > 0 else 0.0
    if own.row.max_lines:
        fill = max(fill, found.count / own.row.max_lines) if own.row.kind == "title" else fill
    smallest = (own.placeholder.steps or own.row.steps)[-1]
    return _fit(own.slide, own.row, number, found.count, size, smallest, fill, found.estimated)


def _table(own: Space, content: TableContent, number: int) -> BoxFit:
    size = content.size or 0.0
    width, level = own.box.width / EMU_PER_POINT, own.placeholder.levels[0]
    rows = [text_box.measure_row(cells, content.widths, level, size, width, own.brand) for cells in content.all_rows]
    lines = sum(max(len(cell.lines) for cell in row) for row in rows)
    fill = sum(map(text_box.row_height, rows)) / (own.box.height / EMU_PER_POINT)
    estimated = any(cell.estimated for row in rows for cell in row)
    smallest = (own.placeholder.steps or own.row.steps)[-1]
    return _fit(own.slide, own.row, number, lines, size, smallest, fill, estimated, rows=len(content.rows))


def _drawing(own: Space, content: Drawing, number: int) -> BoxFit:
    """A drawing's labels; its size is the smallest of theirs, its fill that of the fullest."""
    if isinstance(content.native, NativeChart):
        width, height = own.box.width / EMU_PER_POINT, own.box.height / EMU_PER_POINT
        labels = measure_labels(content.native, width, height, own.brand)
    else:
        labels = tuple(measure_scene_labels(content.native, own.brand))
    size = min((label.size for label in labels), default=None)
    fill = max((label.needed / label.room for label in labels if label.room > 0), default=None)
    face = fonts.find_face(own.brand, own.brand.deck_base)
    estimated = face.substitute or any(fonts.has_borrowed_glyphs(face, label.words) for label in labels)
    return _fit(own.slide, own.row, number, len(labels), size, size, fill, estimated, labels=len(labels))


def _furniture(
    slide: Slide, row: SlotSpec, placeholder: Placeholder, words: str, size: float, number: int, brand: Brand
) -> BoxFit:
    found = footer_sizes.measured(words, placeholder, size, brand)
    width, height = placeholder.text_area()
    level = placeholder.levels[0]
    face = fonts.find_face(brand, level.family, level.bold)
    wide = (
        max(fonts.measure_width(face, line, size) for lines in found.lines for line in lines) / width
        if width > 0
        else 0.0
    )
    high = (size if found.count == 1 else found.height) / height if height > 0 else 0.0
    smallest = (placeholder.steps or row.steps)[-1]
    return _fit(slide, row, number, found.count, size, smallest, max(wide, high), found.estimated)


def _fit(
    slide: Slide,
    row: SlotSpec,
    number: int,
    lines: int,
    size: float | None,
    smallest: float | None,
    fill: float | None,
    estimated: bool,
    *,
    rows: int | None = None,
    labels: int | None = None,
) -> BoxFit:
    status: Status = "estimated" if estimated else "proven"
    percent = None if fill is None else round(100 * fill, 1)
    return BoxFit(
        number, slide.id, slide.part, row.name, row.kind, lines, size, smallest, percent, status, rows, labels
    )


HEADS = ("slide", "id", "part", "box", "kind", "lines", "size", "least", "fill", "status")
NARROW = 30  # letters of an id or a box in the table: a line has to fit a terminal


def format_table(fits: Sequence[BoxFit]) -> str:
    """Aligned text, and a last line that sums up."""
    rows = [HEADS, *(_cells(fit) for fit in fits)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    right = {0, 5, 6, 7, 8}
    lines = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", format_summary(fits)]) + "\n"


def _cells(fit: BoxFit) -> tuple[str, ...]:
    part = f"{fit.part[0]} of {fit.part[1]}" if fit.part else ""
    name = fit.slide if len(fit.slide) <= NARROW else f"{fit.slide[: NARROW - 1]}…"
    sizes = (f"{size:g}" if size else "" for size in (fit.size, fit.smallest))
    fill = "" if fit.fill is None else f"{fit.fill:.0f} %"
    return (str(fit.number), name, part, fit.box, fit.kind, str(fit.lines), *sizes, fill, fit.status)


def format_summary(fits: Sequence[BoxFit]) -> str:
    """One line: how many boxes, how many of them are proven, and the fullest."""
    slides = len({fit.number for fit in fits})
    estimated = sum(fit.status == "estimated" for fit in fits)
    how = f"{len(fits) - estimated} proven, {estimated} estimated" if estimated else "all proven"
    filled = [fit for fit in fits if fit.fill is not None and fit.kind not in ("title", "furniture")]
    fullest = max(filled, key=lambda fit: fit.fill or 0.0, default=None)
    told = f"; fullest: slide {fullest.number} {fullest.box} {fullest.fill:.0f} %" if fullest else ""
    boxes, pages = ("" if count == 1 else suffix for count, suffix in ((len(fits), "es"), (slides, "s")))
    return f"{len(fits)} box{boxes} on {slides} slide{pages}: {how}{told}"


def to_json(fits: Sequence[BoxFit]) -> dict[str, Any]:
    """The same for a file."""
    return {
        "summary": format_summary(fits),
        "boxes": [{name: value for name, value in to_builtins(fit).items() if value is not None} for fit in fits],
    }


def encode_report(fits: Sequence[BoxFit], suffix: str) -> bytes:
    """The report for a file: JSON where its name ends so, else the table."""
    if suffix.lower() == ".json":
        return json.dumps(to_json(fits), indent=1, ensure_ascii=False).encode() + b"\n"
    return format_table(fits).encode() + b"\n"


def describe_estimates(fits: Sequence[BoxFit], stand_ins: Mapping[str, str]) -> str:
    """What is not proven because of faces that this machine lacks, in one sentence; nothing where all are here."""
    if not stand_ins:
        return ""
    boxes = sum(fit.status == "estimated" for fit in fits)
    faces = "; ".join(f"{family} is not on this machine, {file} stood in for it" for family, file in stand_ins.items())
    return f"{boxes} of {len(fits)} boxes are estimated, not proven: {faces}, 5 percent wider"
