"""The audit of a deck: its words are compared with the slides that its brief compiles to, and the file is linted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from reportgen.audit.align import Region
from reportgen.audit.audit_report import AuditReport, Place, ReportBuilder
from reportgen.audit.comparison import compare
from reportgen.audit.copy_stamps import split_deck_stamps
from reportgen.audit.decks import shape_pairs
from reportgen.audit.decks.chart_audit import audit_chart
from reportgen.audit.decks.expected_slides import ExpectedShape, expect_notes, expect_slide
from reportgen.audit.origins import Origins
from reportgen.deck.layouts import FURNITURE, OPENING
from reportgen.deck.reading.deck_reader import ReadDeck, ReadShape, ReadSlide, read_deck
from reportgen.system.errors import FitError, TemplateError

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief.model import Brief
    from reportgen.deck.theme import Theme
    from reportgen.deck.values import Deck, Slide

SAME_SLIDE = 0.25
"""The least share of its words that a slide must keep to be recognized."""
SAME_NUMBER = 0.15
"""The score for standing at the same number."""
NOTES_MARKED = {"hdr": "head", "ftr": "foot"}
"""The placeholders of a notes page that bear its marking."""


def audit_deck(brief: Brief, data: bytes, name: str) -> AuditReport:
    """Return the audit of a deck. Raises FileError for a file that cannot be read."""
    from reportgen import brand as brands

    file, stamps = split_deck_stamps(read_deck(data, name))
    brand = brands.load(brief.folder)
    theme = _theme_of(data, name, brand)
    origins, report = Origins(brief), ReportBuilder(name)
    audit = _DeckAudit(_compile_deck(brief, brand, theme), theme, file, origins, report)
    audit.check_slides()
    audit.check_properties()
    audit.check_masters()
    report.unread += file.unread
    stamps.check(brief, origins, report)
    _lint(data, name, report)
    return report.build("deck")


def _theme_of(data: bytes, name: str, brand: Brand) -> Theme:
    """Return the theme that the deck was made in: its own where it has our layouts, else our default."""
    from reportgen.deck import theme as themes

    try:
        file = themes.open_theme_file(data, name)
        return file.build_theme() if file.deck_layouts else themes.build_default(brand)
    except TemplateError:
        return themes.build_default(brand)


def _compile_deck(brief: Brief, brand: Brand, theme: Theme) -> Deck:
    """Return the deck that the file should be, with its continuation slides; unfitted where the brief no longer fits."""
    from reportgen import deck as decks
    from reportgen.markup.templates import template_folders

    deck = decks.compile_brief(brief, brand, template_folders(brief.folder), theme)
    try:
        return decks.fit_deck(deck, theme, theme.adapt_brand(brand))
    except FitError:
        return deck


def _lint(data: bytes, name: str, report: ReportBuilder) -> None:
    from reportgen.deck.lint import lint_deck

    result = lint_deck(data, name)
    for each in result.findings:
        place = Place(slide=each.slide or None, shape=each.shape)
        report.add("lint", each.message, place, each.severity, rule=each.rule, hint=each.hint or "")
    report.unread += result.unread


class _DeckAudit:
    """A file and the compiled deck that it should be."""

    def __init__(self, deck: Deck, theme: Theme, file: ReadDeck, origins: Origins, report: ReportBuilder) -> None:
        self.deck, self.theme, self.file, self.origins, self.report = deck, theme, file, origins, report

    def check_slides(self) -> None:
        """Pair the slides, compare each pair, and report slides that are missing, added or out of order."""
        ours, theirs = self.deck.slides, self.file.slides
        our_words = [shape_pairs.count_words(_expected_texts(self.deck, slide, self.theme)) for slide in ours]
        their_words = [shape_pairs.count_words(_file_texts(slide)) for slide in theirs]

        def score(here: int, there: int) -> float:
            return shape_pairs.similarity(our_words[here], their_words[there]) + SAME_NUMBER * (here == there)

        pairs = dict(sorted(shape_pairs.pair(range(len(ours)), range(len(theirs)), score, SAME_SLIDE).items()))
        partner = {there: here for here, there in pairs.items()}
        for at, file_slide in enumerate(theirs):
            if at in partner:
                self._compare_slide(ours[partner[at]], file_slide)
            else:
                self._report_added_slide(file_slide)
        for at, slide in enumerate(ours):
            if at not in pairs:
                place = Place(slide=at + 1)
                self.report.add("missing", f"the slide “{slide.title}” is missing", place, before=slide.title)
        for (_, before), (here, after) in pairwise(pairs.items()):
            if after < before:
                message = f"the slide “{ours[here].title}” is in another place than in the brief"
                self.report.add("order", message, Place(slide=after + 1), "warning")

    def check_properties(self) -> None:
        """Compare the file's properties, and report a marking that they lack."""
        properties = self.deck.properties
        marks = properties.marks
        marked = {"content_status": marks.banner, "keywords": ", ".join(marks.lines), "comments": marks.rights}
        texts = {"title": properties.title, "author": properties.author, "subject": properties.subject}
        regions = {name: _marking(text) for name, text in marked.items()}
        regions |= {name: Region(text) for name, text in texts.items()}
        for name, text in self.file.properties.items():
            self._compare(regions.get(name), text, Place(shape=f"property {name}"))
        for name, text in marked.items():
            if text and name not in self.file.properties:
                self.report.add("missing", "the marking is missing", Place(shape=f"property {name}"), before=text)

    def check_masters(self) -> None:
        """Report what masters and layouts print beyond the brief."""
        for shape in self.file.masters:
            for text in (shape.text, *(cell for row in shape.rows for cell in row)):
                self._compare(None, text, Place(shape=f"“{shape.name}” of the master"))

    def _compare_slide(self, slide: Slide, file: ReadSlide) -> None:
        ours, theirs = expect_slide(self.deck, slide, file.number, self.theme), file.shapes
        pairs = shape_pairs.pair(ours, theirs, _score)
        for here, there in sorted(pairs.items(), key=lambda pair: pair[1]):
            self._compare_shape(ours[here], theirs[there], file.number)
        for at, shape in enumerate(ours):
            if at not in pairs:
                self._report_missing(shape, file.number)
        paired = set(pairs.values())
        for at, added in enumerate(theirs):
            if at not in paired:
                self._report_added(added, Place(slide=file.number, shape=f"“{added.name}”"))
        self._report_exchanged([(ours[here], theirs[there]) for here, there in pairs.items()], file.number)
        self._compare_notes(slide, file)
        for comment in file.comments:
            self._compare(None, comment, Place(slide=file.number, shape="comment"))

    def _compare_shape(self, ours: ExpectedShape, theirs: ReadShape, number: int) -> None:
        place = Place(slide=number, shape=f"“{theirs.name}”" + ("" if theirs.name == ours.name else f" ({ours.name})"))
        if ours.text:
            self._compare(ours.text, theirs.text, place)
        elif ours.rows:
            self._compare_table(ours, theirs, place)
        elif ours.chart and theirs.chart:
            audit_chart(ours.chart, theirs.chart, place, self.origins, self.report)
        if ours.alt and not theirs.alt:
            self.report.unread.append(f"{place}: there is no alternative text to compare")
        elif theirs.alt:
            self._compare(Region.drawn(ours.alt) if ours.alt else None, theirs.alt, place.part("alternative text"))

    def _compare_table(self, ours: ExpectedShape, theirs: ReadShape, place: Place) -> None:
        """Compare cell by cell where the tables have the same shape, else their words in sequence."""
        cells = list(_cells(theirs, place))
        expected = [cell for row in ours.rows for cell in row]
        if [len(row) for row in ours.rows] == [len(row) for row in theirs.rows]:
            for ours_cell, cell in zip(expected, cells, strict=True):
                self._compare(ours_cell, cell.text, cell.place)
        else:
            compare(expected, cells, self.origins, self.report, place)

    def _report_missing(self, shape: ExpectedShape, number: int) -> None:
        place = Place(slide=number, shape=shape.name)
        if shape.text:
            compare([shape.text], [], self.origins, self.report, place)
        elif shape.rows or shape.chart:
            self.report.add("missing", f"“{shape.name}” is missing", place, before=shape.words)
        else:
            self.report.unread.append(f"{place}: there is no alternative text to compare")

    def _report_added(self, shape: ReadShape, place: Place) -> None:
        """Report a shape that is not in the brief: its words, and numbers that are not the brief's."""
        if shape.kind == "table":
            for cell in _cells(shape, place):
                self._compare(None, cell.text, cell.place)
        elif shape.chart:
            audit_chart(None, shape.chart, place, self.origins, self.report)
        elif shape.text:
            self._compare(None, shape.text, place)
        if shape.alt:
            self._compare(None, shape.alt, place.part("alternative text"))

    def _report_added_slide(self, file: ReadSlide) -> None:
        self.report.add("added", "the brief has no such slide", Place(slide=file.number), "warning")
        for shape in file.shapes:
            if shape.holds != "sldNum":
                self._report_added(shape, Place(slide=file.number, shape=f"“{shape.name}”"))
        for shape in file.notes:
            if shape.holds != "sldNum":
                self._compare(None, shape.text, Place(slide=file.number, shape="notes"))

    def _report_exchanged(self, pairs: list[tuple[ExpectedShape, ReadShape]], number: int) -> None:
        """Report two texts that were moved each to the other's place."""
        moved = [
            (ours, theirs)
            for ours, theirs in pairs
            if ours.text and theirs.box and ours.box and not shape_pairs.overlap(ours.box, theirs.box)
        ]
        for (ours, theirs), (other, others) in combinations(moved, 2):
            if shape_pairs.overlap(theirs.box, other.box) > 0.5 and shape_pairs.overlap(others.box, ours.box) > 0.5:
                message = f"“{theirs.text.strip()}” and “{others.text.strip()}” have changed places"
                self.report.add("order", message, Place(slide=number, shape=f"“{theirs.name}”"))

    def _compare_notes(self, slide: Slide, file: ReadSlide) -> None:
        place = Place(slide=file.number, shape="notes")
        bodies = [shape for shape in file.notes if shape.holds == "body"]
        ours, banner = expect_notes(slide), _marking(self.deck.properties.marks.banner)
        if bodies or ours.text.strip():
            self._compare(ours, "\n".join(shape.text for shape in bodies), place)
        for shape in file.notes:
            if shape.holds == "sldNum":
                if shape.text.strip() != str(file.number):
                    message = f"the notes' page number is “{shape.text}”"
                    self.report.add("number", message, place, after=shape.text)
            elif shape.holds != "body":
                expected = banner if shape.holds in NOTES_MARKED else None
                self._compare(expected, shape.text, place.part(f"“{shape.name}”"))
        for kind, end in NOTES_MARKED.items():
            if banner and not any(shape.holds == kind for shape in file.notes):
                message = f"the marking “{banner.text}” is missing at the notes page’s {end}"
                self.report.add("missing", message, place, before=banner.text)

    def _compare(self, ours: Region | None, text: str, place: Place) -> None:
        compare([ours] if ours else [], [Region(text, place)], self.origins, self.report, place)


def _score(ours: ExpectedShape, theirs: ReadShape) -> float:
    """Return how surely a shape is the expected one; 0 across kinds."""
    if ours.rows:
        kinds: tuple[str, ...] = ("table",)
    elif ours.chart:
        kinds = ("chart",)
    else:
        kinds = ("text", "shape") if ours.text else ("shape", "picture", "text")
    has_words = ours.text or ours.rows or ours.chart
    if theirs.kind not in kinds or not (has_words or ours.name == theirs.name or theirs.alt):
        return 0.0
    words = theirs.text or " ".join(cell for row in theirs.rows for cell in row)
    if theirs.chart:
        words = " ".join([*theirs.chart.categories, *(series.name for series in theirs.chart.series)])
    if ours.words:
        likeness = shape_pairs.text_similarity(ours.words, words)
    else:
        likeness = shape_pairs.text_similarity(ours.alt, theirs.alt)
    return (
        shape_pairs.NAME * (ours.name == theirs.name)
        + shape_pairs.PLACE * shape_pairs.overlap(ours.box, theirs.box)
        + shape_pairs.WORDS * likeness
        + shape_pairs.HOLDS * (theirs.holds in ours.holds)
    )


def _marking(text: str) -> Region | None:
    """Return words of the marking, where there is one."""
    return Region.structural(text, "marking") if text else None


def _cells(table: ReadShape, place: Place) -> Iterator[Region]:
    for number, row in enumerate(table.rows, 1):
        for column, text in enumerate(row, 1):
            yield Region(text, place.part(f"row {number}, column {column}"))


def _expected_texts(deck: Deck, slide: Slide, theme: Theme) -> Iterator[str]:
    """Yield a slide's own words, without what stands on every slide."""
    for shape in expect_slide(deck, slide, 0, theme):
        if shape.name not in (*FURNITURE, *OPENING):
            yield shape.words
    yield expect_notes(slide).text


def _file_texts(slide: ReadSlide) -> Iterator[str]:
    """Yield a finished slide's own words, without what stands on every slide."""
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
