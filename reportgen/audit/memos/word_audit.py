"""The audit of a memo's Word file: everything that it says is compared with the HTML that its brief composes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reportgen import brand as brands
from reportgen.audit.align import Alignment, Region, align
from reportgen.audit.audit_report import AuditReport, Place, Recipe, ReportBuilder
from reportgen.audit.comparison import compare, report_alignment
from reportgen.audit.memos.copies import find_copy
from reportgen.audit.memos.expected_pages import ExpectedExtras, expect_body, expect_extras, list_printed
from reportgen.audit.origins import Origins
from reportgen.memo.attachments import list_file_lines
from reportgen.pdf.paper import PAPERS
from reportgen.system.errors import FileError, Location
from reportgen.text.stamp_text import clean_line, parse_stamp
from reportgen.word import BRIEF, FINGERPRINT, FORM, PAPER, find_fingerprint

if TYPE_CHECKING:
    from reportgen.audit.brief_places import BriefPlaces
    from reportgen.brief.model import Brief
    from reportgen.memo.expected_memo import ExpectedMemo
    from reportgen.word.reading.word_file import Margin, WordFile, WordText

HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
"""The levels of headings that elements of the HTML make."""


class _Candidate(Struct, frozen=True):
    """A form of the memo beside the file: the words of both, aligned."""

    memo: ExpectedMemo
    tags: tuple[str, ...]
    designation: tuple[Region, ...]
    alignment: Alignment

    @property
    def changed(self) -> int:
        """The number of words that differ."""
        changes = self.alignment.changes
        return sum(change.last - change.first + change.stop - change.start for change in changes)


def audit_word(brief: Brief, file: WordFile, report: ReportBuilder) -> AuditReport:
    """Return the audit of a Word file that has been read; `report` is still empty.

    Raises FileError for the memo of another brief.
    """
    slug = file.custom.get(BRIEF, brief.slug)
    if slug != brief.slug:
        message = f"the file is the memo of another brief, “{slug}”; this one is “{brief.slug}”"
        raise FileError(message, Location(report.file), "name the brief that it was built from")
    found = _find_nearest(brief, file, report.places)
    memo, alignment = found.memo, found.alignment
    if report.places:
        report.printed |= list_printed(memo, [*found.designation, *alignment.expected.regions], report.places)
    origins = Origins(brief, (*brands.load(brief.folder).page.words, *list_file_lines(brief)))
    report_alignment(alignment, origins, report, Place(shape="document"))
    report.recipe = Recipe(memo.profile, memo.paper, copy=memo.copy)
    audit = _WordAudit(brief, found, file, origins, report)
    audit.check_margins()
    audit.check_edition()
    audit.check_pictures()
    audit.check_properties()
    audit.check_structure()
    audit.check_boxes()
    audit.check_links()
    audit.check_additions()
    return report.build("memo")


def _find_nearest(brief: Brief, file: WordFile, places: BriefPlaces | None) -> _Candidate:
    """Return the form that the file names or, where it names none, the one that differs least from it."""
    from reportgen.memo.expected_memo import build_expected_memo
    from reportgen.memo.profiles import PROFILES

    named = file.custom.get(FORM, "")
    paper = PAPERS.get(file.custom.get(PAPER, ""), PAPERS["letter"])
    copy = find_copy(brief, (text.text for text in file.texts))
    forms = [named] if named in PROFILES else [brief.profile, *PROFILES]
    flow = [Region(text.text, _place_of(text)) for text in file.texts]
    marked = {int(text.place.removeprefix("note ")) for text in file.notes}
    candidates: list[_Candidate] = []
    for profile in dict.fromkeys(forms):
        if PROFILES[profile].missing(brief):
            continue
        memo = build_expected_memo(brief, profile, (paper.width, paper.height), copy)
        body = expect_body(replace(memo, charts={}), places)  # the words of a chart are in its alternative text
        apart = {*memo.marks.block, *memo.marks.statement}
        is_apart = [region.text in apart for region in body.regions]
        designation = [region for region, is_there in zip(body.regions, is_apart, strict=True) if is_there]
        numbers = [_find_note(*each) for each in zip(body.regions, body.tags, strict=True)]
        # A note is gone with its mark, which is reported where the text had it.
        kept = [
            at
            for at, number in enumerate(numbers)
            if not is_apart[at] and not (number and file.notes and number not in marked)
        ]
        if not file.has_notes_place:
            kept.sort(key=lambda at: numbers[at] > 0)
        expected = [body.regions[at] for at in kept]
        tags = tuple(body.tags[at] for at in kept)
        candidates.append(_Candidate(memo, tags, tuple(designation), align(expected, flow)))
        if not candidates[-1].changed:
            break
    if not candidates:
        raise FileError(f"the brief lacks what a memo of the form “{named}” needs", Location("the file"))
    return min(candidates, key=lambda candidate: candidate.changed)


def _find_note(region: Region, tag: str) -> int:
    """Return the number of the note that a region is, 0 where it is none."""
    is_note = tag == "li" and any(mark.id == "note" and mark.start == 0 for mark in region.marks)
    number = region.text.split()[0] if is_note else ""
    return int(number) if number.isdigit() else 0


def _place_of(text: WordText) -> Place:
    return Place(shape=text.place)


class _WordAudit:
    """A file and the memo that it should be; each method compares what is not in the flow of the text."""

    def __init__(
        self, brief: Brief, found: _Candidate, file: WordFile, origins: Origins, report: ReportBuilder
    ) -> None:
        self.brief, self.found, self.memo, self.file = brief, found, found.memo, file
        self.origins, self.report = origins, report
        self.extras: ExpectedExtras = expect_extras(found.memo)

    def check_margins(self) -> None:
        """Compare the heads and feet of pages with those that the memo has, and report a missing marking."""
        for margin in self.file.margins:
            place = Place(shape=f"{margin.kind} of {'the first page' if margin.pages == 'first' else 'each page'}")
            expected = list(self._expect_margin(margin))
            self._compare(expected, [Region(text, place) for text in margin.texts if not _is_stamp(text)], place)
        shown = {(margin.kind, margin.pages) for margin in self.file.margins}
        for kind, pages in (("head", "default"), ("foot", "default"), ("foot", "first")):
            if (kind, pages) not in shown and self.memo.marks.lines:
                words, marks = ", ".join(self.memo.marks.lines), self.memo.marks
                what = " and the ".join(dict.fromkeys(map(marks.name, marks.lines)))
                place = Place(shape=f"{kind} of {'the first page' if pages == 'first' else 'each page'}")
                message = f"the {what} “{words}” is missing"
                self.report.add("missing", message, place, path=marks.name(marks.lines[0]), before=words)

    def _expect_margin(self, margin: Margin) -> Iterator[Region]:
        running = self.memo.running_texts
        marks = self.memo.marks
        marking = [Region.structural(line, marks.name(line), marks.name(line)) for line in marks.lines]
        if margin.kind == "head":
            if margin.pages != "first":
                yield from marking
                yield Region.structural(running["kind"], "running text", "date")
            return
        if margin.pages == "first":
            yield from self.found.designation
        page = "".join(running[key] for key in ("page", "of", "pages"))
        foot = f"{running['title']} {page} {running.get('footer', '')}".rstrip()
        yield Region.structural(foot, "running text", "title")
        yield from marking

    def check_edition(self) -> None:
        """Note a file that was built from other words than the brief has now."""
        from reportgen.memo.memo_html import MemoMarkup

        built = self.file.custom.get(FINGERPRINT, "")
        markup = MemoMarkup(self.memo.traced_html, "", {}, {}, {}, "")
        if built and built != find_fingerprint(markup):
            message = (
                "the file was built from an earlier or later state of the brief: differences may be the brief’s own"
            )
            self.report.add("look", message, Place(), "note", path="")

    def check_pictures(self) -> None:
        """Compare alternative texts in the order of the document, and report pictures that are not the ones that were built."""
        for picture in self.file.pictures:
            if picture.is_changed:
                place, shown = Place(shape=f"{picture.place}, picture"), _shorten(picture.text)
                message = f"the picture “{shown}” is not the file that was built: it may show something else"
                hint = "compare it with the PDF’s; a program that compressed it is a reason, too"
                self.report.add("disagreement", message, place, "warning", hint=hint)
        if nameless := sum(not picture.digests for picture in self.file.pictures):
            self.report.unread.append(
                f"what {nameless} picture{'s' * (nameless > 1)} show{'s' * (nameless == 1)}: their names are lost"
            )
        place = Place(shape="alternative texts")
        found, expected = self.file.pictures, self.extras.alternatives
        if len(found) == len(expected):
            for ours, theirs in zip(expected, found, strict=True):
                own = Place(shape=f"{theirs.place}, alternative text")
                self._compare([ours], [Region(theirs.text, own)], own)
            return
        message = f"the file has {len(found)} pictures; the brief has {len(expected)}"
        self.report.add("missing" if len(found) < len(expected) else "added", message, place)
        self._compare(expected, [Region(each.text, place) for each in found], place)

    def check_properties(self) -> None:
        """Compare title, author, subject and keywords; a property that a program dropped is reported where it has a marking."""
        for key, region in self.extras.properties.items():
            text = self.file.properties.get(key, "")
            place = Place(shape=f"property {key}")
            if text:
                self._compare([region], [Region(text, place)], place)
            elif region.text and (key == "Title" or (key == "Keywords" and self.memo.marks.lines)):
                self.report.add("missing", f"the property {key} is missing", place, before=region.text)
        marks = self.memo.marks
        if text := self.file.properties.get("Status", ""):
            place = Place(shape="property Status")
            expected = [Region.structural(marks.banner, marks.key, marks.key)] if marks.banner else []
            self._compare(expected, [Region(text, place)], place)
        language = self.brief.language.partition("-")[0].lower()
        tags = {tag.partition("-")[0].lower() for tag in self.file.language.split()}
        if tags and language not in tags:
            message = f"the file’s language is {self.file.language.split()[0]}; the brief’s is {self.brief.language}"
            self.report.add("language", message, Place(), after=self.file.language)

    def check_structure(self) -> None:
        """Report headings that are none any more, heads of tables that are not repeated, and texts that became headings."""
        alignment, seen = self.found.alignment, set[int]()
        for there, here in sorted(alignment.partner.items()):
            index = alignment.expected.region_index(here)
            if index in seen or alignment.expected.starts[index] != here:
                continue
            seen.add(index)
            text = self.file.texts[alignment.actual.region_index(there)]
            level = HEADINGS.get(self.found.tags[index], 0)
            if level != text.level and not (level and text.level):
                what = "no heading any more" if level else "a heading now"
                message = f"“{_shorten(text.text)}” is {what}: screen readers and the outline tell it as something else"
                self.report.add("disagreement", message, _place_of(text), "warning")
        heads = self.memo.html.count("<thead>")
        found = sum(table.has_head for table in self.file.tables)
        if found < heads:
            message = f"{heads - found} of {heads} tables do not repeat their head on each page"
            self.report.add("disagreement", message, Place(shape="tables"), "warning")

    def check_boxes(self) -> None:
        """Report boxes that are ticked, missing or added; a program that keeps only their sign is no fault."""
        for box in self.file.boxes:
            if box.is_ticked:
                self.report.add("added", f"a box is ticked: {box.name}", Place(shape="box"), after=box.name)
        names, expected = Counter(box.name for box in self.file.boxes), Counter(name[:64] for name in self.memo.boxes)
        if names[""] and names.total() == expected.total():
            return  # LibreOffice keeps boxes without their names
        for name in (expected - names) if names else ():
            self.report.add("missing", f"the box “{name}” is missing", Place(shape="box"), before=name)
        for name in names - expected:
            self.report.add("added", f"the brief has no such box: {name}", Place(shape="box"), after=name)

    def check_links(self) -> None:
        """Report links to addresses that the brief does not name, and those that are missing."""
        expected = Counter(self.memo.links)
        found = Counter(link.target for link in self.file.links if not link.target.startswith("#"))
        for target in found - expected:
            self.report.add("link", f"a link leads to {target}", Place(shape="link"), after=target)
        for target in expected - found:
            self.report.add("link", f"the link to {target} is missing", Place(), before=target)

    def check_additions(self) -> None:
        """Report comments, hidden words, tracked changes, and what the file would fetch or run."""
        for comment in self.file.comments:
            by = f" by {comment.author}" if comment.author else ""
            message = f"a comment{by} says “{_shorten(comment.words)}”"
            self.report.add("added", message, Place(shape="comment"), after=comment.words, path="")
        for remark in self.file.hidden:
            message = f"“{_shorten(remark.words)}” cannot be seen: it is hidden"
            self.report.add("hidden", message, Place(shape=remark.place), after=remark.words)
        for program in self.file.programs:
            self.report.add("program", f"the file has {program}", Place())
        if count := self.file.tracked:
            changes = f"{count} tracked change{'s' if count > 1 else ''}"
            message = f"the file has {changes}, which are read as if they were accepted"
            hint = "list them by person, with the place of each in the brief: reportgen edits BRIEF FILE"
            self.report.add("look", message, Place(), "note", path="", hint=hint)

    def _compare(self, expected: Sequence[Region], actual: Sequence[Region], place: Place) -> None:
        compare(expected, actual, self.origins, self.report, place)


def _is_stamp(text: str) -> bool:
    """Return whether a text in a margin is the stamp of a copy."""
    return parse_stamp(clean_line(text)) is not None


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:57]}…"
