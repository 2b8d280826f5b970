"""The edits of a returned deck. Read `read_deck_edits` top to bottom."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen.audit.align import Region
from reportgen.audit.brief_places import BriefPlaces
from reportgen.audit.copy_stamps import Stamps, split_deck_stamps
from reportgen.audit.decks.expected_file import ExpectedFile, expect_file
from reportgen.audit.decks.expected_slides import ExpectedShape, expect_notes, expect_slide
from reportgen.audit.decks.moved import find_longest_rise, follow_moved_drawings
from reportgen.audit.decks.slide_pairs import choose_number, find_slide_path, pair_shapes, pair_slides
from reportgen.deck.layouts import FURNITURE, OPENING
from reportgen.deck.values import Slide
from reportgen.deck.view import view_values as view
from reportgen.deck.view.deck_view import resolve_deck
from reportgen.deck.view.open_package import Package
from reportgen.edits.decks.chart_edits import ChartEdits
from reportgen.edits.decks.deck_comments import read_comments
from reportgen.edits.edit_values import Copy, Edit, Line, Part, ReturnedFile, ReturnedLine
from reportgen.edits.file_properties import find_person, read_properties
from reportgen.edits.line_edits import LineEdits
from reportgen.edits.line_pairs import Pairing
from reportgen.text.stamp_text import clean_line, parse_stamp
from reportgen.text.trace import Piece

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.brief.model import Brief

SLIDE_MOVED = "the brief orders its slides by topics and exhibits: move it there by hand"
SLIDE_GONE = "a slide is made by its topic or exhibit: remove that from the brief by hand if it is meant"
SLIDE_NEW = "the brief has no such slide: write it into the brief by hand"
RARELY = 0.5
"""The least share of our lines that a copy of this brief has."""


def read_deck_edits(brief: Brief, data: bytes, name: str, theme: Path | None = None) -> tuple[ReturnedFile, list[Edit]]:
    """Return a returned deck and its edits.

    Raises
    ------
    FileError
        when the file is no deck, is encrypted or damaged.
    """
    from reportgen import brand as brands

    resolved = resolve_deck(data, name)
    file, stamps = split_deck_stamps(resolved)
    expected = expect_file(brief, brands.load(brief.folder), data, resolved, name, theme)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        properties = read_properties(archive)
        author, time = find_person(properties, brief.date.isoformat())
        returned = ReturnedFile(name, "deck", author, time, _read_version(stamps))
        comparison = _DeckComparison(brief, expected, file, returned)
        edits = [*comparison.list_edits(), *comparison.list_comments(Package(archive))]
    notes = [*comparison.list_notes(properties.title), *(f"not read: {each}" for each in file.unread)]
    return replace(returned, notes=tuple(notes)), edits


def _read_version(stamps: Stamps) -> str:
    found = (parse_stamp(clean_line(region.text)) for region in stamps.found)
    return next((str(stamp.version) for stamp in found if stamp), "")


class _DeckComparison:
    """A returned deck beside the slides that the brief compiles to."""

    def __init__(self, brief: Brief, expected: ExpectedFile, file: view.Deck, returned: ReturnedFile) -> None:
        self.brief, self.expected, self.file, self.returned = brief, expected, file, returned
        self.places = BriefPlaces(brief)
        self.lines = LineEdits(brief, returned)
        self.pairing = Pairing()
        self.slides = pair_slides(expected.deck, expected.theme, file)
        self.shape_paths: dict[tuple[int, str], str] = {}
        """The paths of the shapes of the file, by slide and name."""

    def list_edits(self) -> Iterator[Edit]:
        charts = [edit for here, there in self.slides.items() for edit in self._compare_slide(here, there)]
        gone = [at for at in range(len(self.expected.deck.slides)) if at not in self.slides]
        new = [slide for at, slide in enumerate(self.file.slides) if at not in self.slides.values()]
        lost = {at: self._list_slide(at) for at in gone}
        found = {slide.number: _list_returned(slide) for slide in new}
        for lines in lost.values():
            for line in lines:
                self.pairing.pair([line], [])
        for returned in found.values():
            for each in returned:
                self.pairing.pair([], [each])
        self.pairing.finish()
        for pair in self.pairing.pairs:
            yield from self.lines.list_pair(pair)
        yield from charts
        yield from self._list_slide_edits(gone, new, lost, found)

    def _list_slide_edits(
        self,
        gone: Sequence[int],
        new: Sequence[view.Slide],
        lost: dict[int, list[Line]],
        found: dict[int, list[ReturnedLine]],
    ) -> Iterator[Edit]:
        """Yield what has no partner: the lines of slides that are there, and whole slides."""
        of_slides = {id(line) for lines in lost.values() for line in lines}
        of_new = {id(line) for lines in found.values() for line in lines}
        missing = {id(each.line): each for each in self.pairing.missing}
        added = {id(each.line): each for each, _ in self.pairing.added}
        for here, each in missing.items():
            if here not in of_slides:
                yield self.lines.report_missing(each)
        for there, item in added.items():
            if there not in of_new:
                yield self.lines.report_added(item)
        for at in gone:
            slide = self.expected.deck.slides[at]
            words = " / ".join(" ".join(line.text.split()) for line in lost[at] if id(line) in missing)
            note = f"slide {at + 1}, “{slide.title}”, is gone: {SLIDE_GONE}"
            yield self._build_slide(
                "deletion", find_slide_path(slide), words or slide.title, "", f"slide {at + 1}", note
            )
        for page in new:
            words = " / ".join(" ".join(line.final.split()) for line in found[page.number] if id(line) in added)
            before = [here for here, there in self.slides.items() if there < page.number - 1]
            near = self.expected.deck.slides[before[-1] if before else 0]
            yield self._build_slide("insertion", find_slide_path(near), "", words, f"slide {page.number}", SLIDE_NEW)
        kept = find_longest_rise(list(self.slides.values()))
        for here, there in self.slides.items():
            if there not in kept:
                slide = self.expected.deck.slides[here]
                question = f"from slide {here + 1} to slide {there + 1}: {SLIDE_MOVED}"
                title = " ".join(slide.title.split())
                yield self._build_slide("move", find_slide_path(slide), title, title, f"slide {there + 1}", question)

    def _build_slide(self, kind: str, path: str, before: str, after: str, place: str, question: str) -> Edit:
        copy = Copy(self.returned.file, place, self.returned.author, self.returned.time)
        where = self.lines.locate(path)
        return Edit(kind, path, where, before, after, before, after, (copy,), question=question)  # type: ignore[arg-type]

    def list_comments(self, package: Package) -> Iterator[Edit]:
        """Yield the comments, each with the key of the text that it is on, else that of its slide."""
        partner = {there + 1: here for here, there in self.slides.items()}
        main = package.require_related("", "officeDocument")
        for number, comment, shape in read_comments(package, self.file.slides, main):
            here = partner.get(number)
            own = find_slide_path(self.expected.deck.slides[here]) if here is not None else ""
            path = self.shape_paths.get((number, shape), "") or own
            place = f"slide {number}" + (f", “{shape}”" if shape else "")
            copy = Copy(self.returned.file, place, comment.author, comment.time)
            yield Edit("comment", path, self.lines.locate(path), "", comment.text, "", comment.text, (copy,))

    def list_notes(self, title: str) -> Iterator[str]:
        """Yield what the reader should know of the file as a whole."""
        if (share := self.pairing.measure_share()) < RARELY:
            yield f"only {share:.0%} of what the brief's deck says is in it: is it a copy of another brief?"
        own = " ".join(self.expected.deck.properties.title.split())
        if title and title != own:
            yield f"its properties name another title: “{title}”"
        if not self.expected.file.slides:
            yield "the brief no longer fits its slides in this theme, so the slides were compared by their words alone"
        for content in self.file.contents:
            if content.kind == "program":
                yield f"the file holds {content.what}, which is not read"
            elif content.kind == "outside":
                yield f"the file takes something from outside: {content.what}, which is not read"
        hidden = [
            str(slide.number) for slide in self.file.slides if any("hidden" in each for each in slide.form.values())
        ]
        if hidden:
            yield f"hidden slides: {', '.join(hidden)}"

    def _expect(self, here: int, file: view.Slide | None) -> tuple[ExpectedShape, ...]:
        slide, number = self.expected.deck.slides[here], here + 1
        any_furniture = self.expected.source == "rebuilt"
        if file:
            printed = next((shape.text for shape in file.all_shapes if shape.placeholder == "sldNum"), "")
            number = choose_number(printed, here, file)
        return expect_slide(self.expected.deck, slide, number, self.expected.theme, any_furniture, self.places)

    def _compare_slide(self, here: int, there: int) -> Iterator[Edit]:
        """Pair the lines of two slides, and yield the edits of their charts."""
        file = self.file.slides[there]
        theirs = file.all_shapes
        ours = follow_moved_drawings(self._expect(here, file), theirs)
        pairs = pair_shapes(ours, theirs)
        for at, shape in enumerate(ours):
            found = theirs[pairs[at]] if at in pairs else None
            place = f"slide {file.number}, “{found.name if found else shape.name}”"
            if found:
                self.shape_paths[file.number, found.name] = shape.path
            if shape.chart and found and found.chart:
                yield from ChartEdits(self.brief, self.lines, shape.exhibit, place).list_edits(shape.chart, found.chart)
            elif shape.rows and found:
                self._pair_table(shape, found, place)
            elif shape.name == "slide-number" or (shape.name in FURNITURE and self._is_furniture_of_house(found)):
                continue
            else:
                lines = _split_expected(shape, place, _part_of(shape))
                self.pairing.pair(lines, _split_shape(found, place) if found else [])
            if found and found.alt and shape.alt:
                self._pair_alt(shape, found, place)
        used = set(pairs.values())
        for at, added in enumerate(theirs):
            if at not in used and added.placeholder not in view.FURNITURE:
                self.pairing.pair([], _split_shape(added, f"slide {file.number}, “{added.name}”"))
        self._pair_notes(self.expected.deck.slides[here], file)

    def _is_furniture_of_house(self, found: view.Shape | None) -> bool:
        """Say whether a footer is the house's own, or was dropped with the layout by the program that saved the file."""
        return found is None or (self.expected.source == "rebuilt" and found.placeholder == "ftr")

    def _pair_table(self, ours: ExpectedShape, theirs: view.Shape, place: str) -> None:
        """Pair the cells of a table that has all rows and columns still, else all of its cells in sequence."""
        if [len(row) for row in ours.rows] == [len(row) for row in theirs.cell_texts]:
            for number, (row, texts) in enumerate(zip(ours.rows, theirs.cell_texts, strict=True), 1):
                for column, (cell, text) in enumerate(zip(row, texts, strict=True), 1):
                    at = f"{place}, row {number}, column {column}"
                    self.pairing.pair([Line(cell.text, at, cell.trace)], [ReturnedLine(text, at)])
            return
        cells = [Line(cell.text, place, cell.trace) for row in ours.rows for cell in row]
        found = [ReturnedLine(text, place) for row in theirs.cell_texts for text in row if text.strip()]
        self.pairing.pair(cells, found)

    def _pair_alt(self, ours: ExpectedShape, theirs: view.Shape, place: str) -> None:
        exhibit = self.brief.exhibits.get(ours.exhibit)
        path = f"exhibits.{ours.exhibit}.alt" if exhibit and exhibit.alt else f"exhibits.{ours.exhibit}"
        at = f"{place}, alternative text"
        line = Line(ours.alt, at, (Piece(0, len(ours.alt), path),), "description")
        self.pairing.pair([line], [ReturnedLine(theirs.alt, at)])

    def _pair_notes(self, slide: Slide, file: view.Slide) -> None:
        place = f"slide {file.number}, notes"
        bodies = [shape for shape in file.notes if shape.placeholder == "body"]
        self.pairing.pair(
            split_region(expect_notes(slide), place, "notes"),
            [line for shape in bodies for line in _split_shape(shape, place)],
        )

    def _list_slide(self, here: int) -> list[Line]:
        """Return the lines of a slide that the copy does not have."""
        place = f"slide {here + 1}"
        lines: list[Line] = []
        for shape in self._expect(here, None):
            if shape.name in (*FURNITURE, *OPENING):
                continue
            lines += _split_expected(shape, place)
        return lines + split_region(expect_notes(self.expected.deck.slides[here]), f"{place}, notes", "notes")


def _part_of(shape: ExpectedShape) -> Part:
    return "furniture" if shape.name in (*FURNITURE, *OPENING) else "text"


def _split_expected(shape: ExpectedShape, place: str, part: Part = "text") -> list[Line]:
    cells = [Line(cell.text, place, cell.trace, part) for row in shape.rows for cell in row if cell.text.strip()]
    return split_region(shape.text, place, part) if shape.text else cells


def split_region(region: Region, place: str, part: Part = "text") -> list[Line]:
    """Return the lines of a region, each with its own trace."""
    lines: list[Line] = []
    start = 0
    for text in region.text.split("\n"):
        end = start + len(text)
        pieces = tuple(
            Piece(max(each.start, start) - start, min(each.end, end) - start, each.origin)
            for each in region.trace
            if each.start < end and start < each.end
        )
        if text.strip():
            lines.append(Line(text, place, pieces, part))
        start = end + 1
    return lines


def _split_shape(shape: view.Shape, place: str) -> list[ReturnedLine]:
    texts = shape.marked_text.split("\n") if not shape.table else [text for row in shape.cell_texts for text in row]
    if shape.chart:
        texts = [shape.words]
    return [ReturnedLine(text, place) for text in texts if text.strip()]


def _list_returned(slide: view.Slide) -> list[ReturnedLine]:
    """Return the lines of a slide that the brief does not have."""
    lines = []
    for shape in slide.all_shapes:
        if shape.placeholder not in view.FURNITURE:
            lines += _split_shape(shape, f"slide {slide.number}, “{shape.name}”")
    for shape in slide.notes:
        if shape.placeholder == "body":
            lines += _split_shape(shape, f"slide {slide.number}, notes")
    return lines
