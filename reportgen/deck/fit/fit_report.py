"""The fit report: for every box of a fitted deck, how full it is, in which size, and whether that is proven."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, to_builtins

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck.charts.chart_labels import measure_labels, measure_scene_labels
from reportgen.deck.fit import footer_sizes
from reportgen.deck.fit.slot_fit import SlotFitter
from reportgen.deck.layouts import SlotSpec
from reportgen.deck.text import text_box
from reportgen.deck.theme import Placeholder, Theme
from reportgen.deck.values import EMU_PER_POINT, Deck, Drawing, Slide, TableContent, Text

Status = Literal["proven", "estimated"]
HEADERS = ("slide", "id", "part", "box", "kind", "lines", "size", "least", "fill", "status")
RIGHT_ALIGNED = frozenset({"slide", "lines", "size", "least", "fill"})
NAME_LIMIT = 30  # letters of a slide's id in the table, so that a line fits a terminal


class BoxFit(Struct, frozen=True):
    """The fit of one box: sizes are points; `fill` is the percentage of its room, in the fuller direction.

    `smallest` is the smallest size that its text may have. `labels` counts a drawing's labels, `rows` a table's rows.
    The status is "estimated" where another font is drawn than was measured.
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


Builder = Callable[..., BoxFit]
"""Builds the fit of one slot's box, of which the slide is known, from what was measured; its fill counts from 0 to 1."""


def measure_boxes(deck: Deck, theme: Theme, brand: Brand) -> tuple[BoxFit, ...]:
    """Measure every box of a fitted deck, slide by slide in reading order, each slide's furniture last."""
    return tuple(
        fit for number, slide in enumerate(deck.slides, 1) for fit in _measure_slide(deck, slide, number, theme, brand)
    )


def _measure_slide(deck: Deck, slide: Slide, number: int, theme: Theme, brand: Brand) -> Iterator[BoxFit]:
    def build(spec: SlotSpec, fill: float | None, estimated: bool, **measured: Any) -> BoxFit:
        percent = None if fill is None else round(100 * fill, 1)
        status: Status = "estimated" if estimated else "proven"
        return BoxFit(number, slide.id, slide.part, spec.name, spec.kind, fill=percent, status=status, **measured)

    for slot in slide.slots:
        fitter = SlotFitter.of(slide, slot, theme, brand)
        if isinstance(slot.content, Text):
            yield _measure_text(fitter, slot.content, build)
        elif isinstance(slot.content, TableContent):
            yield _measure_table(fitter, slot.content, build)
        else:
            yield _measure_drawing(fitter, slot.content, build)
    for spec, placeholder in footer_sizes.find_furniture(slide.layout, theme):
        words = footer_sizes.get_text(deck, spec.name, placeholder)
        size = deck.furniture_sizes.get((slide.layout, spec.name))
        if words and size:
            words = str(number) if spec.name == "slide-number" else words
            yield _measure_furniture(spec, placeholder, words, size, brand, build)


def _measure_text(fitter: SlotFitter, content: Text, build: Builder) -> BoxFit:
    size, spec = content.size or 0.0, fitter.spec
    width, height = fitter.room
    measured = text_box.measure_text(content.paragraphs, fitter.placeholder.levels, size, width, fitter.brand)
    fill = measured.height / height if height > 0 else 0.0
    if spec.max_lines and spec.kind == "title":
        fill = max(fill, measured.count / spec.max_lines)
    smallest = (fitter.placeholder.steps or spec.steps)[-1]
    return build(spec, fill, measured.estimated, lines=measured.count, size=size, smallest=smallest)


def _measure_table(fitter: SlotFitter, content: TableContent, build: Builder) -> BoxFit:
    size, level, brand = content.size or 0.0, fitter.placeholder.levels[0], fitter.brand
    width, height = fitter.box.width / EMU_PER_POINT, fitter.box.height / EMU_PER_POINT
    rows = [text_box.measure_row(cells, content.widths, level, size, width, brand) for cells in content.all_rows]
    lines = sum(max(len(cell.lines) for cell in row) for row in rows)
    fill = sum(map(text_box.row_height, rows)) / height
    estimated = any(cell.estimated for row in rows for cell in row)
    smallest = (fitter.placeholder.steps or fitter.spec.steps)[-1]
    return build(fitter.spec, fill, estimated, lines=lines, size=size, smallest=smallest, rows=len(content.rows))


def _measure_drawing(fitter: SlotFitter, content: Drawing, build: Builder) -> BoxFit:
    """Measure a drawing's labels: its size is that of the smallest, its fill that of the fullest."""
    brand = fitter.brand
    if isinstance(content.native, NativeChart):
        width, height = fitter.box.width / EMU_PER_POINT, fitter.box.height / EMU_PER_POINT
        labels = measure_labels(content.native, width, height, brand)
    else:
        labels = tuple(measure_scene_labels(content.native, brand))
    count, size = len(labels), min((label.size for label in labels), default=None)
    fill = max((label.needed / label.room for label in labels if label.room > 0), default=None)
    face = fonts.find_face(brand, brand.deck_base)
    estimated = face.substitute or any(fonts.has_borrowed_glyphs(face, label.words) for label in labels)
    return build(fitter.spec, fill, estimated, lines=count, size=size, smallest=size, labels=count)


def _measure_furniture(
    spec: SlotSpec, placeholder: Placeholder, words: str, size: float, brand: Brand, build: Builder
) -> BoxFit:
    measured = footer_sizes.measure(words, placeholder, size, brand)
    width, height = placeholder.text_area()
    level = placeholder.levels[0]
    face = fonts.find_face(brand, level.family, level.bold)
    widest = max(fonts.measure_width(face, line, size) for lines in measured.lines for line in lines)
    across = widest / width if width > 0 else 0.0
    down = (size if measured.count == 1 else measured.height) / height if height > 0 else 0.0
    smallest = (placeholder.steps or spec.steps)[-1]
    return build(spec, max(across, down), measured.estimated, lines=measured.count, size=size, smallest=smallest)


def format_table(fits: Sequence[BoxFit]) -> str:
    """Return the report as an aligned table with a summary as its last line."""
    rows = [HEADERS, *(_format_row(fit) for fit in fits)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    sides = (">" if header in RIGHT_ALIGNED else "<" for header in HEADERS)
    line = "  ".join(f"{{:{side}{width}}}" for side, width in zip(sides, widths, strict=True))
    return "\n".join([*(line.format(*row).rstrip() for row in rows), "", format_summary(fits)]) + "\n"


def _format_row(fit: BoxFit) -> tuple[str, ...]:
    part = f"{fit.part[0]} of {fit.part[1]}" if fit.part else ""
    name = fit.slide if len(fit.slide) <= NAME_LIMIT else f"{fit.slide[: NAME_LIMIT - 1]}…"
    sizes = (f"{size:g}" if size else "" for size in (fit.size, fit.smallest))
    fill = "" if fit.fill is None else f"{fit.fill:.0f} %"
    return (str(fit.number), name, part, fit.box, fit.kind, str(fit.lines), *sizes, fill, fit.status)


def format_summary(fits: Sequence[BoxFit]) -> str:
    """Return one line: how many boxes there are, how many are proven, and which is the fullest."""
    slides = len({fit.number for fit in fits})
    estimated = sum(fit.status == "estimated" for fit in fits)
    proof = f"{len(fits) - estimated} proven, {estimated} estimated" if estimated else "all proven"
    filled = [fit for fit in fits if fit.fill is not None and fit.kind not in ("title", "furniture")]
    fullest = max(filled, key=lambda fit: fit.fill or 0.0, default=None)
    ending = f"; fullest: slide {fullest.number} {fullest.box} {fullest.fill:.0f} %" if fullest else ""
    boxes, pages = ("" if count == 1 else suffix for count, suffix in ((len(fits), "es"), (slides, "s")))
    return f"{len(fits)} box{boxes} on {slides} slide{pages}: {proof}{ending}"


def encode_report(fits: Sequence[BoxFit], suffix: str) -> bytes:
    """Return the report as a file's bytes: JSON if the file's suffix is .json, else the table."""
    if suffix.lower() != ".json":
        return format_table(fits).encode() + b"\n"
    boxes = [{name: value for name, value in to_builtins(fit).items() if value is not None} for fit in fits]
    report = {"summary": format_summary(fits), "boxes": boxes}
    return json.dumps(report, indent=1, ensure_ascii=False).encode() + b"\n"


def describe_estimates(fits: Sequence[BoxFit], stand_ins: Mapping[str, str]) -> str:
    """Return a sentence on what is only estimated because typefaces are missing here; "" where none is."""
    if not stand_ins:
        return ""
    boxes = sum(fit.status == "estimated" for fit in fits)
    faces = "; ".join(f"{family} is not on this machine, {file} stood in for it" for family, file in stand_ins.items())
    return f"{boxes} of {len(fits)} boxes are estimated, not proven: {faces}, 5 percent wider"
