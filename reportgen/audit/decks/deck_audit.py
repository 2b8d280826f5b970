"""A deck's file beside the slides that its brief compiles to, and what our lint says of the file itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.audit.align import Region, align, drawn
from reportgen.audit.audit_report import AuditReport, Draft, Place
from reportgen.audit.copy_stamps import unstamped_deck
from reportgen.audit.decks import shape_pairs
from reportgen.audit.decks.chart_audit import audit_chart
from reportgen.audit.decks.expected_slides import Expected, expected, notes
from reportgen.audit.judge import judge
from reportgen.audit.origins import Mark, Origins
from reportgen.deck.layouts import FURNITURE, OPENING
from reportgen.deck.reading.deck_reader import ReadDeck, ReadShape, ReadSlide, read_deck
from reportgen.system.errors import FitError, TemplateError

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief.model import Brief
    from reportgen.deck.theme import Theme
    from reportgen.deck.values import Deck, Slide

SAME_SLIDE = 0.25
"""So much of its words a slide must keep to be known again."""
SAME_NUMBER = 0.15
"""What standing at the same number is worth."""
NOTES_MARKED = {"hdr": "head", "ftr": "foot"}
"""The placeholders of a notes page that say its marking."""


def audit_deck(brief: Brief, data: bytes, name: str) -> AuditReport:
    """Raises FileError for a file that cannot be read."""
    from reportgen import brand

    file, stamps = unstamped_deck(read_deck(data, name))
    looks = brand.load(brief.folder)
    theme = _theme(data, name, looks)
    audited = _Audit(_deck(brief, looks, theme), theme, file, Origins(brief), Draft(name))
    audited.slides()
    audited.rest()
    stamps.judge(brief, audited.origins, audited.draft)
    _lint(data, name, audited.draft)
    return audited.draft.report("deck")


def _theme(data: bytes, name: str, looks: Brand) -> Theme:
    """The theme that the deck was made in: its own, as long as it has layouts of ours, else our default."""
    from reportgen import deck as decks
    from reportgen.deck import theme as themes

    try:
        file = themes.open_theme_file(data, name)
        return file.build_theme() if file.deck_layouts else decks.load_default_theme(looks)
    except TemplateError:
        return decks.load_default_theme(looks)


def _deck(brief: Brief, looks: Brand, theme: Theme) -> Deck:
    """What the file should say, with the slides that go on on further ones; a brief that no longer fits, as it is."""
    from reportgen import deck as decks
    from reportgen.markup.templates import template_folders

    compiled = decks.compile_brief(brief, looks, template_folders(brief.folder), theme)
    try:
        return decks.fit_deck(compiled, theme, theme.adapt_brand(looks))
    except FitError:
        return compiled


def _lint(data: bytes, name: str, draft: Draft) -> None:
    from reportgen.deck.lint import lint_deck

    found = lint_deck(data, name)
    for each in found.findings:
        place = Place(slide=each.slide or None, shape=each.shape)
        draft.finding("lint", each.message, place, each.severity, rule=each.rule, hint=each.hint or "")
    draft.unread += found.unread


class _Audit:
    """One file against one compiled deck."""

    def __init__(self, deck: Deck, theme: Theme, file: ReadDeck, origins: Origins, draft: Draft) -> None:
        self.deck, self.theme, self.file, self.origins, self.draft = deck, theme, file, origins, draft

    def slides(self) -> None:
        ours, theirs = self.deck.slides, self.file.slides
        said = [shape_pairs.bag(_says(self.deck, slide, self.theme)) for slide in ours]
        read_ = [shape_pairs.bag(_read(slide)) for slide in theirs]

        def score(here: int, there: int) -> float:
            return shape_pairs.shared(said[here], read_[there]) + (SAME_NUMBER if here == there else 0.0)

        found = dict(sorted(shape_pairs.assign(range(len(ours)), range(len(theirs)), score, SAME_SLIDE)))
        back = {there: here for here, there in found.items()}
        for at, file_slide in enumerate(theirs):
            if at in back:
                self._slide(ours[back[at]], file_slide)
            else:
                self._added_slide(file_slide)
        for at, slide in enumerate(ours):
            if at not in found:
                self.draft.finding(
                    "missing", f"the slide “{slide.title}” is missing", Place(slide=at + 1), before=slide.title
                )
        for (_, before), (here, after) in pairwise(sorted(found.items())):
            if after < before:
                self.draft.finding(
                    "order",
                    f"the slide “{ours[here].title}” stands elsewhere than in the brief",
                    Place(slide=after + 1),
                    "warning",
                )

    def _slide(self, slide: Slide, file: ReadSlide) -> None:
        ours, theirs = expected(self.deck, slide, file.number, self.theme), file.shapes
        found = dict(shape_pairs.assign(ours, theirs, _score))
        for here, there in sorted(found.items(), key=lambda pair: pair[1]):
            self._shape(ours[here], theirs[there], file.number)
        for at, each in enumerate(ours):
            if at not in found:
                self._missing(each, file.number)
        taken = set(found.values())
        for at, shape in enumerate(theirs):
            if at not in taken:
                self._added(shape, Place(slide=file.number, shape=f"“{shape.name}”"))
        self._exchanged([(ours[here], theirs[there]) for here, there in found.items()], file.number)
        self._notes(slide, file)
        for comment in file.comments:
            self._compare(None, comment, Place(slide=file.number, shape="comment"))

    def _shape(self, ours: Expected, theirs: ReadShape, number: int) -> None:
        place = Place(slide=number, shape=f"“{theirs.name}”" + ("" if theirs.name == ours.name else f" ({ours.name})"))
        if ours.text:
            self._compare(ours.text, theirs.text, place)
        elif ours.rows:
            self._table(ours, theirs, place)
        elif ours.chart and theirs.chart:
            audit_chart(ours.chart, theirs.chart, place, self.origins, self.draft)
        if ours.alt and theirs.alt:
            self._compare(drawn(ours.alt), theirs.alt, _part(place, "alternative text"))
        elif ours.alt:
            self.draft.unread.append(f"{place}: there is no alternative text to compare")
        elif theirs.alt:
            self._compare(None, theirs.alt, _part(place, "alternative text"))

    def _table(self, ours: Expected, theirs: ReadShape, place: Place) -> None:
        if [len(row) for row in ours.rows] == [len(row) for row in theirs.rows]:
            for number, (row, cells) in enumerate(zip(ours.rows, theirs.rows, strict=True), 1):
                for column, (cell, text) in enumerate(zip(row, cells, strict=True), 1):
                    self._compare(cell, text, _part(place, f"row {number}, column {column}"))
            return
        regions = [
            Region(text, _part(place, f"row {number}, column {column}"))
            for number, row in enumerate(theirs.rows, 1)
            for column, text in enumerate(row, 1)
        ]
        judge(align([cell for row in ours.rows for cell in row], regions), self.origins, self.draft, place)

    def _missing(self, each: Expected, number: int) -> None:
        place = Place(slide=number, shape=each.name)
        if each.text:
            judge(align([each.text], []), self.origins, self.draft, place)
        elif each.rows or each.chart:
            self.draft.finding("missing", f"“{each.name}” is missing", place, before=each.words)
        else:
            self.draft.unread.append(f"{place}: there is no alternative text to compare")

    def _added(self, shape: ReadShape, place: Place) -> None:
        """A shape that the brief knows nothing of: its words are told, its numbers must be the brief's."""
        if shape.kind == "table":
            for number, row in enumerate(shape.rows, 1):
                for column, text in enumerate(row, 1):
                    self._compare(None, text, _part(place, f"row {number}, column {column}"))
        elif shape.chart:
            audit_chart(None, shape.chart, place, self.origins, self.draft)
        elif shape.text:
            self._compare(None, shape.text, place)
        if shape.alt:
            self._compare(None, shape.alt, _part(place, "alternative text"))

    def _added_slide(self, file: ReadSlide) -> None:
        self.draft.finding("added", "the brief has no such slide", Place(slide=file.number), "warning")
        for shape in file.shapes:
            if shape.holds != "sldNum":
                self._added(shape, Place(slide=file.number, shape=f"“{shape.name}”"))
        for shape in file.notes:
            if shape.holds != "sldNum":
                self._compare(None, shape.text, Place(slide=file.number, shape="notes"))

    def _exchanged(self, found: Sequence[tuple[Expected, ReadShape]], number: int) -> None:
        """Two texts that were moved each to where the other should stand."""
        moved = [
            (ours, theirs)
            for ours, theirs in found
            if ours.text and theirs.box and ours.box and not shape_pairs.overlap(ours.box, theirs.box)
        ]
        for at, (ours, theirs) in enumerate(moved):
            for other, others in moved[at + 1 :]:
                if shape_pairs.overlap(theirs.box, other.box) > 0.5 and shape_pairs.overlap(others.box, ours.box) > 0.5:
                    message = f"“{theirs.text.strip()}” and “{others.text.strip()}” have changed places"
                    self.draft.finding("order", message, Place(slide=number, shape=f"“{theirs.name}”"))

    def _notes(self, slide: Slide, file: ReadSlide) -> None:
        place = Place(slide=file.number, shape="notes")
        bodies = [shape for shape in file.notes if shape.holds == "body"]
        ours, banner = notes(slide), _marked(self.deck.properties.marks.banner)
        if bodies or ours.text.strip():
            self._compare(ours, "\n".join(shape.text for shape in bodies), place)
        for shape in file.notes:
            if shape.holds == "sldNum":
                if shape.text.strip() != str(file.number):
                    self.draft.finding("number", f"the notes' page number is “{shape.text}”", place, after=shape.text)
            elif shape.holds != "body":
                where = Place(slide=file.number, shape=f"notes, “{shape.name}”")
                self._compare(banner if shape.holds in NOTES_MARKED else None, shape.text, where)
        if banner:
            for kind, where_ in NOTES_MARKED.items():
                if not any(shape.holds == kind for shape in file.notes):
                    message = f"the marking “{banner.text}” is missing at the notes page’s {where_}"
                    self.draft.finding("missing", message, place, before=banner.text)

    def rest(self) -> None:
        """Properties, and what masters and layouts print; then what could not be read."""
        properties = self.deck.properties
        ours = {"title": properties.title, "author": properties.author, "subject": properties.subject}
        marks = properties.marks
        marked = {"content_status": marks.banner, "keywords": ", ".join(marks.lines), "comments": marks.rights}
        regions = {name: _marked(text) for name, text in marked.items()}
        regions |= {name: Region(text, Place()) for name, text in ours.items()}
        for name, text in self.file.properties.items():
            self._compare(regions.get(name), text, Place(shape=f"property {name}"))
        for name, text in marked.items():
            if text and name not in self.file.properties:
                self.draft.finding("missing", "the marking is missing", Place(shape=f"property {name}"), before=text)
        for shape in self.file.masters:
            for text in (shape.text, *(cell for row in shape.rows for cell in row)):
                self._compare(None, text, Place(shape=f"“{shape.name}” of the master"))
        self.draft.unread += self.file.unread

    def _compare(self, ours: Region | None, text: str, place: Place) -> None:
        judge(align([ours] if ours else [], [Region(text, place)]), self.origins, self.draft, place)


def _score(ours: Expected, theirs: ReadShape) -> float:
    """How surely a shape is the one that is expected; never across kinds."""
    worded = ("text", "shape") if ours.text else ("shape", "picture", "text")
    kinds = ("table",) if ours.rows else ("chart",) if ours.chart else worded
    if theirs.kind not in kinds or (
        not ours.text and not ours.rows and not ours.chart and ours.name != theirs.name and not theirs.alt
    ):
        return 0.0
    said = theirs.text or " ".join(cell for row in theirs.rows for cell in row)
    if theirs.chart:
        said = " ".join([*theirs.chart.categories, *(series.name for series in theirs.chart.series)])
    alike = shape_pairs.likeness(ours.words, said) if ours.words else shape_pairs.likeness(ours.alt, theirs.alt)
    score = (
        shape_pairs.NAME * (ours.name == theirs.name)
        + shape_pairs.PLACE * shape_pairs.overlap(ours.box, theirs.box)
        + shape_pairs.WORDS * alike
    )
    return score + shape_pairs.HOLDS * (theirs.holds in ours.holds if ours.holds else False)


def _marked(text: str) -> Region | None:
    """Words of the marking, where there is one."""
    return Region(text, Place(), (Mark(0, len(text), "structural", "marking"),)) if text else None


def _part(place: Place, part: str) -> Place:
    return Place(place.page, place.slide, f"{place.shape}, {part}")


def _says(deck: Deck, slide: Slide, theme: Theme) -> Iterator[str]:
    """A slide's own words, without what stands on every slide."""
    for each in expected(deck, slide, 0, theme):
        if each.name not in (*FURNITURE, *OPENING):
            yield each.words
    yield notes(slide).text


def _read(slide: ReadSlide) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.holds not in ("ftr", "dt", "sldNum"):
            yield shape.text
            for row in shape.rows:
                yield from row
            if shape.chart:
                yield from (*shape.chart.categories, *(series.name for series in shape.chart.series))
    for shape in slide.notes:
        if shape.holds == "body":
            yield shape.text
