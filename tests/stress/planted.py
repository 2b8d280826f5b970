"""Defects planted into a good deck: the checks have to find them, or they prove nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pptx
from pptx.util import Pt

from .drawn import A, C

Place = tuple[int, str]
"""The number of a slide and the name of a shape."""


def planted(data: bytes, *changes: Callable[[Any], Place]) -> tuple[bytes, list[Place]]:
    """A copy of a deck with defects, and where each is."""
    file = pptx.Presentation(BytesIO(data))
    places = [change(file) for change in changes]
    target = BytesIO()
    file.save(target)
    return target.getvalue(), places


def _first(file: Any, fits: Callable[[Any], bool]) -> tuple[int, Any]:
    return next((at, each) for at, slide in enumerate(file.slides, 1) for each in slide.shapes if fits(each))


def _title(slide: int, **box: float) -> Callable[[Any], Place]:
    """A change of a slide's title's box; lengths are points."""

    def change(file: Any) -> Place:
        title = file.slides[slide - 1].shapes.title
        edges = {name: getattr(title, name) for name in ("left", "top", "width", "height")}
        for name, edge in (edges | {name: Pt(points) for name, points in box.items()}).items():
            setattr(title, name, edge)
        return slide, title.name

    return change


def _larger_type(file: Any) -> Place:
    at, shape = _first(file, lambda each: each.name == "takeaway")
    _set(shape._element, 60)
    return at, "takeaway"


def _row_that_grows(file: Any) -> Place:
    at, shape = _first(file, lambda each: getattr(each, "has_table", False))
    _set(shape.table.rows[1]._tr, 32)
    return at, shape.name


def _chart_labels(file: Any) -> Place:
    at, shape = _first(file, lambda each: getattr(each, "has_chart", False))
    for label in shape.chart._chartSpace.iter(f"{C}dLbls"):
        _set(label, 200)
    return at, shape.name


def _label_of_a_drawing(file: Any) -> Place:
    at, group = _first(file, lambda each: each.shape_type == 6)
    label = next(each for each in group.shapes if each.has_text_frame and len(each.text_frame.text) > 8)
    _set(label._element, 60)
    return at, label.name


def _set(element: Any, points: int) -> None:
    for look in [*element.iter(f"{A}rPr"), *element.iter(f"{A}defRPr")]:
        look.set("sz", str(points * 100))


INK: Mapping[str, tuple[Callable[[Any], Place], str]] = {
    "a lower box": (_title(2, height=12), "ink outside"),
    "a narrower box": (_title(3, width=60), "ink outside"),
    "a box above the slide": (_title(4, top=-20), "off the slide"),
    "a box left of the slide": (_title(5, left=-20), "off the slide"),
    "a box far beside the slide": (_title(6, left=4000), "not drawn"),
    "larger type": (_larger_type, "ink outside"),
    "a row that grows": (_row_that_grows, "ink outside"),
    "large chart labels": (_chart_labels, "labels collide"),
    "a large label": (_label_of_a_drawing, "ink outside"),
}
"""The planted defects, and the kind of fault that each must give."""


def _title_word(file: Any) -> Place:
    run = next(file.slides[1].shapes.title._element.iter(f"{A}t"))
    run.text = " ".join((run.text or "").split()[1:])
    return 2, "title"


def _note(file: Any) -> Place:
    paragraphs = file.slides[7].notes_slide.notes_text_frame.paragraphs
    paragraphs[0]._p.getparent().remove(paragraphs[0]._p)
    return 8, "notes"


def _category(file: Any) -> Place:
    at, shape = _first(file, lambda each: getattr(each, "has_chart", False))
    next(
        value for value in shape.chart._chartSpace.iter(f"{C}v") if value.text.isalpha() or " " in value.text
    ).text = ""
    return at, shape.name


def _cell(file: Any) -> Place:
    at, shape = _first(file, lambda each: getattr(each, "has_table", False))
    shape.table.cell(1, 1).text = ""
    return at, shape.name


def _footer(file: Any) -> Place:
    shape = next(each for each in file.slides[1].shapes if each.name == "footer")
    shape._element.getparent().remove(shape._element)
    return 2, "footer"


WORDS: Mapping[str, Callable[[Any], Place]] = {
    "a title's word": _title_word,
    "a note": _note,
    "a category": _category,
    "a cell": _cell,
    "the footer": _footer,
}
