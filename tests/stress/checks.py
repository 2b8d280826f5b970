"""Checks of every deck: the file is valid, no word is lost, no type too small, and all ink in its box."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pptx

from reportgen.brief.model import Brief
from reportgen.charts import AnyExhibit
from reportgen.charts.kinds.matrix import Matrix, MatrixRow
from reportgen.charts.kinds.number import Numbers
from reportgen.charts.kinds.table import Rows
from reportgen.charts.scene import NativeChart, Scene, SceneText
from reportgen.deck.charts.number_labels import format_as_excel
from reportgen.deck.theme import Theme
from reportgen.deck.values import EMU_PER_POINT, Content, Deck, Drawing, Slide, TableContent, Text
from reportgen.input.field_types import Model

from .drawn import A, C, Ink, Mark, Marked

NEAR, OVERHANG = 1.5, 0.06  # ink may stand out by so many points, or this share of its size: an italic p does
TOUCH = 2.0  # points by which two labels' inks must overlap, both ways, to be reported
SMALLEST = {"text": 18.0, "table": 12.0, "label": 12.0, "source": 10.0}
PARTS = ("dLbl ", "catAx", "valAx", "legend")  # of a chart, whose ink is in one place
LABELS = ("label", "name", "title", "when", "note", "text")
ISO_MONTH = re.compile(r"\d{4}-\d{2}")  # printed in the brief's language
NAMES = ("header", "columns", "categories", "x", "low_title", "high_title")
FURNITURE = ("footer", "date", "slide-number", "marking")
CAPTIONS = ("subtitle", "limits", "kicker", "heading", "details")
SMALL = {"source": "source"} | dict.fromkeys(CAPTIONS, "label")  # slots that are set smaller than body


@dataclass(frozen=True, slots=True)
class Fault:
    """A failed check: its kind, place and description."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}"


def invalid(path: Path) -> Iterator[Fault]:
    """Yield the errors that the validator finds in a file."""
    from openxml_audit import validate_pptx

    for error in validate_pptx(str(path)).errors:
        yield Fault("invalid file", path.name, str(error))


def lost_words(brief: Brief, compiled: Deck, fitted: Deck, theme: Theme, data: bytes) -> Iterator[Fault]:
    """Yield words that are lost on the way: from the brief to the deck, to the fitted deck, to each slide of the file.

    Each counts as often as it stands. A slide is held against its own words, so that none is made up for by another's.
    """
    told = words_of_deck(compiled) + Counter(word for text in _drawn(compiled) for word in text.split())
    yield from _missing(
        "brief", _bare(words_of_brief(brief)), _bare(told + Counter(compiled.properties.marks.banner.split()))
    )
    yield from _missing("deck", words_of_deck(compiled), words_of_deck(fitted))
    for number, (slide, found) in enumerate(zip(fitted.slides, read_slides(data), strict=True), 1):
        yield from _missing(f"slide {number}", _words(slot_texts(slide)), found.words)
        yield from _missing(f"slide {number}, notes", _words(paragraph.text for paragraph in slide.notes), found.notes)
        for name in theme.layouts[slide.layout]:
            words = fitted.properties.furniture_text(name)
            if words and words.split() != found.furniture.get(name):
                yield Fault("words missing", f"slide {number}, {name}", words)


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in text.split())


def _missing(name: str, wanted: Counter[str], inside: Counter[str]) -> Iterator[Fault]:
    if missing := wanted - inside:
        listed = ", ".join(f"{word!r} ×{number}" for word, number in list(missing.items())[:6])
        yield Fault("words missing", name, f"{missing.total()} of {wanted.total()}: {listed}")


def _bare(words: Counter[str]) -> Counter[str]:
    """Words without the signs around them: a template puts a text in parentheses or quotation marks, or a full stop after it.

    A language may put more behind a closing mark without a space, as Korean does.
    """
    found: Counter[str] = Counter()
    for word, number in words.items():
        for part in re.split("[“”«»「」『』]", word):
            if bare := part.strip(string.punctuation + "‘’…،؛"):
                found[bare] += number
    return found


def words_of_deck(deck: Deck) -> Counter[str]:
    """Count every word of the slots and notes, except those of drawings."""
    texts = (text for slide in deck.slides for slot in slide.slots for text in _texts(slot.content))
    return _words(texts) + _words(paragraph.text for slide in deck.slides for paragraph in slide.notes)


def slot_texts(slide: Slide) -> Iterator[str]:
    for slot in slide.slots:
        yield from _texts(slot.content)
        if isinstance(slot.content, Drawing):
            yield from _labels_of(slot.content)


def _texts(content: Content) -> Iterator[str]:
    """A run's words may go on in the next run, so a paragraph or cell is one text."""
    if isinstance(content, Text):
        yield from (paragraph.text for paragraph in content.paragraphs)
    elif isinstance(content, TableContent):
        yield from ("".join(run.text for run in cell.runs) for row in content.all_rows for cell in row)


def _drawn(deck: Deck) -> Iterator[str]:
    for slide in deck.slides:
        for slot in slide.slots:
            if isinstance(slot.content, Drawing):
                yield from _labels_of(slot.content)
                if isinstance(
                    slot.content.native, NativeChart
                ):  # what the slide leaves out for room is in the workbook
                    chart = slot.content.native
                    shown = {point.label for series in chart.series for point in series.points}
                    yield from (name for name in chart.point_names if name not in shown)
                    yield from (name for name, axis in zip(chart.categories, chart.axis_names, strict=True) if not axis)


def _labels_of(drawing: Drawing) -> Iterator[str]:
    """Return a drawing's words; a value's label only where no number format prints it."""
    if isinstance(drawing.native, Scene):
        yield from (item.text for item in drawing.native.items if isinstance(item, SceneText))
        return
    yield from drawing.native.axis_names
    yield from (series.name for series in drawing.native.series)
    for series in drawing.native.series:
        for point in series.points:
            if point.label and point.value is not None:
                yield point.label


def words_of_brief(brief: Brief) -> Counter[str]:
    """Count the words that a briefing deck shows or has in its notes, in any layout."""
    rich = (word for text in _shown(brief) for word in brief.plain(text).split())
    return Counter(rich) + Counter(word for text in _printed(brief) for word in text.split())


def _shown(brief: Brief) -> Iterator[str]:
    """Inline texts. A section's own words are on a slide where no exhibit tells them."""
    yield from filter(None, (brief.title, brief.subtitle, brief.bottom_line))
    for section in brief.sections:
        if not section.exhibits and (section.points or section.judgments):
            yield section.title
            yield from section.points
            yield from (judgment.text for judgment in section.judgments)
    for exhibit in _exhibits(brief):
        yield from filter(None, (exhibit.title, exhibit.subtitle, exhibit.note, exhibit.notes, *exhibit.takeaway))
        if isinstance(exhibit, Matrix | Rows):
            yield from (cell.text for row in exhibit.table().rows for cell in row)
        if isinstance(exhibit, Numbers):
            yield from (number.meaning for number in exhibit.numbers if number.meaning)
    for item in brief.recommendations:
        yield from filter(None, (item.title, item.deadline_note, item.decide, item.action, item.risk))
    yield from (event.title for event in brief.timeline)
    yield from (source.note for source in brief.sources.values() if source.note)
    yield from (*brief.basis, *brief.talking_points)
    for question in brief.questions:
        yield from (question.question, question.answer)


def _printed(brief: Brief) -> Iterator[str]:
    """Texts that are printed as they stand: labels, names, references."""
    yield brief.marks.banner
    for source in brief.sources.values():
        yield from filter(None, (source.author, source.title, source.publisher, source.published))
    for item in brief.recommendations:
        yield from item.lead
    for exhibit in _exhibits(brief):
        yield from _labels(exhibit)


def _exhibits(brief: Brief) -> Iterator[AnyExhibit]:
    for section in brief.sections:
        yield from (each for name in section.exhibits if (each := brief.exhibits[name]).only != "memo")


def _labels(value: object) -> Iterator[str]:
    """The labels of what an exhibit is made of: its bars, series, events, spans, annotations, figures and columns."""
    for name in type(value).model_fields if isinstance(value, Model) else ():
        for part in each if isinstance(each := getattr(value, name), list) else [each]:
            if isinstance(part, Model) and not isinstance(part, MatrixRow):
                yield from (text for text in (getattr(part, key, None) for key in LABELS) if isinstance(text, str))
                yield from _labels(part)
            elif isinstance(part, str) and name in NAMES and not ISO_MONTH.fullmatch(part):
                yield part


@dataclass(frozen=True, slots=True)
class SlideWords:
    """The words of one slide of a file; `furniture` has those of what stands on every slide, by its shape's name."""

    words: Counter[str]
    notes: Counter[str]
    furniture: Mapping[str, list[str]]


def read_slides(data: bytes) -> Iterator[SlideWords]:
    """Yield each slide's words: its shapes, tables, charts (as their number formats print them) and notes."""
    for slide in pptx.Presentation(BytesIO(data)).slides:
        furniture: dict[str, list[str]] = {}
        texts: list[str] = []
        for shape in slide.shapes:
            if shape.name in FURNITURE:
                furniture[shape.name] = " ".join(_paragraphs(shape._element)).split()
            else:
                texts += _paragraphs(shape._element)
            if getattr(shape, "has_chart", False):
                texts += _chart_texts(shape.chart._chartSpace)
        notes = _paragraphs(slide.notes_slide._element) if slide.has_notes_slide else ()
        yield SlideWords(_words(texts), _words(notes), furniture)


def _paragraphs(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{A}p"):
        yield "".join(
            "\n" if piece.tag == f"{A}br" else piece.text or "" for piece in paragraph.iter(f"{A}t", f"{A}br")
        )


def _chart_texts(space: Any) -> Iterator[str]:
    """Categories, names, written labels, and every value as its label's format prints it."""
    yield from _paragraphs(space)
    for series in space.iter(f"{C}ser"):
        for part in ("tx", "cat", "xVal"):
            own = series.find(f"{C}{part}")
            yield from (value.text or "" for value in (own.iter(f"{C}v") if own is not None else ()))
        values = {point.get("idx"): float(point.findtext(f"{C}v")) for point in _find_values(series).iter(f"{C}pt")}
        for label in series.iter(f"{C}dLbl"):
            code, index = label.find(f"{C}numFmt"), label.find(f"{C}idx").get("val")
            if code is not None and index in values and label.find(f"{C}tx") is None:
                yield format_as_excel(values[index], code.get("formatCode")) or ""


def small_type(deck: Deck) -> Iterator[Fault]:
    """Yield sizes that are too small to read, whatever the theme asks for."""
    for slide in deck.slides:
        for slot in slide.slots:
            if isinstance(slot.content, Drawing):
                continue
            kind = "table" if isinstance(slot.content, TableContent) else SMALL.get(slot.name, "text")
            kind = "label" if slide.layout == "sources" and slot.name != "title" else kind
            if slide.layout == "two-charts" or (slide.layout == "bottom-line" and slot.name.startswith("label-")):
                kind = SMALL.get(
                    slot.name.partition("-")[0], "label"
                )  # captions under numbers, and over and under charts
            if (slot.content.size or 0) < SMALLEST[kind]:
                yield Fault("small type", f"{slide.id}, {slot.name}", f"{slot.content.size} pt")


def stray_ink(marked: Marked, inks: Mapping[int, Mapping[int, Ink]]) -> Iterator[Fault]:
    """Yield ink outside its box or the slide, and texts that were not drawn."""
    for slide, marks in marked.marks.items():
        drawn = inks.get(slide, {})
        for color, mark in marks.items():
            where = f"slide {slide}, {mark.shape}{', ' + mark.part if mark.part else ''}"
            ink = drawn.get(color)
            if ink is None:
                if any(char.isalnum() for char in mark.text):
                    yield Fault("not drawn", where, _short(mark.text))
                continue
            for kind, box in (
                ("ink outside", _points(mark.box)),
                ("off the slide", Ink(0, 0, marked.width, marked.height)),
            ):
                if over := beyond(ink, box, max(NEAR, OVERHANG * mark.size)):
                    yield Fault(kind, where, f"{over}: {_short(mark.text)}")
        yield from _collisions(slide, marks, drawn)


def beyond(ink: Ink, box: Ink, near: float = NEAR) -> str:
    """Return the sides on which ink stands out of a box, and by how many points."""
    sides = {
        "left": box.left - ink.left,
        "above": box.top - ink.top,
        "right": ink.right - box.right,
        "below": ink.bottom - box.bottom,
    }
    return ", ".join(f"{points:.1f} pt {side}" for side, points in sides.items() if points > near)


def _collisions(slide: int, marks: Mapping[int, Mark], drawn: Mapping[int, Ink]) -> Iterator[Fault]:
    """Yield labels of single values that overlap one another, the names along an axis, or the legend."""
    parts = [(mark, drawn[color]) for color, mark in marks.items() if color in drawn and mark.part.startswith(PARTS)]
    for (mark, ink), (other, its) in combinations(parts, 2):
        if mark.shape != other.shape or not any(each.part.startswith("dLbl ") for each in (mark, other)):
            continue
        across = min(ink.right, its.right) - max(ink.left, its.left)
        down = min(ink.bottom, its.bottom) - max(ink.top, its.top)
        if across > TOUCH and down > TOUCH:
            what = f"{mark.part} and {other.part} by {across:.0f} × {down:.0f} pt"
            yield Fault("labels collide", f"slide {slide}, {mark.shape}", what)


def _points(box: object) -> Ink:
    x, y, width, height = (getattr(box, name) / EMU_PER_POINT for name in ("x", "y", "width", "height"))
    return Ink(x, y, x + width, y + height)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) < 60 else f"{text[:57]}…"


def kinds(faults: Iterable[Fault]) -> Counter[str]:
    return Counter(fault.kind for fault in faults)


def _find_values(series):
    """Return the element with a series' numbers: the second ones of points."""
    return series.find(f"{C}yVal") if series.find(f"{C}val") is None else series.find(f"{C}val")
