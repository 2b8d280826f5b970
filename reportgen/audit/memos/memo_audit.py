"""The audit of a memo's PDF: everything that it says is compared with the HTML that its brief composes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.audit.align import Alignment, Region, align
from reportgen.audit.audit_report import AuditReport, Place, Recipe, ReportBuilder
from reportgen.audit.brief_places import BriefPlaces
from reportgen.audit.comparison import compare, report_alignment
from reportgen.audit.copy_stamps import split_pdf_stamps
from reportgen.audit.memos.copies import find_copy
from reportgen.audit.memos.expected_pages import expect_body, expect_extras, list_printed
from reportgen.audit.memos.file_checks import check_file
from reportgen.audit.memos.font_checks import check_fonts
from reportgen.audit.memos.sight import check_sight
from reportgen.audit.origins import Origins
from reportgen.audit.word_stream import plain_words
from reportgen.memo.attachments import list_file_lines
from reportgen.pdf.reading.pdf_reader import HiddenText, Pdf, Span

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
from reportgen.memo.expected_memo import ExpectedMemo

ROLES = {
    "P": "paragraph", "TD": "cell", "TH": "head cell", "H1": "title", "H2": "heading", "H3": "heading", "Figure": "chart",
    "Note": "note", "LBody": "note", "Caption": "caption", "Artifact": "running text", "": "text",
}  # fmt: skip
"""The words for the roles of structure tags."""
HTML_ROLES = {
    "p": ("paragraph",), "td": ("cell",), "th": ("head cell",), "h1": ("title",), "h2": ("heading",), "h3": ("heading",)
}  # fmt: skip
"""The words for the roles that elements of the HTML have."""
MARKED = 2  # times that a marking appears on a page: at its head and at its foot


def audit_memo(brief: Brief, pdf: Pdf, report: ReportBuilder) -> AuditReport:
    """Return the audit of a PDF that has been read; `report` is still empty."""
    pdf, stamps = split_pdf_stamps(pdf)
    memo, roles, alignment = _nearest_profile(brief, pdf, report.places)
    if report.places:
        report.printed |= list_printed(memo, alignment.expected.regions, report.places)
    origins = Origins(brief, (*memo.brand.page.words, *list_file_lines(brief)))
    report_alignment(alignment, origins, report, Place(page=1))
    stamps.check(brief, origins, report)
    report.recipe = Recipe(memo.profile, memo.paper, tuple(stamps.boxes), copy=memo.copy)
    audit = _MemoAudit(memo, roles, pdf, origins, report)
    audit.check_running_texts()
    audit.check_markings()
    audit.check_hidden_texts()
    audit.check_properties()
    audit.check_roles(alignment)
    check_sight(memo, pdf, report)
    check_fonts(memo.brand, pdf.fonts, report)
    check_file(memo, pdf, bool(stamps.found), report)
    report.unread += pdf.unread
    if not pdf.tagged:
        report.unread.append("the file has no structure tags: it is read in drawing order")
    return report.build("memo")


def _nearest_profile(
    brief: Brief, pdf: Pdf, places: BriefPlaces | None
) -> tuple[ExpectedMemo, tuple[str, ...], Alignment]:
    """Return the memo, and the tags of its body's blocks, in the file's form: the brief's own where it is identical, else the one that differs least."""
    from reportgen.memo.expected_memo import build_expected_memo
    from reportgen.memo.profiles import PROFILES

    candidates: list[tuple[ExpectedMemo, tuple[str, ...], Alignment]] = []
    copy = find_copy(brief, (span.text for span in pdf.spans))
    for profile in dict.fromkeys([brief.profile, *PROFILES]):
        if PROFILES[profile].missing(brief):
            continue
        memo = build_expected_memo(brief, profile, pdf.size, copy)
        body = expect_body(memo, places)
        flow = [Region(span.text, _place_of(span)) for span in pdf.spans if not _is_running(span, pdf, memo)]
        alignment = align(body.regions, flow, any_order=not pdf.tagged).without_repeats(body.heads)
        candidates.append((memo, body.tags, alignment))
        if not alignment.changes:
            break
    return min(candidates, key=lambda candidate: _changed_words(candidate[2]))


def _changed_words(alignment: Alignment) -> int:
    return sum(change.last - change.first + change.stop - change.start for change in alignment.changes)


def _place_of(span: Span) -> Place:
    return Place(page=span.page, shape=ROLES.get(span.role, span.role))


def _is_running(span: Span, pdf: Pdf, memo: ExpectedMemo) -> bool:
    """Say whether a text is one that runs on every page, by its tag or else by its words."""
    if span.role == "Artifact":
        return True
    if pdf.tagged:
        return False
    return plain_words(span.text) in {plain_words(text) for text in memo.running(span.page, pdf.pages)}


class _MemoAudit:
    """A file and the memo that it should be; each method compares what is not in the flow of the text."""

    def __init__(
        self, memo: ExpectedMemo, roles: Sequence[str], pdf: Pdf, origins: Origins, report: ReportBuilder
    ) -> None:
        self.memo, self.roles, self.pdf, self.origins, self.report = memo, roles, pdf, origins, report
        self.extras = expect_extras(memo)

    def check_running_texts(self) -> None:
        """Compare each head, foot and page number with the nearest one that its page should have."""
        for page in range(1, self.pdf.pages + 1):
            spans = [span for span in self.pdf.spans if span.page == page and _is_running(span, self.pdf, self.memo)]
            expected = self.memo.running(page, self.pdf.pages)
            found: set[str] = set()
            while spans:
                text, count = _next_running_text(spans, expected)
                nearest = max(expected, key=lambda each: _likeness(each, text))
                marks = self.memo.marks
                kind = marks.name(nearest) if nearest in marks.lines else "running text"
                place = _place_of(spans[0])
                is_one = _likeness(nearest, text) > 0
                expected_region = Region.structural(nearest, kind, self._find_running_path(nearest))
                self._compare([expected_region] if is_one else [], [Region(text, place)], place)
                found.add(nearest if is_one else "")
                del spans[:count]
            for text in self.memo.required_running(page, self.pdf.pages):
                if text not in found:
                    place = Place(page=page, shape=ROLES["Artifact"])
                    path = self._find_running_path(text)
                    self.report.add("missing", f"“{text}” is missing", place, path=path, before=text)

    def _find_running_path(self, text: str) -> str:
        """Return the path of a text that runs on every page; "" for the page's number."""
        paths = {self.memo.running_texts["title"]: "title", self.memo.running_texts["kind"]: "date"}
        marks = self.memo.marks
        return marks.name(text) if text in marks.lines else paths.get(text, "")

    def check_markings(self) -> None:
        """Report each page on which a marking is not at the head and the foot."""
        for page in range(1, self.pdf.pages + 1):
            texts = [f" {' '.join(plain_words(span.text))} " for span in self.pdf.spans if span.page == page]
            for line in self.memo.marks.lines:
                times = sum(f" {' '.join(plain_words(line))} " in text for text in texts)
                if times < MARKED:
                    fault = "is missing" if not times else "appears only once: it belongs at the head and the foot"
                    key = self.memo.marks.name(line)
                    self.report.add("missing", f"the {key} “{line}” {fault}", Place(page=page), path=key, before=line)

    def check_hidden_texts(self) -> None:
        """Compare alternative texts in the order of the document, bookmarks and comments."""
        memo, pdf = self.memo, self.pdf
        if len(pdf.alternatives) == len(memo.alternatives):
            for expected, found in zip(self.extras.alternatives, pdf.alternatives, strict=True):
                self._compare_hidden([expected], found, "alternative text")
        else:
            found_texts = [
                Region(found.text, Place(found.page, shape="alternative text")) for found in pdf.alternatives
            ]
            self._compare(self.extras.alternatives, found_texts, Place(shape="alternative texts"))
        bookmarks = [Region(bookmark.title, Place(shape="bookmark")) for bookmark in pdf.parts.bookmarks]
        self._compare(self.extras.headings, bookmarks, Place(shape="bookmarks"))
        self._check_bookmark_places()
        for annotation in pdf.parts.annotations:
            for words in annotation.words:
                self._compare_hidden([], HiddenText(words, annotation.page), "comment")

    def _check_bookmark_places(self) -> None:
        """Report bookmarks that lead to a page without their heading."""
        pages: dict[tuple[str, ...], set[int]] = {}
        for span in self.pdf.spans:
            pages.setdefault(plain_words(span.text), set()).add(span.page)
        for bookmark in self.pdf.parts.bookmarks:
            if (expected := pages.get(plain_words(bookmark.title))) and bookmark.page not in expected:
                place = Place(shape=f"bookmark “{bookmark.title}”")
                self.report.add("link", "the bookmark leads to another page than its heading's", place)

    def check_roles(self, alignment: Alignment) -> None:
        """Report headings, cells and notes that are tagged as something else than the brief compiles to."""
        if not self.pdf.tagged:
            return
        for words in _find_other_roles(alignment, self.roles):
            message = f"“{words}” is tagged otherwise than the brief has it: screen readers tell it as something else"
            self.report.add("disagreement", message, Place(shape="tags"))

    def check_properties(self) -> None:
        """Compare the file's properties, and report a marking that they lack."""
        for key, text in self.pdf.properties.items():
            region = self.extras.properties.get(key.removeprefix("xmp:"))
            if region is not None:
                place = Place(shape=f"property {key}")
                if key == "xmp:Rights":
                    region = Region.structural(region.text, "marking", "marking")
                self._compare([region], [Region(text, place)], place)
        rights = self.memo.marks.rights
        for key, text in self.memo.properties.items():
            for name in (key, f"xmp:{key}") if key != "Rights" else ("xmp:Rights",):
                if text and name not in self.pdf.properties:
                    what = "marking" if rights and key in ("Keywords", "Rights") else "property"
                    self.report.add("missing", f"the {what} is missing", Place(shape=f"property {name}"), before=text)

    def _compare(self, expected: Sequence[Region], actual: Sequence[Region], place: Place) -> None:
        compare(expected, actual, self.origins, self.report, place)

    def _compare_hidden(self, expected: Sequence[Region], found: HiddenText, name: str) -> None:
        place = Place(found.page, shape=name)
        self._compare(expected, [Region(found.text, place)], place)


def _find_other_roles(alignment: Alignment, tags: Sequence[str]) -> list[str]:
    """Return the beginnings of the blocks that have another role in the file than their HTML gives them."""
    found: dict[int, str] = {}
    for there, here in alignment.partner.items():
        index = alignment.expected.region_index(here)
        roles = HTML_ROLES.get(tags[index])
        if roles and alignment.actual.region_of(there).place.shape not in roles:
            found.setdefault(index, alignment.expected.regions[index].text)
    return [" ".join(text.split()[:6]) for text in found.values()]


def _next_running_text(spans: Sequence[Span], expected: Sequence[str]) -> tuple[str, int]:
    """Return the next running text and its number of lines: as many as make an expected one, else one."""
    for count in range(1, len(spans) + 1):
        text = " ".join(span.text for span in spans[:count])
        if any(plain_words(text) == plain_words(each) for each in expected):
            return text, count
    return spans[0].text, 1


def _likeness(left: str, right: str) -> float:
    ours, theirs = plain_words(left), plain_words(right)
    return len(set(ours) & set(theirs)) / max(1, len(set(ours) | set(theirs))) - (0 if ours == theirs else 0.001)
