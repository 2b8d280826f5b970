"""The text of a deck by slide: titles, text, tables, charts, diagrams and speaker notes."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.view.deck_view import resolve_deck
from reportgen.deck.view.view_values import RAISED, Chart, Shape, Slide
from reportgen.factcheck.fact_values import Place
from reportgen.factcheck.reading.texts import Part
from reportgen.input.tables.sheets import format_float


def read_slides(data: bytes, name: str) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of a deck, and notes on what has no text.

    Raises
    ------
    FileError
        When the file is not a deck, is encrypted or damaged.
    """
    deck = resolve_deck(data, name)
    parts = [part for slide in deck.slides for part in _read_slide(slide)]
    pictures = [slide.number for slide in deck.slides if not any(part.place.slide == slide.number for part in parts)]
    notes = [f"slide {number} has no text" for number in pictures]
    return parts, tuple(notes)


def _read_slide(slide: Slide) -> Iterator[Part]:
    title = slide.title
    for shape in slide.shapes:
        if not shape.is_furniture:
            yield from _read_shape(shape, slide.number, "" if shape.is_title else title)
    for shape in slide.notes:
        for paragraph in shape.paragraphs:
            if text := _clean(paragraph.text):
                yield Part(text, Place(slide=slide.number, part="notes"), title)


def _read_shape(shape: Shape, slide: int, title: str) -> Iterator[Part]:
    if shape.table:
        yield from _read_table(shape, slide, title)
    elif shape.chart:
        yield from _read_chart(shape.chart, slide, title)
    for paragraph in shape.paragraphs:
        if text := _clean(paragraph.marked_text):
            yield Part(
                text, Place(slide=slide, part="title" if shape.is_title else ""), title, is_heading=shape.is_title
            )
    for text in filter(None, map(_clean, shape.diagram)):
        yield Part(text, Place(slide=slide, part="diagram"), title)


def _read_table(shape: Shape, slide: int, title: str) -> Iterator[Part]:
    rows = [[_clean(text) for text in row] for row in shape.cell_texts]
    head = " ".join(filter(None, rows[0])) if rows else ""
    for number, row in enumerate(rows, 1):
        if text := " | ".join(filter(None, row)):
            context = f"{title} {head}" if number > 1 else title
            yield Part(text, Place(slide=slide, part=f"table, row {number}"), context, is_row=True)


def _read_chart(chart: Chart, slide: int, title: str) -> Iterator[Part]:
    for text in chart.titles:
        yield Part(text, Place(slide=slide, part="chart title"), title)
    for series in chart.series:
        points = [
            f"{chart.categories.get(at, '')}: {point.label or format_float(point.value)}"
            for at, point in series.points.items()
        ]
        if points:
            text = f"{series.name} | {' | '.join(points)}"
            yield Part(text, Place(slide=slide, part="chart"), " ".join((title, *chart.titles)), is_row=True)


def _clean(text: str) -> str:
    """Return a text on one line, without what is raised: the numbers of notes."""
    return " ".join("".join(text.split(RAISED)[::2] if text.count(RAISED) % 2 == 0 else [text]).split())
