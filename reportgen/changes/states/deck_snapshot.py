"""A finished deck as a snapshot: each slide with its texts, the rows of its tables, its charts' values and its notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.audit.copy_stamps import split_deck_stamps
from reportgen.brief.marks import Marks
from reportgen.changes.states.file_items import ItemBuilder, clean_words
from reportgen.changes.states.snapshot import VALUE, Snapshot, Text
from reportgen.deck.view.deck_view import resolve_deck
from reportgen.deck.view.view_values import FURNITURE, Chart, Shape, Slide
from reportgen.text.stamp_text import read_stamp


def read_deck_snapshot(data: bytes, name: str) -> Snapshot:
    """Return the state of a deck. Raises FileError for one that is damaged or encrypted."""
    deck, stamps = split_deck_stamps(resolve_deck(data, name))
    builder = ItemBuilder()
    for slide in deck.slides:
        builder.begin(clean_words(slide.title) or _first_words(slide), f"slide {slide.number}", "slides")
        for shape in slide.shapes:
            if not shape.is_title and shape.placeholder not in FURNITURE:
                _add_shape(builder, shape, f"slide {slide.number}")
        for shape in slide.notes:
            if shape.placeholder not in FURNITURE:
                _add_shape(builder, shape, f"slide {slide.number}, notes")
    stamp = read_stamp(stamps.found[0].text) if stamps.found else None
    properties = deck.properties
    return Snapshot(
        name, properties.get("title", ""), "", "", properties.get("language", "en"), "deck", tuple(builder.items),
        marks=Marks(_find_marking(deck.slides)), version=stamp.version if stamp else 0, notes=deck.unread,
    )  # fmt: skip


def _find_marking(slides: Sequence[Slide]) -> tuple[str, ...]:
    """Return the words of the banners of slides."""
    shapes = (shape for slide in slides for shape in slide.shapes if shape.name == "marking" and shape.text)
    return tuple(dict.fromkeys(" ".join(shape.text.split()) for shape in shapes))


def _first_words(slide: Slide) -> str:
    return next((" ".join(shape.text.split())[:80] for shape in slide.shapes if shape.text), "")


def _add_shape(builder: ItemBuilder, shape: Shape, place: str) -> None:
    if shape.chart:
        builder.add(dict(_list_values(shape.chart)), place, "chart")
    for row in shape.cell_texts:
        builder.add({f"cells[{index}]": Text(clean_words(cell)) for index, cell in enumerate(row)}, place)
    for paragraph in shape.paragraphs:
        builder.add({"": Text(clean_words("".join(run.text for run in paragraph.runs if not run.raised)))}, place)
    for text in shape.diagram:
        builder.add({"": Text(clean_words(text))}, place)


def _list_values(chart: Chart) -> Iterator[tuple[str, Text]]:
    """Yield the values of a chart by category and series; a label says more than its number."""
    for title in chart.titles:
        yield "title", Text(clean_words(title))
    for series in chart.series:
        for at, point in series.points.items():
            label = " · ".join(
                dict.fromkeys(part for part in (chart.categories.get(at) or str(at + 1), series.name) if part)
            )
            yield VALUE + label, Text(clean_words(point.label) or f"{point.value:g}")
