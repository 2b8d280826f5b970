"""The audit of a deck: its words are compared with the slides that its brief compiles to, and the file is linted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, zip_longest
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen.audit.align import Region
from reportgen.audit.audit_report import AuditReport, Place, Recipe, ReportBuilder
from reportgen.audit.comparison import compare
from reportgen.audit.copy_stamps import split_deck_stamps
from reportgen.audit.decks import shape_pairs
from reportgen.audit.decks.chart_audit import audit_chart
from reportgen.audit.decks.expected_file import ExpectedFile, expect_file
from reportgen.audit.decks.expected_slides import ExpectedShape, expect_notes, expect_slide, list_printed
from reportgen.audit.decks.form_audit import SlideAudit, check_alone
from reportgen.audit.decks.form_differences import compare_forms
from reportgen.audit.decks.moved import find_longest_rise, follow_moved_drawings
from reportgen.audit.decks.slide_pairs import choose_number, find_slide_path, pair_shapes, pair_slides
from reportgen.audit.decks.text_forms import check_notes_shape, check_signs
from reportgen.audit.origins import Origins
from reportgen.audit.word_stream import plain_words
from reportgen.deck.layouts import FURNITURE
from reportgen.deck.view import view_values as view
from reportgen.deck.view.deck_view import resolve_deck
from reportgen.text.trace import Piece

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.brief.model import Brief
    from reportgen.deck.values import Slide

UNKNOWN_THEME = {
    "own": "the theme: it is taken from the file, so what its master and layouts show is not compared; name it with --theme",
    "rebuilt": "the theme: its layouts were lost, so places in drawings are not compared; name it with --theme",
}
PROPERTY_PATHS = {"title": "title", "author": "from", "language": "language"}
"""The paths in the brief that the file's properties come from."""
FAINT = re.compile(r"contrast [34]\.")
"""Words that one can still read: where layouts are lost, the colours of a house's footers are no longer told from others."""
DROPPED = ("alt-text", "table-header")
"""The rules of lint that a deck breaks when LibreOffice has saved it, which drops what they ask for."""
NOTES_MARKED = {"hdr": "head", "ftr": "foot"}
"""The placeholders of a notes page that bear its marking."""


def audit_deck(brief: Brief, data: bytes, report: ReportBuilder, theme: Path | None = None) -> AuditReport:
    """Return the audit of a deck; `report` is still empty, `theme` is the deck's where it is not the brief's own.

    Raises FileError for a file that cannot be read.
    """
    from reportgen import brand as brands

    resolved = resolve_deck(data, report.file)
    file, stamps = split_deck_stamps(resolved)
    brand = brands.load(brief.folder)
    expected = expect_file(brief, brand, data, resolved, report.file, theme)
    origins = Origins(brief, brand.page.words)
    audit = _DeckAudit(expected, file, origins, report)
    audit.check_slides()
    audit.check_properties()
    audit.check_masters()
    audit.check_file()
    if report.places:
        report.printed |= list_printed(expected.deck, expected.theme, report.places)
    report.unread += file.unread
    if expected.source != "named":
        report.unread.append(UNKNOWN_THEME[expected.source])
    stamps.check(brief, origins, report)
    report.recipe = Recipe(stamps=tuple(stamps.boxes), is_foreign=expected.is_foreign, theme=expected.source)
    _lint(resolved, expected, report, audit.are_slides_missing)
    return report.build("deck")


def _lint(deck: view.Deck, expected: ExpectedFile, report: ReportBuilder, are_slides_missing: bool) -> None:
    """Add the faults of the file itself. What LibreOffice alone has made of our deck is no error.

    That sections list slides which are missing is no news.
    """
    from reportgen.deck.lint import lint_resolved_deck

    result = lint_resolved_deck(deck)
    ours = lint_resolved_deck(expected.file).findings if expected.is_foreign else ()
    mild = {_without_places(each.message) for each in ours if each.severity == "warning"}
    # LibreOffice writes a theme's colours, a little rounded, into each slide.
    is_faint_theme = not expected.file.slides or any(FAINT.match(message) for message in mild)
    for each in result.findings:
        if are_slides_missing and each.rule == "sections":
            continue
        place = Place(slide=each.slide or None, shape=each.shape)
        is_theme = is_faint_theme and FAINT.match(each.message)
        is_mild = expected.is_foreign and (each.rule in DROPPED or is_theme or _without_places(each.message) in mild)
        severity = "warning" if is_mild else each.severity
        report.add("lint", each.message, place, severity, rule=each.rule, hint=each.hint or "")
    report.unread += result.unread


def _without_places(message: str) -> str:
    return message.partition(", here and on ")[0]


class _DeckAudit:
    """A file and the compiled deck that it should be."""

    def __init__(self, expected: ExpectedFile, file: view.Deck, origins: Origins, report: ReportBuilder) -> None:
        self.expected, self.file, self.origins, self.report = expected, file, origins, report
        self.deck, self.theme = expected.deck, expected.theme
        self.are_slides_missing = False

    def check_slides(self) -> None:
        """Pair the slides, compare each pair, and report slides that are missing, added or out of order."""
        ours, theirs = self.deck.slides, self.file.slides
        pairs = pair_slides(self.deck, self.theme, self.file)
        partner = {there: here for here, there in pairs.items()}
        for at, file_slide in enumerate(theirs):
            if at in partner:
                self._compare_slide(partner[at], file_slide)
            else:
                self._report_added_slide(file_slide)
        self.are_slides_missing = len(pairs) < len(ours)
        for at, slide in enumerate(ours):
            if at not in pairs:
                place = Place(slide=at + 1)
                path = find_slide_path(slide)
                self.report.add(
                    "missing", f"the slide “{slide.title}” is missing", place, path=path, before=slide.title
                )
        kept = find_longest_rise(list(pairs.values()))
        for here, after in pairs.items():
            if after not in kept:
                message = f"the slide “{ours[here].title}” is in another place than in the brief"
                self.report.add("order", message, Place(slide=after + 1), path=find_slide_path(ours[here]))

    def check_properties(self) -> None:
        """Compare the file's properties, and report a marking that they lack."""
        properties = self.deck.properties
        marks = properties.marks
        marked = {"content_status": marks.banner, "keywords": ", ".join(marks.lines), "comments": marks.rights}
        texts = {
            "title": properties.title,
            "author": properties.author,
            "subject": properties.subject,
            "language": properties.language,
        }
        regions = {name: _marking(text, marks.key) for name, text in marked.items()}
        paths = PROPERTY_PATHS | ({"author": "organization"} if self.origins.brief.organization else {})
        paths["subject"] = next((key for key in ("subject", "subtitle") if getattr(self.origins.brief, key)), "")
        traced = {name: (Piece(0, len(text), paths[name]),) if paths[name] else () for name, text in texts.items()}
        regions |= {name: Region(text, trace=traced[name]) for name, text in texts.items()}
        for name, text in self.file.properties.items():
            self._compare(regions.get(name), text, Place(shape=f"property {name}"))
        for name, text in (marked | texts).items():
            if text and name not in self.file.properties:
                what = f"the {marks.key}" if name in marked else f"“{text}”"
                self.report.add("missing", f"{what} is missing", Place(shape=f"property {name}"), before=text)

    def check_masters(self) -> None:
        """Report what masters and layouts print beyond the theme; in an unknown theme a warning, as it may be the house's own."""
        ours = {plain_words(text) for shape in self.expected.file.masters for text in _texts_of(shape)}
        is_known = self.expected.source == "named"
        report = self.report if is_known else replace(self.report, words="warning")  # with the same lists of findings
        for shape in self.file.masters:
            for text in _texts_of(shape):
                if not is_known or plain_words(text) not in ours:
                    place = Place(shape=f"“{shape.name}” of the master")
                    compare([], [Region(text, place)], self.origins, report, place)

    def check_file(self) -> None:
        """Report what the file holds or does besides showing its slides."""
        if self.expected.file.slides:
            compare_forms(self.expected.file.form, self.file.form, "the file", Place(), self.report)
        else:
            self.report.unread.append(
                "how the slides look: the brief does not fit them in this theme, so words alone are compared"
            )
        self._check_sections()
        for content in self.file.contents:
            place = Place(shape=content.part)
            match content.kind:
                case "program":
                    self.report.add("program", f"the file holds {content.what}", place)
                case "outside":
                    self.report.add("link", f"the file takes something from outside: {content.what}", place)
                case "author":
                    self.report.add("added", f"an author of comments is named: “{content.what}”", place)
                case "font":
                    message = f"the file holds {content.what}, whose letters are not compared"
                    self.report.add("look", message, place, "warning")
                case "quiet":
                    self.report.add("look", f"the file holds {content.what}, which is not compared", place, "note")

    def _compare_slide(self, index: int, file: view.Slide) -> None:
        slide = self.deck.slides[index]
        is_rebuilt = self.expected.source == "rebuilt"
        theirs = file.all_shapes
        printed = next((shape.text for shape in theirs if shape.placeholder == "sldNum"), "")
        number = choose_number(printed, index, file)
        ours = expect_slide(self.deck, slide, number, self.theme, is_rebuilt, self.report.places)
        ours = follow_moved_drawings(ours, theirs)
        pairs = pair_shapes(ours, theirs)
        for here, there in pairs.items():
            self.report.origins[Place(slide=file.number, shape=f"“{theirs[there].name}”")] = ours[here].path
        for here, there in sorted(pairs.items(), key=lambda pair: pair[1]):
            self._compare_shape(ours[here], theirs[there], file.number)
        for at, shape in enumerate(ours):
            if at not in pairs and (shape.box or shape.name not in FURNITURE):
                self._report_missing(shape, file.number)
        paired = set(pairs.values())
        for at, added in enumerate(theirs):
            if at not in paired:
                self._compare_shape(None, added, file.number)
        if self.expected.file.slides:
            drawn = self.expected.file.slides[index]
            drawn_pairs = list(_pair_drawn(drawn, ours, theirs, pairs))
            SlideAudit(self.expected, drawn, file, drawn_pairs, self.report).check()
        else:
            check_alone(file, self.report)
        self._report_exchanged([(ours[here], theirs[there]) for here, there in pairs.items()], file.number)
        self._compare_notes(slide, index, file)
        for comment in file.comments:
            self._compare(None, comment, Place(slide=file.number, shape="comment"))

    def _compare_shape(self, ours: ExpectedShape | None, theirs: view.Shape, number: int) -> None:
        """Compare a shape with the expected one; without one, all that it says is reported as added."""
        other = f" ({ours.name})" if ours and ours.name != theirs.name else ""
        place = Place(slide=number, shape=f"“{theirs.name}”{other}")
        if theirs.table:
            self._compare_table(ours.rows if ours else (), theirs, place)
        elif theirs.chart:
            exhibit = ours.exhibit if ours else ""
            audit_chart(ours.chart if ours else None, theirs.chart, place, self.origins, self.report, exhibit)
        elif self.expected.source == "rebuilt" and theirs.placeholder == "ftr" and not _is_same_text(ours, theirs):
            message = f"the footer is “{theirs.text}”: the house’s own, or another than it was"
            self.report.add("text", message, place, "warning", after=theirs.text)
        elif theirs.marked_text or (ours and ours.text):
            self._compare(ours.text if ours else None, theirs.marked_text, place)
        if theirs.alt:
            expected = Region.drawn(ours.alt, self._find_alt_path(ours)) if ours and ours.alt else None
            self._compare(expected, theirs.alt, place.part("alternative text"))
        elif ours and ours.alt:
            self.report.unread.append(f"{place}: there is no alternative text to compare")

    def _compare_table(self, ours: Sequence[Sequence[Region]], theirs: view.Shape, place: Place) -> None:
        """Compare cell by cell where the tables have the same shape, else their words in sequence."""
        cells = list(_cells(theirs, place))
        expected = [cell for row in ours for cell in row]
        if not ours or [len(row) for row in ours] == [len(row) for row in theirs.cell_texts]:
            for ours_cell, cell in zip_longest(expected, cells):
                self._compare(ours_cell, cell.text, cell.place)
        else:
            compare(expected, cells, self.origins, self.report, place)

    def _report_missing(self, shape: ExpectedShape, number: int) -> None:
        place = Place(slide=number, shape=shape.name)
        self.report.origins[place] = shape.path
        if shape.text:
            compare([shape.text], [], self.origins, self.report, place)
        elif shape.rows or shape.chart:
            self.report.add("missing", f"“{shape.name}” is missing", place, before=shape.words)
        else:
            self.report.unread.append(f"{place}: there is no alternative text to compare")

    def _find_alt_path(self, shape: ExpectedShape) -> str:
        """Return the path of an alternative text: the exhibit's own, else the exhibit that it describes."""
        exhibit = self.origins.brief.exhibits.get(shape.exhibit)
        return f"{shape.path}.alt" if exhibit and exhibit.alt else shape.path

    def _report_added_slide(self, file: view.Slide) -> None:
        self.report.add("added", "the brief has no such slide", Place(slide=file.number))
        for shape in file.all_shapes:
            if shape.placeholder != "sldNum":
                self._compare_shape(None, shape, file.number)
        for shape in file.notes:
            if shape.placeholder != "sldNum":
                self._compare(None, shape.marked_text, Place(slide=file.number, shape="notes"))

    def _report_exchanged(self, pairs: list[tuple[ExpectedShape, view.Shape]], number: int) -> None:
        """Report two texts that were moved each to the other's place."""
        moved = [
            (ours, theirs)
            for ours, theirs in pairs
            if ours.text and theirs.box and ours.box and not shape_pairs.overlap(ours.box, theirs.box)
        ]
        for (ours, theirs), (other, others) in combinations(moved, 2):
            if shape_pairs.overlap(theirs.box, other.box) > 0.5 and shape_pairs.overlap(others.box, ours.box) > 0.5:
                message = f"“{theirs.marked_text.strip()}” and “{others.marked_text.strip()}” have changed places"
                self.report.add("order", message, Place(slide=number, shape=f"“{theirs.name}”"))

    def _compare_notes(self, slide: Slide, index: int, file: view.Slide) -> None:
        place = Place(slide=file.number, shape="notes")
        bodies = [shape for shape in file.notes if shape.placeholder == "body"]
        marks = self.deck.properties.marks
        ours, banner = expect_notes(slide), _marking(marks.banner, marks.key)
        if bodies or ours.text.strip():
            self._compare(ours, "\n".join(shape.marked_text for shape in bodies), place)
        linked = {run.href for paragraph in slide.notes for run in paragraph.runs if run.href}
        for shape in file.notes:
            check_notes_shape(shape, linked, place, self.report)
            if shape.placeholder == "sldNum":
                if shape.marked_text.strip() != str(choose_number(shape.text, index, file)):
                    message = f"the notes' page number is “{shape.marked_text}”"
                    self.report.add("number", message, place, after=shape.marked_text)
            elif shape.placeholder != "body":
                expected = banner if shape.placeholder in NOTES_MARKED else None
                self._compare(expected, shape.marked_text, place.part(f"“{shape.name}”"))
        for kind, end in NOTES_MARKED.items():
            if banner and not any(shape.placeholder == kind for shape in file.notes):
                message = f"the {marks.key} “{banner.text}” is missing at the notes page’s {end}"
                self.report.add("missing", message, place, before=banner.text)

    def _check_sections(self) -> None:
        """Report names of sections that the deck does not have; programs add one for slides before the first."""
        ours = {slide.section for slide in self.deck.slides if slide.section} | {"Default Section"}
        for section in self.file.sections:
            if section.name not in ours:
                self._compare(None, section.name, Place(shape="section"))

    def _compare(self, ours: Region | None, text: str, place: Place) -> None:
        if ours:
            check_signs(ours.text, text, place, self.report)
        compare([ours] if ours else [], [Region(text, place)], self.origins, self.report, place)


def _pair_drawn(
    drawn: view.Slide, ours: Sequence[ExpectedShape], theirs: Sequence[view.Shape], pairs: Mapping[int, int]
) -> Iterator[tuple[view.Shape, view.Shape]]:
    """Yield the drawn shapes of our slide with the file's that were paired with them; of one name, in order."""
    by_name: dict[str, list[view.Shape]] = {}
    for shape in drawn.all_shapes:
        by_name.setdefault(shape.name, []).append(shape)
    for at, expected in enumerate(ours):
        same = by_name.get(expected.name)
        if same:
            shape = same.pop(0)
            if at in pairs:
                yield shape, theirs[pairs[at]]


def _is_same_text(ours: ExpectedShape | None, theirs: view.Shape) -> bool:
    return bool(ours and ours.text and plain_words(ours.text.text) == plain_words(theirs.marked_text))


def _texts_of(shape: view.Shape) -> list[str]:
    return [shape.marked_text, *(text for row in shape.cell_texts for text in row)]


def _marking(text: str, key: str) -> Region | None:
    """Return words of the marking or the status, where there are some."""
    return Region.structural(text, key, key) if text else None


def _cells(table: view.Shape, place: Place) -> Iterator[Region]:
    for number, row in enumerate(table.cell_texts, 1):
        for column, text in enumerate(row, 1):
            yield Region(text, place.part(f"row {number}, column {column}"))
